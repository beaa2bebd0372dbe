/**
 * Private files: files and folders that only their owner can read, and JSON files that stay
 * complete through a crash or a full disk.
 */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {dirname} from 'node:path'
import {isNativeError} from 'node:util/types'

/** The permission bits of all users but the owner. */
export const OF_OTHERS = 0o077

/** Creates a folder that only its owner can open, and its parents; an existing one stays as it is. */
export const makePrivateFolder = (path: string): void => {
  mkdirSync(path, {recursive: true, mode: 0o700})
}

/**
 * Creates an empty file that only its owner can read, or makes an existing one private. An existing
 * file is not opened: closing a file that SQLite has open in this process would drop SQLite's locks.
 */
export const makePrivateFile = (path: string): void => {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    if ((statSync(path).mode & OF_OTHERS) !== 0) chmodSync(path, 0o600)
  }
}

/** A rename is durable only when its folder is synced; Windows has no such call and needs none. */
export const syncFolder = (path: string): void => {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const codeOf = (error: unknown): unknown =>
  isNativeError(error) && 'code' in error ? error.code : undefined

/**
 * Writes a small JSON file that only its owner can read. A crash or a full disk leaves it complete:
 * the new content is flushed to a second file, which then takes the name of the first.
 */
export const writePrivateJson = (path: string, value: unknown): void => {
  makePrivateFolder(dirname(path))
  const draft = `${path}.new`
  rmSync(draft, {force: true})
  const file = openSync(draft, 'wx', 0o600)
  try {
    // Not `writeSync`, which may write less than it is given.
    writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
    fsyncSync(file)
  } catch (error) {
    try {
      rmSync(draft, {force: true})
    } catch {
      // The first error says more. The next write removes the file.
    }
    throw error
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/**
 * @returns The file's content, or undefined when there is no file.
 * @throws An Error that names the file when it is not JSON.
 */
export const readPrivateJson = (path: string): unknown => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(
      `${path} is not JSON. Restore it from a backup, or delete it to start from scratch.`,
      {
        cause: error,
      },
    )
  }
}
