import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake} from '@copydesk/lake'

import {openDataset} from '../packages/lake/src/store/openDataset.ts'
import {buildIndexes} from './asker.ts'
import {buildDataset} from './datasetFile.ts'
import {type Newsroom, createNewsroom} from './newsroom.ts'

/** A data folder with a newsroom of a given size. */
export interface BuiltLake {
  readonly newsroom: Newsroom
  /** For `createLake`. */
  readonly dataDir: string
  /** The file of the dataset `production`. */
  readonly file: string
}

/** All files that a run of the bench writes. */
export interface Workspace {
  /** A temporary folder. */
  readonly folder: string
  /** Built on first use. */
  lake(articles: number): Promise<BuiltLake>
  remove(): void
}

/** @param kept A folder where newsrooms are kept for the next run; without it they are removed. */
export const createWorkspace = (kept?: string): Workspace => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'))
  return {
    folder,
    async lake(articles) {
      const dataDir = join(kept ?? folder, `lake-${articles}`)
      const datasetFolder = join(dataDir, 'datasets', 'production')
      const file = join(datasetFolder, 'documents.sqlite')
      const newsroom = createNewsroom(articles)
      if (!existsSync(file)) {
        process.stderr.write(`building ${articles.toLocaleString('en')} articles …\n`)
        const lake = createLake({dataDir})
        await lake.close()
        mkdirSync(datasetFolder, {recursive: true})
        // Built under another name until complete, so that an interrupted run leaves nothing that
        // could be measured.
        const unfinished = `${file}.unfinished`
        for (const each of [file, unfinished]) rmSync(each, {force: true})
        buildDataset(newsroom, unfinished).close()
        renameSync(unfinished, file)
      }
      const store = openDataset({name: 'production', file, flushesCommits: false})
      if (store.nextMaintenance()) process.stderr.write('building its indexes …\n')
      buildIndexes(store, newsroom)
      store.close()
      return {newsroom, dataDir, file}
    },
    remove: () => rmSync(folder, {recursive: true, force: true}),
  }
}
