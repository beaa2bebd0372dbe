/**
 * Reads the sorted entries of an index in portions that grow, so that a reader that needs one entry
 * pays for few and a reader of all pays little for each; and merges several such lists. No cursor
 * stays open between portions: each continues after the last row of the one before.
 */
import type {SQLInputValue} from 'node:sqlite'
import {isUint8Array} from 'node:util/types'

import type {RowReader} from '../../fast/rememberedRows.ts'
import {type Row, numberOf, textOf} from '../../file/sqliteConnection.ts'
import type {KeyRange} from '../values/keyRange.ts'
import {type Key, isSameKey} from '../values/keyValues.ts'

/** One document in an index. */
export interface IndexEntry {
  readonly layer: string
  readonly group: string
  /** The indexed value, in lists that are sorted by key. */
  readonly key?: Key
}

/** Rows per portion. Most lists on screen have no more than 20 or 25 entries. */
const PORTIONS = [28, 128, 512, 2048] as const

/** Sort before and after every id, as ids are ASCII and not empty. */
export const BEFORE_FIRST_GROUP = ''
export const AFTER_LAST_GROUP = '\u{10ffff}'

/** Where a list that is sorted by key continues: after this entry, which need not exist. */
export interface Place {
  readonly key: Key
  readonly group: string
}

/** A range of groups within a layer; bounds as in `IdRange`. */
export interface GroupRange {
  readonly from?: string
  readonly to?: string
}

/** The rows of an index in one layer: `FROM … WHERE …` and the values to bind. */
export interface IndexSlice {
  readonly from: string
  readonly values: readonly SQLInputValue[]
}

/**
 * Makes the statements that read the portions, once for each index. The limits are part of the SQL:
 * SQLite is much faster with a constant limit than with a bound one.
 */
const portionStatements = (
  make: (from: string, condition: string) => string,
): ((from: string, condition: string) => readonly string[]) => {
  const statements = new Map<string, Map<string, readonly string[]>>()
  return (from, condition) => {
    let ofIndex = statements.get(from)
    if (!ofIndex) statements.set(from, (ofIndex = new Map()))
    let portions = ofIndex.get(condition)
    if (!portions) {
      portions = PORTIONS.map((limit) => `${make(from, condition)} LIMIT ${limit}`)
      ofIndex.set(condition, portions)
    }
    return portions
  }
}

/** Yields one portion after another, each with whether it is the last. */
function* portions(
  statements: (turn: number) => readonly string[],
  read: (sql: string) => readonly Row[],
): Generator<{readonly rows: readonly Row[]; readonly isLast: boolean}> {
  for (let turn = 0; ; turn += 1) {
    const size = Math.min(turn, PORTIONS.length - 1)
    const rows = read(statements(turn)[size] ?? '')
    const isLast = rows.length < (PORTIONS[size] ?? 0)
    yield {rows, isLast}
    if (isLast) return
  }
}

const byGroup = portionStatements(
  (from) => `SELECT grp ${from} AND grp >= ? AND grp < ? ORDER BY grp`,
)

/** Entries by group, which is `_id` order within a layer. Each group once. */
export function* entriesByGroup(
  connection: RowReader,
  layer: string,
  {from, values}: IndexSlice,
  range: GroupRange = {},
): Generator<IndexEntry> {
  const statements = byGroup(from, '')
  const end = range.to ?? AFTER_LAST_GROUP
  let start = range.from ?? ''
  const read = (sql: string): readonly Row[] => connection.all(sql, ...values, start, end)
  for (const {rows} of portions(() => statements, read)) {
    for (const row of rows) yield {layer, group: textOf(row[0])}
    // The smallest string after the last one.
    start = `${textOf(rows.at(-1)?.[0] ?? '')}\0`
  }
}

/** Entries of one layer, in order. */
export type SortedEntries = Iterable<IndexEntry>

/**
 * Like `entriesByGroup`, for indexes with few entries per value: an array costs the reader less than
 * a generator.
 */
export const fewEntriesByGroup = (
  connection: RowReader,
  layer: string,
  slice: IndexSlice,
): SortedEntries => {
  const rows = connection.all(
    byGroup(slice.from, '')[0] ?? '',
    ...slice.values,
    '',
    AFTER_LAST_GROUP,
  )
  if (rows.length >= PORTIONS[0]) return entriesByGroup(connection, layer, slice)
  return rows.map((row) => ({layer, group: textOf(row[0])}))
}

const ascending = portionStatements(
  (from, condition) => `SELECT grp, value ${from} AND ${condition} ORDER BY value, grp`,
)

