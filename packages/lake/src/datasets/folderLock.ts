/**
 * The lock of a data folder: one lake at a time, because caches assume that only this process commits.
 */
import {join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {makePrivateFile} from '../access/privateFile.ts'
import {openDatabase} from '../store/file/sqlite.ts'
import {storageFault} from '../store/file/storageFault.ts'

const SQLITE_BUSY = 5

/**
 * Takes the lock. It is SQLite's lock on an empty file, which the operating system releases when the
 * process ends, however it ends. A file with a process id might be stale.
 *
 * @returns A function that releases the lock, or null if another process has it.
 * @throws LakeError 503 or 507 if the disk fails or is full.
 */
export const lockFolder = (dataDir: string): (() => void) | null => {
  const file = join(dataDir, 'lock')
  makePrivateFile(file)
  const database = openDatabase(file, {timeout: 0})
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isNativeError(error) && 'errcode' in error && error.errcode === SQLITE_BUSY) return null
    throw storageFault(error, `the lock of ${dataDir}`, file)
  }
  return () => database.close()
}
