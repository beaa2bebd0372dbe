import {createReadStream, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createClient} from '@sanity/client'
import {sanityImport} from '@sanity/import'

import {importArchive} from '../archive/importArchive.ts'
import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

/**
 * Imports one file into a lake and prints the seconds it took, and the peak of its resident memory:
 *
 *     node archiveImportProgram.ts archive|sanity FILE URL TOKEN
 */
const [how, file = '', url = '', token = ''] = process.argv.slice(2)
const client = createClient({
  projectId: 'copydesk',
  dataset: 'production',
  apiHost: url,
  useProjectHostname: false,
  apiVersion: '2025-02-19',
  useCdn: false,
  token,
})

async function throughArchive(): Promise<number> {
  const workFolder = mkdtempSync(join(tmpdir(), 'copydesk-work-'))
  try {
    const {documents} = await importArchive({paths: [file], client, workFolder, run: 'bench'})
    return documents.created
  } finally {
    rmSync(workFolder, {recursive: true})
  }
}

async function throughSanity(): Promise<number> {
  const {numDocs} = await sanityImport(createReadStream(file), {client, operation: 'create'})
  return numDocs
}

// As `npm run import` does.
if (how === 'archive') keepMemoryLow()
const begun = performance.now()
const documents = how === 'archive' ? await throughArchive() : await throughSanity()
const seconds = (performance.now() - begun) / 1000
const peakMegabytes = process.resourceUsage().maxRSS / 1024
const {system, user} = process.cpuUsage()
const processorSeconds = (system + user) / 1e6
process.stdout.write(`${JSON.stringify({seconds, processorSeconds, peakMegabytes, documents})}\n`)
