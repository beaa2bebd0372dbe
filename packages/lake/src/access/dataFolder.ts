/**
 * Prepares a data folder when a lake opens it: makes it readable for its owner only, because
 * drafts are private, and upgrades one that an earlier version of the lake wrote.
 */
import {chmodSync, copyFileSync, existsSync, lstatSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {isJsonObject} from '../core/document.ts'
import {FixableError} from '../core/errors.ts'
import {isDatasetName} from '../core/ids.ts'
import {makePrivateFolder, OF_OTHERS, readPrivateJson, writePrivateJson} from './privateFile.ts'
import {PROJECT_FORMAT} from './project.ts'

/** A problem with a data folder that a person can fix; the message says how. */
export class DataFolderError extends FixableError {
  override readonly name = 'DataFolderError'
}

/** What a data folder may hold; the lake does not touch anything else. */
const OWN = new Set([
  'cache',
  'datasets',
  'hooks.sqlite',
  'hooks.sqlite-shm',
  'hooks.sqlite-wal',
  'lake.json',
  'lake.json.new',
  'lake.log',
  'lock',
  'lock-journal',
  'project.json',
  'project.json.new',
  'settings',
])

/**
 * Creates the folder if it is missing, and makes it private.
 * @throws DataFolderError when the folder cannot be created, or holds other files.
 */
export const makePrivate = (dataDir: string): void => {
  try {
    makePrivateFolder(dataDir)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DataFolderError(`${dataDir} cannot be used as the data folder: ${reason}`, {
      cause: error,
    })
  }
  if (process.platform === 'win32' || (statSync(dataDir).mode & OF_OTHERS) === 0) return
  const other = readdirSync(dataDir).find((name) => !OWN.has(name) && !name.startsWith('.'))
  if (other !== undefined && !existsSync(join(dataDir, 'project.json'))) {
    throw new DataFolderError(
      `Other users can read ${dataDir}, and it holds other files (${other}). ` +
        `Choose a folder for the lake alone, or run "chmod 700 ${dataDir}".`,
    )
  }
  try {
    chmodSync(dataDir, 0o700)
    makeContentPrivate(dataDir)
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'EROFS') {
      throw new DataFolderError(
        `${dataDir} is on a disk that is mounted read-only, so the lake cannot start. ` +
          'Mount it for writing, or choose another folder.',
        {cause: error},
      )
    }
    throw new DataFolderError(
      `Other users can read ${dataDir}, and you do not have permission to change that. ` +
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
 * Upgrades a folder that an earlier version wrote, and keeps a copy of the file that it changes: the
 * earlier version cannot open the folder any more, but can go on from the copy. Datasets are upgraded
 * when they are opened.
 * @param makeDataset Creates the file of a dataset that was listed but never used: earlier versions
 *   created it at first use.
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
  // Written last, so that a crash leaves a folder of the earlier format.
  writePrivateJson(path, {...found, format: PROJECT_FORMAT})
}
