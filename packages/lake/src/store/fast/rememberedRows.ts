/**
 * Caches rows that queries read from indexes again and again: the slug that many visitors open, the
 * newest articles. Until something is written, the same statement returns the same rows, so the cache
 * holds one state of the dataset and is cleared at every write. A statement for one row also keeps its
 * last read: query after query reads the same counters and settings, and making their key takes as
 * long as everything else about such a read.
 */
import type {SQLInputValue} from 'node:sqlite'

import {createCache} from '../../core/cache/cache.ts'
import {type FastOption, isFast} from '../../core/fast.ts'
import type {Connection, Row} from '../file/sqliteConnection.ts'

/** The part of a connection that reads. */
export type RowReader = Pick<Connection, 'one' | 'all'>

export interface RememberedRows extends RowReader {
  /** Clears the cache: call it after any write, also one by another process. */
  forget(): void
}

/** Longer lists are not cached: their readers read hundreds of documents anyway. */
const LONGEST = 128

/**
 * @param isSteady Whether reads now see the state that queries see; false during a write transaction.
 */
export const createRememberedRows = (
  connection: Connection,
  isSteady: () => boolean,
  fast?: FastOption,
): RememberedRows => {
  if (!isFast(fast, 'rows')) return {one: connection.one, all: connection.all, forget: () => {}}
  const cache = createCache<readonly Row[]>('rows')
  // There are a few hundred.
  const statements = new Map<string, Statement>()
  const statementOf = (sql: string): Statement => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = {prefix: `${statements.size.toString(36)} `, values: [], rows: undefined}
      statements.set(sql, statement)
    }
    return statement
  }

  /** Reads from the cache, or else from the file. */
  const remembered = (
    {prefix}: Statement,
    values: readonly SQLInputValue[],
    read: () => readonly Row[],
  ): readonly Row[] => {
    const key = keyOf(prefix, values)
    const found = cache.get(key)
    if (found) return found
    const rows = read()
    if (rows.length <= LONGEST) cache.set(key, rows, bytesOf(key, rows))
    return rows
  }

  return {
    one(sql, ...values) {
      if (!isSteady()) return connection.one(sql, ...values)
      const statement = statementOf(sql)
      if (statement.rows && areEqual(statement.values, values)) return statement.rows[0]
      const rows = remembered(statement, values, () => {
        const row = connection.one(sql, ...values)
        return row ? [row] : []
      })
      statement.values = values
      statement.rows = rows
      return rows[0]
    },
    all: (sql, ...values) =>
      isSteady()
        ? remembered(statementOf(sql), values, () => connection.all(sql, ...values))
        : connection.all(sql, ...values),
    forget() {
      cache.clear()
      for (const statement of statements.values()) statement.rows = undefined
    },
  }
}

interface Statement {
  /** Stands for the statement in keys, because its text is long. */
  readonly prefix: string
  /** Its last read, if it is for one row. */
  values: readonly SQLInputValue[]
  rows: readonly Row[] | undefined
}

/** Blobs never count as equal: the same one may have other bytes now. */
const areEqual = (some: readonly SQLInputValue[], others: readonly SQLInputValue[]): boolean => {
  if (some.length !== others.length) return false
  for (let n = 0; n < some.length; n += 1) {
    if (some[n] !== others[n] || ArrayBuffer.isView(some[n])) return false
  }
  return true
}

/** A key that differs for different statements and values, and for 1, "1" and a blob. */
const keyOf = (statement: string, values: readonly SQLInputValue[]): string => {
  let key = statement
  for (const value of values) {
    // The length marks where the string ends, whatever it contains.
    if (typeof value === 'string') key += `${value.length}:${value}`
    else if (ArrayBuffer.isView(value)) key += `b${Buffer.from(value.buffer).toString('hex')}`
    else key += `${typeof value}${value};`
  }
  return key
}

/** About how much memory an entry takes. */
const bytesOf = (key: string, rows: readonly Row[]): number => {
  let bytes = 200 + 2 * key.length
  for (const row of rows) {
    bytes += 50
    for (const value of row) {
      if (typeof value === 'string') bytes += 24 + value.length
      else bytes += ArrayBuffer.isView(value) ? 150 + value.byteLength : 16
    }
  }
  return bytes
}
