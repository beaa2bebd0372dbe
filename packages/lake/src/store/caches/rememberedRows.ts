import type {SQLInputValue} from 'node:sqlite'

import {createRecentKeys} from '../../core/cacheAdmission.ts'
import {MAX_REMEMBERED_ROWS} from '../../core/limits.ts'
import type {Connection, Row} from '../file/connection.ts'

/** The reading side of a connection, as what reads indexes needs it. */
export type RowReader = Pick<Connection, 'one' | 'all'>

/**
 * Rows of indexes that queries read again and again: the slug that everybody follows, the newest
 * articles. As long as nothing is written the same statement gives the same rows, so it is kept for
 * the state of the dataset that readers see, and forgotten with it. What is asked once is not kept.
 */
export interface RememberedRows extends RowReader {
  /** Something was written, here or by another process. */
  forget(): void
}

/** Rows by the values that were bound, of each statement. */
type Generation = Map<string, Map<string, readonly Row[]>>

/** Longer lists are walked by who reads documents by the hundred anyway. */
const LONGEST = 128

/** Values asked for once that are known again. */
const MAX_SEEN = 16_384

/**
 * @param isSteady Whether what is read now is the state that readers see: not inside a transaction
 * that writes, and not between two of its statements.
 */
export const createRememberedRows = (
  connection: Connection,
  isSteady: () => boolean,
): RememberedRows => {
  const seen = createRecentKeys(MAX_SEEN)
  // What is used again moves on from the older generation; the rest goes with it.
  let newer: Generation = new Map()
  let older: Generation = new Map()
  let rows = 0

  const keep = (sql: string, key: string, found: readonly Row[]): void => {
    if (rows > MAX_REMEMBERED_ROWS / 2) {
      older = newer
      newer = new Map()
      rows = 0
    }
    // An empty list needs room as well.
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
    if (found.length <= LONGEST && seen.meet(key)) keep(sql, key, found)
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

/** Different for different values, and for values that only look alike: 1, "1" and a blob. */
const keyOf = (values: readonly SQLInputValue[]): string => {
  let key = ''
  for (const value of values) {
    // How long a text is says where it ends, whatever is in it.
    if (typeof value === 'string') key += `${value.length}:${value}`
    else if (ArrayBuffer.isView(value)) key += `b${Buffer.from(value.buffer).toString('hex')}`
    else key += `${typeof value}${value};`
  }
  return key
}
