import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {importThroughClient} from './figures/importing.ts'
import {createNewsroom} from './newsroom.ts'
import type {Reading} from './reading.ts'

const ARTICLES = 2500

/**
 * Measures the first import of a newly started server, before code is compiled and threads are
 * running: time by the clock, and processor time.
 *
 * @param checkout The folder of any version of this repository, whose server is measured. The
 * client and the documents are this version's.
 */
export const coldImport = async (checkout: string): Promise<readonly Reading[]> => {
  const documents = [...createNewsroom(ARTICLES).documents()]
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-cold-'))
  try {
    const server = join(checkout, 'bench', 'lakeServer.ts')
    const {time, cost} = await importThroughClient(join(folder, 'lake'), documents, server)
    const name = `first import of ${ARTICLES.toLocaleString('en')} articles after start`
    return [
      {name, value: time, isMoreBetter: false},
      {name: `${name}, by processor time`, value: cost, isMoreBetter: false},
    ]
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
