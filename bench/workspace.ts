import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake} from '@copydesk/lake'

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

/** A temporary folder for everything that a run of the bench writes. */
export interface Workspace {
  readonly folder: string
  /** Built when it is first asked for. */
  lake(articles: number): Promise<BuiltLake>
  remove(): void
}

/** @param kept A folder whose datasets are used again; otherwise all is new, and removed. */
export const createWorkspace = (kept?: string): Workspace => {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'copydesk-bench-'))
  return {
    folder,
    async lake(articles) {
      const dataDir = join(folder, `lake-${articles}`)
      const datasetFolder = join(dataDir, 'datasets', 'production')
      const file = join(datasetFolder, 'documents.sqlite')
      const newsroom = createNewsroom(articles)
      if (existsSync(file)) return {newsroom, dataDir, file}
      process.stderr.write(`building ${articles.toLocaleString('en')} articles …\n`)
      const lake = createLake({dataDir})
      await lake.close()
      mkdirSync(datasetFolder, {recursive: true})
      rmSync(file, {force: true})
      buildDataset(newsroom, file).close()
      return {newsroom, dataDir, file}
    },
    remove() {
      if (kept === undefined) rmSync(folder, {recursive: true, force: true})
    },
  }
}
