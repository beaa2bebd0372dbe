/**
 * Works on a dataset's file without opening the dataset: copies it, checks that SQLite can read it,
 * looks a document up.
 */
import {existsSync} from 'node:fs'

import {idPartsOf} from '../documents/idParts.ts'
import {prepareSchema} from './schema.ts'
import {connect, textOf} from './sqliteConnection.ts'

/**
 * Checks that SQLite can read all of a dataset's file. Faster than `checkDataset`, which also
 * checks the contents.
 * @returns SQLite's message about what is wrong, or null.
 */
export const datasetFileFault = (file: string): string | null => {
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
 * The schema of a dataset's file as JSON: tables, indexes, triggers, views.
 * @param path `:memory:` for the schema of a new file.
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

/**
 * Copies the state that a dataset's file has at this call, even while it is open elsewhere.
 * @param to Path of a new file.
 * @throws Error if the file is missing; SQLite would create an empty one.
 */
export const copyDatasetFile = async (name: string, from: string, to: string): Promise<void> => {
  if (!existsSync(from)) throw new Error(`${from} is missing: the dataset "${name}" is damaged.`)
  const connection = connect(from, {readOnly: true, subject: `the dataset "${name}"`})
  try {
    await connection.copyTo(to)
  } finally {
    connection.close()
  }
}

/**
 * Whether a dataset's file contains a document.
 * @param file Path of the file of an existing dataset.
 */
export const datasetFileHolds = (file: string, id: string): boolean => {
  const {layer, group} = idPartsOf(id)
  const connection = connect(file, {readOnly: true})
  try {
    const sql = 'SELECT 1 FROM document WHERE grp = ? AND layer = ?'
    return connection.one(sql, group, layer) !== undefined
  } finally {
    connection.close()
  }
}
