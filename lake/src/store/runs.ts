import type {SQLInputValue} from 'node:sqlite'

import {type Connection, type Row, numberOf, textOf} from './connection.ts'
import type {KeyRange} from './keyRange.ts'
import {type Key, isSameKey} from './keyValues.ts'

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

/** Most lists that people look at have no more than 20 or 25 entries. */
const FIRST_PORTION = 28
const LAST_PORTION = 2048
const GROWTH = 4

/** Sorts after every id, as ids are ASCII. */
const LAST_GROUP = '\u{10ffff}'

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

/** The few texts that are asked for all the time, so that none is put together twice. */
const textsOf = (make: (from: string) => string): ((from: string) => string) => {
  const texts = new Map<string, string>()
  return (from) => {
    let text = texts.get(from)
    if (text === undefined) texts.set(from, (text = make(from)))
    return text
  }
}

const byGroup = textsOf(
  (from) => `SELECT grp ${from} AND grp >= ? AND grp < ? ORDER BY grp LIMIT ?`,
)

/** Postings by group, which is `_id` order within a layer. Each group once. */
export function* runByGroup(
  connection: Connection,
  layer: string,
  {from, values}: Rows,
  range: GroupRange = {},
): Generator<Posting> {
  const sql = byGroup(from)
  const end = range.to ?? LAST_GROUP
  let start = range.from ?? ''
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * GROWTH, LAST_PORTION)) {
    const rows = connection.all(sql, ...values, start, end, portion)
    for (const row of rows) yield {layer, group: textOf(row[0])}
    if (rows.length < portion) return
    // The text that follows the last one immediately.
    start = `${textOf(rows.at(-1)?.[0])}\0`
  }
}

const ascending = textsOf(
  (from) =>
    `SELECT grp, value ${from} AND (value, grp) > (?, ?) AND (value, grp) < (?, ?)
     ORDER BY value, grp LIMIT ?`,
)

/** Postings of a key index by ascending key; equal keys by group. */
export function* runByKeyAscending(
  connection: Connection,
  layer: string,
  {from, values}: Rows,
  {low, lowOpen, high, highOpen}: KeyRange,
): Generator<Posting> {
  const sql = ascending(from)
  const lastGroup = highOpen ? '' : LAST_GROUP
  let key = low
  let group = lowOpen ? LAST_GROUP : ''
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * GROWTH, LAST_PORTION)) {
    const rows = connection.all(sql, ...values, key, group, high, lastGroup, portion)
    for (const row of rows) yield postingOf(layer, row)
    const last = rows.at(-1)
    if (!last || rows.length < portion) return
    key = keyOf(last)
    group = textOf(last[0])
  }
}

const descending = textsOf(
  (from) =>
    `SELECT grp, value ${from} AND (value, grp) > (?, ?) AND (value, grp) < (?, ?)
     ORDER BY value DESC, grp DESC LIMIT ?`,
)

/**
 * Postings of a key index by descending key; equal keys by *ascending* group.
 * The index read backwards has equal keys in the wrong order, so each of its portions is turned
 * around key by key; the last key of a portion, of which more may follow, is read by itself.
 */
export function* runByKeyDescending(
  connection: Connection,
  layer: string,
  rows: Rows,
  {low, lowOpen, high, highOpen}: KeyRange,
): Generator<Posting> {
  const sql = descending(rows.from)
  const firstGroup = lowOpen ? LAST_GROUP : ''
  let key = high
  let group = highOpen ? '' : LAST_GROUP
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * GROWTH, LAST_PORTION)) {
    const found = connection.all(sql, ...rows.values, low, firstGroup, key, group, portion)
    const last = found.at(-1)
    if (!last) return
    const isEnd = found.length < portion
    const lastKey = keyOf(last)
    for (let start = 0; start < found.length;) {
      const end = endOfEqualKeys(found, start)
      if (end === found.length && !isEnd) {
        yield* runByKeyAscending(connection, layer, rows, {low: lastKey, high: lastKey})
      } else {
        for (let at = end - 1; at >= start; at -= 1) {
          const row = found[at]
          if (row) yield postingOf(layer, row)
        }
      }
      start = end
    }
    if (isEnd) return
    key = lastKey
    group = ''
  }
}

const endOfEqualKeys = (rows: readonly Row[], start: number): number => {
  const first = rows[start]?.[1]
  let end = start + 1
  while (end < rows.length && isSameKey(rows[end]?.[1], first)) end += 1
  return end
}

const keyOf = (row: Row): Key => {
  const value = row[1]
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  return numberOf(value)
}

const postingOf = (layer: string, row: Row): Posting => ({
  layer,
  group: textOf(row[0]),
  key: keyOf(row),
})