/** Entries of a value index by ascending key; those with equal keys by group. */
export function* entriesByKeyAscending(
  connection: RowReader,
  layer: string,
  {from, values}: IndexSlice,
  {low, lowOpen, high, highOpen}: KeyRange,
  place?: Place,
): Generator<IndexEntry> {
  const toHigh = `value ${highOpen ? '<' : '<='} ?`
  const first = ascending(from, `value ${lowOpen ? '>' : '>='} ? AND ${toHigh}`)
  let start: SQLInputValue[] = place ? [place.key, place.group] : [low]
  const read = (sql: string): readonly Row[] => connection.all(sql, ...values, ...start, high)
  const statements = (turn: number): readonly string[] =>
    turn === 0 && !place ? first : ascending(from, `(value, grp) > (?, ?) AND ${toHigh}`)
  for (const {rows} of portions(statements, read)) {
    for (const row of rows) yield entryOf(layer, row)
    const last = rows.at(-1)
    if (last) start = [keyOf(last), textOf(last[0])]
  }
}

const descending = portionStatements(
  (from, condition) => `SELECT grp, value ${from} AND ${condition} ORDER BY value DESC, grp DESC`,
)

/**
 * Entries of a value index by descending key; those with equal keys by *ascending* group.
 * Read backwards, the index has equal keys in the wrong order, so the rows of each key are reversed.
 * The last key of a portion may continue in the next one, so it is read by itself.
 */
export function* entriesByKeyDescending(
  connection: RowReader,
  layer: string,
  slice: IndexSlice,
  {low, lowOpen, high, highOpen}: KeyRange,
  place?: Place,
): Generator<IndexEntry> {
  const fromLow = `value ${lowOpen ? '>' : '>='} ?`
  let top = place?.key ?? high
  if (place) {
    yield* entriesByKeyAscending(connection, layer, slice, {low: top, high: top}, place)
  }
  const read = (sql: string): readonly Row[] => connection.all(sql, ...slice.values, low, top)
  const statements = (turn: number): readonly string[] =>
    descending(slice.from, `${fromLow} AND value ${turn > 0 || place || highOpen ? '<' : '<='} ?`)
  for (const {rows, isLast} of portions(statements, read)) {
    for (let start = 0; start < rows.length;) {
      const end = endOfEqualKeys(rows, start)
      const key = rows[start]
      if (end === rows.length && !isLast && key) {
        top = keyOf(key)
        yield* entriesByKeyAscending(connection, layer, slice, {low: top, high: top})
      } else {
        for (let at = end - 1; at >= start; at -= 1) {
          const row = rows[at]
          if (row) yield entryOf(layer, row)
        }
      }
      start = end
    }
  }
}

const endOfEqualKeys = (rows: readonly Row[], start: number): number => {
  const first = rows[start]?.[1]
  let end = start + 1
  while (end < rows.length && isSameKey(rows[end]?.[1], first)) end += 1
  return end
}

/** The key in a row of a group and a key. */
export const keyOf = (row: Row): Key => {
  const value = row[1]
  if (typeof value === 'string' || isUint8Array(value)) return value
  return numberOf(value)
}

const entryOf = (layer: string, row: Row): IndexEntry => ({
  layer,
  group: textOf(row[0]),
  key: keyOf(row),
})

export type CompareEntries = (a: IndexEntry, b: IndexEntry) => number

/** From this number of lists on, sorting all entries costs less than comparing all first ones. */
const MANY_LISTS = 16

/** Merges sorted lists into one in the same order. Of entries that compare equal, keeps one. */
export const mergeEntries = (
  lists: readonly SortedEntries[],
  compare: CompareEntries,
): SortedEntries => {
  const [first] = lists
  if (!first) return []
  if (lists.length === 1) return first
  return lists.length < MANY_LISTS ? mergeLazily(lists, compare) : mergeMany(lists, compare)
}

/** As `mergeEntries`, for readers that want the first entries of long lists. */
export function* mergeLazily(
  lists: readonly SortedEntries[],
  compare: CompareEntries,
): Generator<IndexEntry> {
  const heads = lists.map((list) => {
    const iterator = list[Symbol.iterator]()
    return {iterator, next: iterator.next()}
  })
  for (;;) {
    let first: IndexEntry | undefined
    for (const {next} of heads) {
      if (!next.done && (!first || compare(next.value, first) < 0)) first = next.value
    }
    if (!first) return
    yield first
    for (const head of heads) {
      if (!head.next.done && compare(head.next.value, first) === 0) head.next = head.iterator.next()
    }
  }
}

function* mergeMany(
  lists: readonly SortedEntries[],
  compare: CompareEntries,
): Generator<IndexEntry> {
  const indexRows = lists.flatMap((list) => [...list]).toSorted(compare)
  let previous: IndexEntry | undefined
  for (const entry of indexRows) {
    if (!previous || compare(previous, entry) !== 0) yield entry
    previous = entry
  }
}
