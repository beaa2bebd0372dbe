/**
 * Caches rows that queries read from indexes again and again: the slug that many visitors open, the
 * newest articles. Until something is written, the same statement returns the same rows, so the cache
 * holds one state of the dataset and is cleared at every write. Rows are kept from the second read.
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
  /** Stands for a statement in keys, because its text is long. The program has a few hundred. */
  const numbers = new Map<string, string>()
  const numberOf = (sql: string): string => {
    let number = numbers.get(sql)
    // One character each, to keep keys short.
    if (number === undefined) numbers.set(sql, (number = String.fromCodePoint(256 + numbers.size)))
    return number
  }

  const remembered = (
    sql: string,
    values: readonly SQLInputValue[],
    read: () => readonly Row[],
  ): readonly Row[] => {
    if (!isSteady()) return read()
    const key = keyOf(numberOf(sql), values)
    const known = cache.get(key)
    if (known) return known
    const found = read()
    if (found.length <= LONGEST) cache.set(key, found, bytesOf(key, found))
    return found
  }

  return {
    one: (sql, ...values) =>
      remembered(sql, values, () => {
        const row = connection.one(sql, ...values)
        return row ? [row] : []
      })[0],
    all: (sql, ...values) => remembered(sql, values, () => connection.all(sql, ...values)),
    forget: cache.clear,
  }
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
