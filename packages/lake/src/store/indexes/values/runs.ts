import type {SQLInputValue} from 'node:sqlite'

import type {RowReader} from '../../caches/rememberedRows.ts'
import {type Row, numberOf, textOf} from '../../file/connection.ts'
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
const PORTIONS = [28, 128, 512, 2048] as const

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

/**
 * The texts of a run's portions, put together once for each index. Limits are written into them:
 * SQLite is much quicker with a number that it knows beforehand.
 */
const portionsOf = (
  make: (from: string, condition: string) => string,
): ((from: string, condition: string) => readonly string[]) => {
  const texts = new Map<string, Map<string, readonly string[]>>()
  return (from, condition) => {
    let ofIndex = texts.get(from)
    if (!ofIndex) texts.set(from, (ofIndex = new Map()))
    let portions = ofIndex.get(condition)
    if (!portions) {
      portions = PORTIONS.map((limit) => `${make(from, condition)} LIMIT ${limit}`)
      ofIndex.set(condition, portions)
    }
    return portions
  }
}

/** Asks for portion after portion; tells each with whether it is the last. */
function* portions(
  texts: (turn: number) => readonly string[],
  read: (sql: string) => readonly Row[],
): Generator<{readonly rows: readonly Row[]; readonly isLast: boolean}> {
  for (let turn = 0; ; turn += 1) {
    const size = Math.min(turn, PORTIONS.length - 1)
    const rows = read(texts(turn)[size] ?? '')
    const isLast = rows.length < (PORTIONS[size] ?? 0)
    yield {rows, isLast}
    if (isLast) return
  }
}

const byGroup = portionsOf((from) => `SELECT grp ${from} AND grp >= ? AND grp < ? ORDER BY grp`)

/** Postings by group, which is `_id` order within a layer. Each group once. */
export function* runByGroup(
  connection: RowReader,
  layer: string,
  {from, values}: Rows,
  range: GroupRange = {},
): Generator<Posting> {
  const texts = byGroup(from, '')
  const end = range.to ?? LAST_GROUP
  let start = range.from ?? ''
  const read = (sql: string): readonly Row[] => connection.all(sql, ...values, start, end)
  for (const {rows} of portions(() => texts, read)) {
    for (const row of rows) yield {layer, group: textOf(row[0])}
    // The text that follows the last one immediately.
    start = `${textOf(rows.at(-1)?.[0] ?? '')}\0`
  }
}

/** Postings of one layer, in order. */
export type Run = Iterable<Posting>

/**
 * As `runByGroup`, for what hardly ever has more than a handful: a list that is at hand costs its
 * reader less than one that is told bit by bit.
 */
export const shortRun = (connection: RowReader, layer: string, index: Rows): Run => {
  const rows = connection.all(byGroup(index.from, '')[0] ?? '', ...index.values, '', LAST_GROUP)
  if (rows.length >= PORTIONS[0]) return runByGroup(connection, layer, index)
  return rows.map((row) => ({layer, group: textOf(row[0])}))
}

const ascending = portionsOf(
  (from, condition) => `SELECT grp, value ${from} AND ${condition} ORDER BY value, grp`,
)

/** Postings of a key index by ascending key; equal keys by group. */
export function* runByKeyAscending(
  connection: RowReader,
  layer: string,
  {from, values}: Rows,
  {low, lowOpen, high, highOpen}: KeyRange,
): Generator<Posting> {
  const toHigh = `value ${highOpen ? '<' : '<='} ?`
  const first = ascending(from, `value ${lowOpen ? '>' : '>='} ? AND ${toHigh}`)
  let start: SQLInputValue[] = [low]
  const read = (sql: string): readonly Row[] => connection.all(sql, ...values, ...start, high)
  const texts = (turn: number): readonly string[] =>
    turn === 0 ? first : ascending(from, `(value, grp) > (?, ?) AND ${toHigh}`)
  for (const {rows} of portions(texts, read)) {
    for (const row of rows) yield postingOf(layer, row)
    const last = rows.at(-1)
    if (last) start = [keyOf(last), textOf(last[0])]
  }
}

const descending = portionsOf(
  (from, condition) => `SELECT grp, value ${from} AND ${condition} ORDER BY value DESC, grp DESC`,
)

/**
 * Postings of a key index by descending key; equal keys by *ascending* group.
 * The index read backwards has equal keys in the wrong order, so each of its portions is turned
 * around key by key; the last key of a portion, of which more may follow, is read by itself.
 */
export function* runByKeyDescending(
  connection: RowReader,
  layer: string,
  index: Rows,
  {low, lowOpen, high, highOpen}: KeyRange,
): Generator<Posting> {
  const fromLow = `value ${lowOpen ? '>' : '>='} ?`
  let top = high
  const read = (sql: string): readonly Row[] => connection.all(sql, ...index.values, low, top)
  const texts = (turn: number): readonly string[] =>
    descending(index.from, `${fromLow} AND value ${turn > 0 || highOpen ? '<' : '<='} ?`)
  for (const {rows, isLast} of portions(texts, read)) {
    for (let start = 0; start < rows.length;) {
      const end = endOfEqualKeys(rows, start)
      const key = rows[start]
      if (end === rows.length && !isLast && key) {
        top = keyOf(key)
        yield* runByKeyAscending(connection, layer, index, {low: top, high: top})
      } else {
        for (let at = end - 1; at >= start; at -= 1) {
          const row = rows[at]
          if (row) yield postingOf(layer, row)
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
