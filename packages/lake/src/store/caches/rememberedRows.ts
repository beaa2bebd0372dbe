/**
 * Caches rows that queries read from indexes again and again: the slug that many visitors open, the
 * newest articles. Until something is written, the same statement returns the same rows, so the cache
 * holds one state of the dataset and is cleared at every write. Rows are kept from the second read.
 */
import type {SQLInputValue} from 'node:sqlite'

import {createCacheAdmission} from '../../core/cacheAdmission.ts'
import {MAX_REMEMBERED_ROWS} from '../../core/limits.ts'
import type {Connection, Row} from '../file/sqliteConnection.ts'

/** The part of a connection that reads. */
export type RowReader = Pick<Connection, 'one' | 'all'>

export interface RememberedRows extends RowReader {
  /** Clears the cache: call it after any write, also one by another process. */
  forget(): void
}

/** From statement to bound values to rows. */
type Generation = Map<string, Map<string, readonly Row[]>>

/** Longer lists are not cached: their readers read hundreds of documents anyway. */
const LONGEST = 128

/** How many keys that were read once are remembered. */
const MAX_SEEN = 16_384

/**
 * @param isSteady Whether reads now see the state that queries see; false during a write transaction.
 */
export const createRememberedRows = (
  connection: Connection,
  isSteady: () => boolean,
): RememberedRows => {
  const seen = createCacheAdmission(MAX_SEEN)
  // A used entry moves to the newer generation; the older one is dropped as a whole.
  let newer: Generation = new Map()
  let older: Generation = new Map()
  let rows = 0

  const keep = (sql: string, key: string, found: readonly Row[]): void => {
    if (rows > MAX_REMEMBERED_ROWS / 2) {
      older = newer
      newer = new Map()
      rows = 0
    }
    // An empty list takes space too.
    rows += found.length + 1
    let ofStatement = newer.get(sql)
    if (!ofStatement) newer.set(sql, (ofStatement = new Map()))
    ofStatement.set(key, found)
  }

  const recall = (sql: string, key: string): readonly Row[] | undefined => {
    const recent = newer.get(sql)?.get(key)
    if (recent) return recent
    const old = older.get(sql)?.get(key)
    if (old) keep(sql, key, old)
    return old
  }

  const remembered = (
    sql: string,
    values: readonly SQLInputValue[],
    read: () => readonly Row[],
  ): readonly Row[] => {
    if (!isSteady()) return read()
    const key = keyOf(values)
    const known = recall(sql, key)
    if (known) return known
    const found = read()
    if (found.length <= LONGEST && seen.seenBefore(key)) keep(sql, key, found)
    return found
  }

  return {
    one: (sql, ...values) =>
      remembered(sql, values, () => {
        const row = connection.one(sql, ...values)
        return row ? [row] : []
      })[0],
    all: (sql, ...values) => remembered(sql, values, () => connection.all(sql, ...values)),
    forget() {
      if (newer.size > 0) newer = new Map()
      if (older.size > 0) older = new Map()
      rows = 0
    },
  }
}

/** A key that differs for different values, and for 1, "1" and a blob. */
const keyOf = (values: readonly SQLInputValue[]): string => {
  let key = ''
  for (const value of values) {
    // The length marks where the string ends, whatever it contains.
    if (typeof value === 'string') key += `${value.length}:${value}`
    else if (ArrayBuffer.isView(value)) key += `b${Buffer.from(value.buffer).toString('hex')}`
    else key += `${typeof value}${value};`
  }
  return key
}
