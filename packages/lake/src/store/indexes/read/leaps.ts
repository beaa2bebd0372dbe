/**
 * Leaves out the first entries of sorted lists that are merged, without reading them one by one: in
 * leaps over up to thousands of entries, which SQLite counts. The rows in which leaps end are cached
 * like others, so pages that lie near to each other share them.
 */
import type {SQLInputValue} from 'node:sqlite'

import type {RowReader} from '../../fast/rememberedRows.ts'
import {numberOf, textOf} from '../../file/sqliteConnection.ts'
import type {KeyRange} from '../values/keyRange.ts'
import {compareKeys} from '../values/keyValues.ts'
import {
  AFTER_LAST_GROUP,
  BEFORE_FIRST_GROUP,
  type CompareEntries,
  entriesByKeyAscending,
  entriesByKeyDescending,
  type IndexEntry,
  type IndexSlice,
  keyOf,
  mergeLazily,
  type Place,
  type SortedEntries,
} from './sortedEntries.ts'

/** The entries of one layer of an index whose keys lie in a range, in the order of a walk. */
export interface SortedList {
  readonly layer: string
  readonly slice: IndexSlice
  readonly range: KeyRange
  readonly isDescending: boolean
}

interface Leap {
  /** The list continues after it. */
  readonly place: Place
  /** How many entries it leaves out. */
  readonly count: number
}

/** Entries in one leap, at most. Each list makes a few of each kind. */
const LEAPS = [16384, 4096, 1024, 256, 64] as const

/**
 * The lists merged, without the first `skip` entries.
 *
 * A leap of n in each of m lists says where it would end. Everything before the first of these ends
 * is among the first n * m entries of the merged list: so that leap is taken, while n * m are left.
 * @param compare The order of the lists. No entry may be in two of them.
 */
export const mergeAfter = (
  connection: RowReader,
  lists: readonly SortedList[],
  skip: number,
  compare: CompareEntries,
): SortedEntries => {
  const places: (Place | undefined)[] = lists.map(() => undefined)
  let left = skip
  for (const most of LEAPS) {
    if (left < most * lists.length) continue
    const leaps = lists.map((list, index) => leapIn(connection, list, most, places[index]))
    while (left >= most * lists.length) {
      const index = indexOfFirst(leaps, lists, compare)
      const [leap, list] = [leaps[index], lists[index]]
      if (!leap || !list) break
      left -= leap.count
      places[index] = leap.place
      leaps[index] = leapIn(connection, list, most, leap.place)
    }
  }
  const rests = lists.map((list, index) => entriesOf(connection, list, places[index]))
  return drop(mergeLazily(rests, compare), left)
}

/** Which list's leap ends first; -1 when no list is long enough for one. */
const indexOfFirst = (
  leaps: readonly (Leap | undefined)[],
  lists: readonly SortedList[],
  compare: CompareEntries,
): number => {
  let first: IndexEntry | undefined
  let found = -1
  for (const [index, leap] of leaps.entries()) {
    if (!leap) continue
    const end = {layer: lists[index]?.layer ?? '', ...leap.place}
    if (first && compare(end, first) >= 0) continue
    first = end
    found = index
  }
  return found
}

/** The entries of a list after a place. */
export const entriesOf = (
  connection: RowReader,
  {layer, slice, range, isDescending}: SortedList,
  place?: Place,
): SortedEntries => {
  const read = isDescending && !isOneKey(range) ? entriesByKeyDescending : entriesByKeyAscending
  return read(connection, layer, slice, range, place)
}

const isOneKey = ({low, high}: KeyRange): boolean => compareKeys(low, high) === 0

/** Leaps over at most `most` entries after a place; undefined if no more than these are left. */
const leapIn = (
  connection: RowReader,
  list: SortedList,
  most: number,
  place?: Place,
): Leap | undefined =>
  list.isDescending && !isOneKey(list.range)
    ? leapDescending(connection, list, most, place)
    : leapAscending(connection, list, most, place)

const leapAscending = (
  connection: RowReader,
  {slice: {from, values}, range: {low, lowOpen, high, highOpen}}: SortedList,
  most: number,
  place: Place = {key: low, group: lowOpen ? AFTER_LAST_GROUP : BEFORE_FIRST_GROUP},
): Leap | undefined => {
  const row = connection.one(
    `SELECT grp, value ${from} AND (value, grp) > (?, ?) AND value ${highOpen ? '<' : '<='} ?
     ORDER BY value, grp LIMIT 1 OFFSET ${most - 1}`,
    ...values,
    place.key,
    place.group,
    high,
  )
  return row && {place: {key: keyOf(row), group: textOf(row[0])}, count: most}
}

/**
 * Backwards, the index has equal keys in the wrong order: so a leap ends before the first entry of a
 * key, or within the entries of one key.
 */
const leapDescending = (
  connection: RowReader,
  {slice: {from, values}, range: {low, lowOpen, high, highOpen}}: SortedList,
  most: number,
  place: Place = {key: high, group: highOpen ? AFTER_LAST_GROUP : BEFORE_FIRST_GROUP},
): Leap | undefined => {
  const countOfKey = (key: SQLInputValue, group: string): number =>
    numberOf(
      connection.one(
        `SELECT count(*) FROM (SELECT 1 ${from} AND value = ? AND grp > ? LIMIT ${most})`,
        ...values,
        key,
        group,
      )?.[0],
    )
  const withinKey = ({key, group}: Place): Leap | undefined => {
    const row = connection.one(
      `SELECT grp ${from} AND value = ? AND grp > ? ORDER BY grp LIMIT 1 OFFSET ${most - 1}`,
      ...values,
      key,
      group,
    )
    return row && {place: {key, group: textOf(row[0])}, count: most}
  }
  const ofThisKey = countOfKey(place.key, place.group)
  if (ofThisKey === most) return withinKey(place)
  const end = connection.one(
    `SELECT grp, value ${from} AND value ${lowOpen ? '>' : '>='} ? AND value < ?
     ORDER BY value DESC, grp DESC LIMIT 1 OFFSET ?`,
    ...values,
    low,
    place.key,
    most - ofThisKey,
  )
  if (!end) return undefined
  const start: Place = {key: keyOf(end), group: BEFORE_FIRST_GROUP}
  const count = most - countOfKey(start.key, textOf(end[0]))
  return count > 0 ? {place: start, count} : withinKey(start)
}

/** All but the first entries. */
export const drop = (entries: SortedEntries, count: number): SortedEntries =>
  count === 0 ? entries : dropFirst(entries, count)

function* dropFirst(entries: SortedEntries, count: number): Generator<IndexEntry> {
  let left = count
  for (const entry of entries) if (left-- <= 0) yield entry
}
