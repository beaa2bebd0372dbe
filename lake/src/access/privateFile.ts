import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import {dirname} from 'node:path'

/**
 * Small JSON files that only their owner may read, and that a crash leaves whole: the new text is
 * flushed to a file beside the old one, which then takes its name.
 */
export const writePrivateJson = (path: string, value: unknown): void => {
  mkdirSync(dirname(path), {recursive: true})
  const draft = `${path}.new`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
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
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
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
