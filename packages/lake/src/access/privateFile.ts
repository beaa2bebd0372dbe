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

/** What others than the owner may do with a file or a folder. */
export const OF_OTHERS = 0o077

/** Makes a folder that only its owner may enter, and those above it; one that is there stays. */
export const makePrivateFolder = (path: string): void => {
  mkdirSync(path, {recursive: true, mode: 0o700})
}

/**
 * Makes an empty file that only its owner may read; one that is there becomes private. It is not
 * opened: to close a file that SQLite has open in this process would give up SQLite's locks on it.
 */
export const makePrivateFile = (path: string): void => {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    if ((statSync(path).mode & OF_OTHERS) !== 0) chmodSync(path, 0o600)
  }
}

/** A rename is only durable when its folder is; Windows has no such call and needs none. */
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
  error instanceof Error && 'code' in error ? error.code : undefined

/**
 * Small JSON files that only their owner may read, and that a crash or a full disk leaves whole:
 * the new text is flushed to a file beside the old one, which then takes its name.
 */
export const writePrivateJson = (path: string, value: unknown): void => {
  makePrivateFolder(dirname(path))
  const draft = `${path}.new`
  rmSync(draft, {force: true})
  const file = openSync(draft, 'wx', 0o600)
  try {
    // All of it, or an error: one call of `write` may take less than it is given.
    writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
    fsyncSync(file)
  } catch (error) {
    rmSync(draft, {force: true})
    throw error
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/**
 * @returns What the file holds, or undefined when there is none.
 * @throws An error naming the file when it is not JSON.
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
      `${path} is not JSON. Restore it from a backup, or remove it to start afresh.`,
      {
        cause: error,
      },
    )
  }
}
