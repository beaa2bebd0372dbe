import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {chromium} from 'playwright-core'
import type {TestProject} from 'vitest/node'

import {isStudioBuilt} from '../../scripts/command/buildStudio.ts'
import {findChromium, HOW_TO_GET_ONE} from './findChromium.ts'
import {describeMeasures} from './measures.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the browser that the run shares. */
    browserEndpoint: string
    /** The file for the tests' measurements. */
    measuresFile: string
  }
}

/**
 * Only this machine's names resolve, so that a run is the same with and without a network. One name
 * stands for another site (see otherSites.test.ts).
 */
const NO_OUTSIDE =
  'MAP elsewhere.example 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE localhost, EXCLUDE *.localhost'

/** Where there is only loopback (`.ci/offline`), the machine itself decides what happens. */
const OFFLINE = 'MAP elsewhere.example 127.0.0.1'

const FLAGS = [
  `--host-resolver-rules=${process.env['COPYDESK_OFFLINE'] ? OFFLINE : NO_OUTSIDE}`,
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Opens the browser that all tests share. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const executablePath = findChromium(process.env)
  if (executablePath === null) throw new Error(`No Chromium was found. ${HOW_TO_GET_ONE}`)
  if (!(await isStudioBuilt())) {
    throw new Error('The built Studio is older than its sources. Run: npm run test:browser')
  }

  const browser = await chromium.launchServer({executablePath, args: FLAGS})
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-browser-'))
  const measuresFile = join(folder, 'measures.ndjson')
  project.provide('browserEndpoint', browser.wsEndpoint())
  project.provide('measuresFile', measuresFile)
  return async () => {
    await browser.close()
    process.stdout.write(await describeMeasures(measuresFile))
    await rm(folder, {recursive: true})
  }
}
