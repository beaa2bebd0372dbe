import {connect, textOf} from './connection.ts'
import {prepareSchema} from './schema.ts'

/**
 * Whether SQLite can read all of a dataset's file. Quick beside `checkDataset`, which looks at what
 * the file says as well.
 * @returns What is wrong, in SQLite's words, or null.
 */
export const isSound = (file: string): string | null => {
  try {
    const connection = connect(file, {readOnly: true})
    try {
      if (connection.one('SELECT 1 FROM sqlite_master LIMIT 1') === undefined) return 'it is empty'
      const [message] = connection.one('PRAGMA quick_check(1)') ?? []
      return message === 'ok' ? null : textOf(message)
    } finally {
      connection.close()
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * All that a dataset's file defines: tables, indexes, and triggers and views, of which it has none.
 * @param path `:memory:` for what a new file has.
 */
export const describeSchema = (path: string): string => {
  const connection = connect(path)
  try {
    prepareSchema(connection, path)
    return JSON.stringify(
      connection.all('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name'),
    )
  } finally {
    connection.close()
  }
}
