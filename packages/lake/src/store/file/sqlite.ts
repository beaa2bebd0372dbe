/**
 * The SQLite of Node. An `import` of node:sqlite in a Node that has none, or an old one, fails before
 * any module runs, with an error that says nothing of versions; so it is fetched here, after a check.
 */
import type {DatabaseSync, DatabaseSyncOptions, SQLInputValue, StatementSync} from 'node:sqlite'

import {nodeProblem} from '../../core/supportedNode.ts'

const problem = nodeProblem(process.versions.node)
if (problem !== undefined) throw new Error(problem)

const sqlite = process.getBuiltinModule('node:sqlite')

/** @throws What node:sqlite throws. */
export const openDatabase = (path: string, options: DatabaseSyncOptions): DatabaseSync =>
  new sqlite.DatabaseSync(path, options)

/** Copies a database into a file, page by page. */
export const {backup} = sqlite

/** Whether values can be given in order for numbered parameters: until 22.20 and 24.6 they cannot. */
const takesNumbers = ((): boolean => {
  const database = openDatabase(':memory:', {})
  try {
    return database.prepare('SELECT ?1').get(1) !== undefined
  } catch {
    return false
  } finally {
    database.close()
  }
})()

/** A statement whose rows are arrays, and whose numbered parameters (`?1`) take values in order. */
export interface Statement {
  get(...values: SQLInputValue[]): unknown
  all(...values: SQLInputValue[]): unknown
  run(...values: SQLInputValue[]): {readonly changes: number | bigint}
}

/** @throws What node:sqlite throws. */
export const prepare = (database: DatabaseSync, sql: string): Statement => {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return takesNumbers || !/\?\d/.test(sql) ? statement : byNumber(statement)
}

const named = (values: readonly SQLInputValue[]): Record<string, SQLInputValue> =>
  Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value]))

/** Older versions of Node take numbered parameters for named ones. */
const byNumber = (statement: StatementSync): Statement => ({
  get: (...values) => statement.get(named(values)),
  all: (...values) => statement.all(named(values)),
  run: (...values) => statement.run(named(values)),
})
