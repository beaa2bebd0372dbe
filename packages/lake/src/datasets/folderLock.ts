import {join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {makePrivateFile} from '../access/privateFile.ts'
import {openDatabase} from '../store/file/sqlite.ts'
import {storageFault} from '../store/file/storageFault.ts'

const SQLITE_BUSY = 5

/**
 * One process at a time works on a data folder: caches are keyed on what this process committed.
 * The lock is SQLite's own on an empty file, because the operating system frees it with the
 * process, however that ends; a file with a process id in it would have to be guessed stale.
 *
 * @returns A function that releases the folder, or null when another process has it.
 * @throws LakeError with what to do when the disk is full or fails.
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
