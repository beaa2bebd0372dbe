import type {SQLInputValue} from 'node:sqlite'

import {type Connection, type Row, numberOf, textOf} from './connection.ts'
import type {KeyRange} from './keyRange.ts'
import type {Key} from './keyValues.ts'

/**
 * A run is what one index says about one layer, in order, read in portions that grow, so that a
 * reader who wants one document pays for few and a reader of all pays little for each.
 * No cursor stays open between portions: each continues after the last row of the one before.
 */
export interface Posting {
  readonly layer: string
  readonly group: string
  /** In runs that are ordered by key. */
  readonly key?: Key
}

const FIRST_PORTION = 32
const LAST_PORTION = 2048
const GROWTH = 4

/** Which documents of a layer, by their groups; bounds as in `IdRange`. */
export interface GroupRange {
  readonly from?: string
  readonly to?: string
}

/** Rows of an index, already narrowed to one layer: `FROM … WHERE …` and the values bound in it. */
export interface Rows {
  readonly from: string
  readonly values: readonly SQLInputValue[]
}

/** Postings by group, which is `_id` order within a layer. Each group once. */
export function* runByGroup(
  connection: Connection,
  layer: string,
  {from, values}: Rows,
  range: GroupRange = {},
): Generator<Posting> {
  let condition = range.from === undefined ? '' : ' AND grp >= ?'
  let after = range.from
  const to = range.to === undefined ? '' : ' AND grp < ?'
  const last = range.to === undefined ? [] : [range.to]
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * GROWTH, LAST_PORTION)) {
    const rows = connection.all(
      `SELECT grp ${from}${condition}${to} ORDER BY grp LIMIT ${portion}`,
      ...values,
      ...(after === undefined ? [] : [after]),
      ...last,
    )
    for (const row of rows) yield {layer, group: textOf(row[0])}
    if (rows.length < portion) return
    condition = ' AND grp > ?'
    after = textOf(rows.at(-1)?.[0])
  }
}

/** Postings of a key index by ascending key; equal keys by group. */
export function* runByKeyAscending(
  connection: Connection,
  layer: string,
  {from, values}: Rows,
  range: KeyRange,
): Generator<Posting> {
  const high = `value ${range.highOpen ? '<' : '<='} ?`
  let start = `value ${range.lowOpen ? '>' : '>='} ?`
  let bounds: SQLInputValue[] = [range.low]
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * GROWTH, LAST_PORTION)) {
    const rows = connection.all(
      `SELECT grp, value ${from} AND ${start} AND ${high} ORDER BY value, grp LIMIT ${portion}`,
      ...values,
      ...bounds,
      range.high,
    )
    for (const row of rows) yield posting(layer, row)
    const last = rows.at(-1)
    if (!last || rows.length < portion) return
    start = '(value, grp) > (?, ?)'
    bounds = [keyOf(last), textOf(last[0])]
  }
}

/**
 * Postings of a key index by descending key; equal keys by *ascending* group.
 * The index read backwards has equal keys in the wrong order, so each of its portions is turned
 * around key by key; the last key of a portion, of which more may follow, is read by itself.
 */
export function* runByKeyDescending(
  connection: Connection,
  layer: string,
  rows: Rows,
  range: KeyRange,
): Generator<Posting> {
  const low = `value ${range.lowOpen ? '>' : '>='} ?`
  let {high} = range
  let isBelow = range.highOpen ?? false
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * GROWTH, LAST_PORTION)) {
    const found = connection.all(
      `SELECT grp, value ${rows.from} AND ${low} AND value ${isBelow ? '<' : '<='} ?
       ORDER BY value DESC, grp DESC LIMIT ${portion}`,
      ...rows.values,
      range.low,
      high,
    )
    const last = found.at(-1)
    const lastKey = last && keyOf(last)
    const isEnd = found.length < portion
    for (let start = 0; start < found.length;) {
      const end = endOfEqualKeys(found, start)
      if (end === found.length && !isEnd && lastKey !== undefined) {
        yield* runByKeyAscending(connection, layer, rows, {low: lastKey, high: lastKey})
      } else {
        for (let at = end - 1; at >= start; at -= 1) yield posting(layer, found[at])
      }
      start = end
    }
    if (isEnd || lastKey === undefined) return
    high = lastKey
    isBelow = true
  }
}

const endOfEqualKeys = (rows: readonly Row[], start: number): number => {
  const first = rows[start]?.[1]
  let end = start + 1
  while (end < rows.length && isSameKey(rows[end]?.[1], first)) end += 1
  return end
}

const isSameKey = (a: Row[number] | undefined, b: Row[number] | undefined): boolean =>
  a === b || (a instanceof Uint8Array && b instanceof Uint8Array && a[0] === b[0])

const keyOf = (row: Row): Key => {
  const value = row[1]
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  return numberOf(value)
}

const posting = (layer: string, row: Row | undefined): Posting => ({
  layer,
  group: textOf(row?.[0]),
  key: row && keyOf(row),
})
