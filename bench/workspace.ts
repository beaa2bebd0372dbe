import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake} from '@copydesk/lake'

import {openDataset} from '../packages/lake/src/store/openDataset.ts'
import {buildIndexes} from './asker.ts'
import {buildDataset} from './datasetFile.ts'
import {type Newsroom, createNewsroom} from './newsroom.ts'

/** A data folder with a newsroom of a size in it. */
export interface BuiltLake {
  readonly newsroom: Newsroom
  /** As `createLake` takes it. */
  readonly dataDir: string
  /** Of the dataset `production`. */
  readonly file: string
}

/** Everything that a run of the bench writes. */
export interface Workspace {
  /** A temporary folder. */
  readonly folder: string
  /** Built when it is first asked for. */
  lake(articles: number): Promise<BuiltLake>
  remove(): void
}

/** @param kept A folder where newsrooms are kept for the next run; otherwise they are removed. */
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
        // Under another name until it is whole: a run that is stopped leaves nothing to be measured.
        const unfinished = `${file}.unfinished`
        for (const each of [file, unfinished]) rmSync(each, {force: true})
        buildDataset(newsroom, unfinished).close()
        renameSync(unfinished, file)
      }
      const store = openDataset({name: 'production', file, flushesCommits: false})
      if (store.isMaintenanceDue()) process.stderr.write('building its indexes …\n')
      buildIndexes(store, newsroom)
      store.close()
      return {newsroom, dataDir, file}
    },
    remove: () => rmSync(folder, {recursive: true, force: true}),
  }
}
