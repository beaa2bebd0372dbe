import {chmodSync, copyFileSync, existsSync, lstatSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'

import {isJsonObject} from '../core/document.ts'
import {isDatasetName} from '../core/ids.ts'
import {makePrivateFolder, OF_OTHERS, readPrivateJson, writePrivateJson} from './privateFile.ts'
import {PROJECT_FORMAT} from './project.ts'

/**
 * A data folder as it is found: who may read it, and which version of the lake wrote it. Drafts are
 * nobody else's business, and neither is the folder.
 */

/** Something about a data folder that a person can put right: its words say what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

/** What a data folder may hold; other things are somebody else's. */
const OWN = new Set([
  'cache',
  'datasets',
  'lake.json',
  'lake.json.new',
  'lock',
  'lock-journal',
  'project.json',
  'project.json.new',
  'settings',
])

/**
 * Makes the folder when it is not there, and private when it is not.
 * @throws An Error that says what to do, where it cannot be made, or is not to be touched.
 */
export const makePrivate = (dataDir: string): void => {
  try {
    makePrivateFolder(dataDir)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DataFolderError(`${dataDir} cannot be the data folder: ${reason}`, {cause: error})
  }
  if (process.platform === 'win32' || (statSync(dataDir).mode & OF_OTHERS) === 0) return
  const other = readdirSync(dataDir).find((name) => !OWN.has(name) && !name.startsWith('.'))
  if (other !== undefined && !existsSync(join(dataDir, 'project.json'))) {
    throw new DataFolderError(
      `Others may read ${dataDir}, and it holds other things (${other}). ` +
        `Choose a folder of its own for the lake, or run "chmod 700 ${dataDir}".`,
    )
  }
  try {
    chmodSync(dataDir, 0o700)
    makeContentPrivate(dataDir)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EROFS') {
      throw new DataFolderError(
        `${dataDir} is on a disk that is mounted read-only, so the lake cannot start. ` +
          'Mount it for writing, or choose another folder.',
        {cause: error},
      )
    }
    throw new DataFolderError(
      `Others may read ${dataDir}, and this user may not change that. ` +
        `Run "chmod -R go= ${dataDir}" as its owner, or choose another folder.`,
      {cause: error},
    )
  }
}

const makeContentPrivate = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const stat = lstatSync(path)
    if (stat.isSymbolicLink()) continue
    if ((stat.mode & OF_OTHERS) !== 0) chmodSync(path, stat.isDirectory() ? 0o700 : 0o600)
    if (stat.isDirectory()) makeContentPrivate(path)
  }
}

/**
 * Brings a folder that an earlier version wrote up to date, and keeps what it changes: the earlier
 * version refuses the folder from then on, and goes on from the copy. Datasets are brought up to date
 * when they are opened.
 * @param makeDataset Makes the file of a dataset that was listed and never used: earlier versions
 *   made it at the first use.
 */
export const upgradeFolder = (dataDir: string, makeDataset: (name: string) => void): void => {
  const path = join(dataDir, 'project.json')
  const found = readPrivateJson(path)
  const format = isJsonObject(found) ? found['format'] : undefined
  if (!isJsonObject(found) || typeof format !== 'number' || format >= PROJECT_FORMAT) return
  makeContentPrivate(dataDir)
  const backup = `${path}.format-${format}`
  if (!existsSync(backup)) {
    copyFileSync(path, backup)
    chmodSync(backup, 0o600)
  }
  const {datasets} = found
  for (const record of Array.isArray(datasets) ? datasets : []) {
    const name = isJsonObject(record) ? record['name'] : undefined
    if (typeof name !== 'string' || !isDatasetName(name)) continue
    if (!existsSync(join(dataDir, 'datasets', name))) makeDataset(name)
  }
  // Last: until then it is a folder of the earlier format.
  writePrivateJson(path, {...found, format: PROJECT_FORMAT})
}
