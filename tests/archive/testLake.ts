/** An empty lake with a folder beside it, for tests of whole imports. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

import {createLake, startServer} from '@copydesk/lake'
import type {SanityClient} from '@sanity/client'

import {type ArchiveImport, importArchive} from '../../archive/importArchive.ts'
import type {ArchiveReport} from '../../archive/report/tally.ts'
import {clientFor} from '../../scripts/command/clientFor.ts'

export interface TestLake extends AsyncDisposable {
  readonly client: SanityClient
  readonly folder: string
  /** Writes a file into `folder/archive`. */
  put(name: string, content: string | Uint8Array): Promise<string>
  run(paths: readonly string[], options?: Partial<ArchiveImport>): Promise<ArchiveReport>
  /** The revision of each document. */
  revisions(): Promise<Record<string, string>>
}

export async function testLake(): Promise<TestLake> {
  const lake = createLake()
  const server = await startServer({lake, port: 0})
  const folder = await mkdtemp(join(tmpdir(), 'archive-'))
  const {projectId, token} = lake
  const client = clientFor({
    projectId,
    dataset: 'production',
    token,
    apiHost: server.url,
  }).withConfig({perspective: 'raw'})
  let runs = 0
  return {
    client,
    folder,
    async put(name, content) {
      const path = join(folder, 'archive', name)
      await mkdir(dirname(path), {recursive: true})
      await writeFile(path, content)
      return path
    },
    async run(paths, options = {}) {
      const workFolder = await mkdtemp(join(folder, 'work-'))
      runs += 1
      return importArchive({
        paths,
        client,
        workFolder,
        run: `test-${runs}`,
        site: {section: 'News'},
        ...options,
      })
    },
    async revisions() {
      const all = await client.fetch<{_id: string; _rev: string}[]>(
        '*[!(_id in path("_.**"))]{_id, _rev} | order(_id)',
      )
      return Object.fromEntries(all.map(({_id, _rev}) => [_id, _rev]))
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await lake.close()
      await rm(folder, {recursive: true})
    },
  }
}
