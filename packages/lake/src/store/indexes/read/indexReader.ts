/**
 * Reads from the indexes which documents an access path finds, as ids in parts; reads no document.
 * Results are in `_id` order of the perspective unless stated otherwise, and contain only documents
 * that the perspective shows.
 */
import {compareText, type Access, type IdRange, type OrderedWalk} from '@copydesk/groq/engine'

import {type IdParts, releaseLayer} from '../../documents/idParts.ts'
import type {View} from '../../documents/views.ts'
import {numberOf, textOf} from '../../file/sqliteConnection.ts'
import {isInRange, type KeyRange, walkRanges} from '../values/keyRange.ts'
import {
  type Key,
  OTHER_KEY,
  compareKeys,
  isSameKey,
  keysOf,
  scalarKey,
} from '../values/keyValues.ts'
import type {ValueIndex} from '../values/valueIndexes.ts'
import type {PathIndexes, ReadIndexes} from './indexLookup.ts'
import {drop, entriesOf, mergeAfter, type SortedList} from './leaps.ts'
import {
  type GroupRange,
  type IndexEntry,
  type IndexSlice,
  type SortedEntries,
  entriesByGroup,
  fewEntriesByGroup,
  mergeEntries,
  mergeLazily,
} from './sortedEntries.ts'

export interface IndexReader {
  all(range?: IdRange): Iterable<IdParts>
  ofTypes(types: readonly string[], range?: IdRange): Iterable<IdParts>
  ofGroup(group: string): Iterable<IdParts>
  ofRelease(release: string): Iterable<IdParts>
  referring(ids: readonly string[], type?: string): Iterable<IdParts>
  /** The number of ids that `referring` returns. */
  countReferring(ids: readonly string[], type?: string): number
  withValues(
    found: PathIndexes,
    values: Extract<Access, {by: 'value'}>['values'],
  ): Iterable<IdParts>
  inRanges(found: PathIndexes, ranges: readonly KeyRange[]): Iterable<IdParts>
  /** In GROQ order of the values at the indexes' path. @param indexes One for each type. */
  ordered(indexes: readonly ValueIndex[], walk: OrderedWalk): Iterable<IdParts>
  /** @param expression From `TokenIndex.expression`. */
  withTokens(expression: string, type?: string): Iterable<IdParts>
  /** The number of ids that `withTokens` returns; correct only while the token index is complete. */
  countTokens(expression: string, type?: string): number
}

export const createIndexReader = (context: ReadIndexes, view: View): IndexReader => {
  const {connection, counters, targetNumbers, tokens} = context
  const shown =
    (view.leavesOutHidden ? ' AND hidden = 0' : '') +
    (view.leavesOutDotted ? " AND instr(grp, '.') = 0" : '')
  const ofType = `FROM document WHERE type = ? AND layer = ?${shown}`
  const toTarget = `FROM reference WHERE target = ? AND type = ? AND layer = ?${shown}`
  const inKeys = `FROM key WHERE shape = ? AND layer = ?${shown}`
  const withKey = `${inKeys} AND value = ?`
  const inReferenceKeys = `FROM reference_key WHERE shape = ? AND target = ? AND layer = ?${shown}`

  /** Leaves out what the view does not accept before merging, which treats a version and its original as one. */
  const accepted = (lists: readonly SortedEntries[]): readonly SortedEntries[] => {
    const {accepts} = view
    return accepts ? lists.map((list) => filter(list, accepts)) : lists
  }

  const byGroup = (lists: readonly SortedEntries[]): Iterable<IdParts> =>
    mergeEntries(accepted(lists), view.compare)

  const entriesOfTypes = (
    types: readonly string[],
    layers: readonly string[],
    range: IdRange,
  ): Generator<IndexEntry>[] =>
    layers.flatMap((layer) => {
      const groups = view.isRaw ? groupRange(layer, range) : range
      if (!groups) return []
      return types.map((type) => {
        return entriesByGroup(connection, layer, {from: ofType, values: [type, layer]}, groups)
      })
    })

  const ofTypes: IndexReader['ofTypes'] = (types, range = {}) =>
    byGroup(entriesOfTypes([...new Set(types)], view.layers(), range))

  /** The types of documents that refer to a target; a few probes, not a read of all rows. */
  const referringTypes = (target: number): string[] => {
    const types: string[] = []
    for (let type: string | undefined = ''; ;) {
      const row = connection.one(
        'SELECT min(type) FROM reference WHERE target = ? AND type > ?',
        target,
        type,
      )
      const next = row?.[0]
      if (typeof next !== 'string') return types
      types.push(next)
      type = next
    }
  }

  const entriesReferringTo = (id: string, type: string | undefined): Generator<IndexEntry>[] => {
    const target = targetNumbers.find(id)
    if (target === undefined) return []
    const types = type === undefined ? referringTypes(target) : [type]
    return view.layers().flatMap((layer) =>
      types.map((each) => {
        return entriesByGroup(connection, layer, {from: toTarget, values: [target, each, layer]})
      }),
    )
  }

  const referring: IndexReader['referring'] = (ids, type) =>
    byGroup(ids.flatMap((id) => entriesReferringTo(id, type)))

  /** All rows of a statement that selects the groups of one layer in order. */
  function* entriesOfRows(
    layer: string,
    sql: string,
    values: IndexSlice['values'],
  ): Generator<IndexEntry> {
    for (const row of connection.all(sql, ...values)) yield {layer, group: textOf(row[0])}
  }

  const tokenSlice = (expression: string, layer: string, type: string | undefined): IndexSlice => ({
    from: `FROM token CROSS JOIN document ON document.number = token.rowid
      WHERE token MATCH ? AND layer = ?${shown}${type === undefined ? '' : ' AND type = ?'}`,
    values: [expression, layer, ...(type === undefined ? [] : [type])],
  })

  const keySlice = (index: ValueIndex, layer: string): IndexSlice => ({
    from: inKeys,
    values: [index.number, layer],
  })

  const walkSlice = (index: ValueIndex, layer: string, target: number | undefined): IndexSlice =>
    target === undefined
      ? keySlice(index, layer)
      : {
          from: inReferenceKeys,
          values: [index.number, target, layer],
        }

  /** Of the types without an index, what one would find. */
  const entriesOfFew = (
    {few, keyPath}: PathIndexes,
    isWanted: (key: Key) => boolean,
  ): readonly SortedEntries[] =>
    few.length === 0
      ? []
      : entriesOfTypes(few, view.layers(), {}).map((list) =>
          filter(list, ({layer, group}) => {
            const document = context.document(layer + group)
            return document !== undefined && keysOf(document, keyPath).some(isWanted)
          }),
        )

  /** @param lists One after another. */
  function* entriesInTurn(lists: readonly SortedList[]): Generator<IndexEntry> {
    for (const list of lists) yield* entriesOf(connection, list)
  }

  return {
    all: (range) => ofTypes(counters.types(), range),
    ofTypes,
    ofGroup: (group) =>
      byGroup(
        view
          .layers()
          .map((layer) =>
            entriesOfRows(layer, `SELECT grp FROM document WHERE grp = ? AND layer = ?${shown}`, [
              group,
              layer,
            ]),
          ),
      ),
    ofRelease(release) {
      const layer = releaseLayer(release)
      const layers = view.layers().filter((each) => each === layer)
      return byGroup(entriesOfTypes(counters.types(), layers, {}))
    },
    referring,
    countReferring(ids, type) {
      const [id] = ids
      // Documents that refer to several of the ids must not count twice.
      if (ids.length !== 1 || id === undefined || view.accepts) return countOf(referring(ids, type))
      const target = targetNumbers.find(id)
      if (target === undefined) return 0
      const narrowed = type === undefined ? [] : [type]
      const count = `SELECT count(*) FROM reference
        WHERE target = ?${type === undefined ? '' : ' AND type = ?'} AND layer = ?${shown}`
      return view
        .layers()
        .map((layer) => numberOf(connection.one(count, target, ...narrowed, layer)?.[0]))
        .reduce((sum, each) => sum + each, 0)
    },
    withValues(found, values) {
      const keys = values.map((value): Key => scalarKey(value) ?? OTHER_KEY)
      const lists: SortedEntries[] = []
      for (const {number} of found.indexes) {
        for (const key of keys) {
          for (const layer of view.layers()) {
            const slice = {from: withKey, values: [number, layer, key]}
            lists.push(fewEntriesByGroup(connection, layer, slice))
          }
        }
      }
      const isWanted = (key: Key): boolean => keys.some((each) => isSameKey(each, key))
      return byGroup([...lists, ...entriesOfFew(found, isWanted)])
    },
    inRanges(found, ranges) {
      const lists = found.indexes.flatMap((index) =>
        view.layers().flatMap((layer) =>
          ranges.map((range) => {
            const {from, values} = keySlice(index, layer)
            const sql = `SELECT DISTINCT grp ${from} AND ${between(range)} ORDER BY grp`
            return entriesOfRows(layer, sql, [...values, range.low, range.high])
          }),
        ),
      )
      const isWanted = (key: Key): boolean => ranges.some((range) => isInRange(key, range))
      return byGroup([...lists, ...entriesOfFew(found, isWanted)])
    },
    ordered(indexes, walk) {
      const {refersTo, direction, skip = 0} = walk
      const targets = refersTo?.flatMap((id) => targetNumbers.find(id) ?? []) ?? [undefined]
      const isDescending = direction === 'desc'
      const ascending = walkRanges(walk)
      const ranges = isDescending ? ascending.toReversed() : ascending
      const lists = view.layers().flatMap((layer) =>
        indexes.flatMap((index) =>
          targets.map((target) => {
            const slice = walkSlice(index, layer, target)
            return ranges.map((range): SortedList => ({layer, slice, range, isDescending}))
          }),
        ),
      )
      const sign = isDescending ? -1 : 1
      const compare = (a: IndexEntry, b: IndexEntry): number =>
        sign * compareKeys(a.key ?? OTHER_KEY, b.key ?? OTHER_KEY) || view.compare(a, b)
      // What refers to two of the documents is in two lists, and a version may replace an entry.
      if (skip > 0 && targets.length === 1 && !view.accepts) {
        return mergeAfter(connection, lists.flat(), skip, compare)
      }
      const [first = [], ...others] = accepted(lists.map(entriesInTurn))
      return drop(others.length === 0 ? first : mergeLazily([first, ...others], compare), skip)
    },
    withTokens(expression, type) {
      const found = view.layers().map((layer) => {
        const {from, values} = tokenSlice(expression, layer, type)
        return entriesOfRows(layer, `SELECT grp ${from} ORDER BY grp`, values)
      })
      return byGroup([...found, entriesOfTail()])
    },
    countTokens(expression, type) {
      let count = 0
      for (const layer of view.layers()) {
        const {from, values} = tokenSlice(expression, layer, type)
        count += view.accepts
          ? countOf(filter(entriesOfRows(layer, `SELECT grp ${from}`, values), view.accepts))
          : numberOf(connection.one(`SELECT count(*) ${from}`, ...values)?.[0])
      }
      return count
    },
  }

  /** All documents that are not in the token index yet; the evaluator checks each. */
  function* entriesOfTail(): Generator<IndexEntry> {
    const layers = view.layers()
    yield* tokens
      .tail()
      .filter(({layer, group}) => layers.includes(layer) && isShown(layer, group))
      .toSorted(view.compare)
  }

  function isShown(layer: string, group: string): boolean {
    return (
      connection.one(`SELECT 1 FROM document WHERE grp = ? AND layer = ?${shown}`, group, layer) !==
      undefined
    )
  }
}

export const countOf = (items: Iterable<unknown>): number => {
  let count = 0
  for (const _ of items) count += 1
  return count
}

const between = ({lowOpen, highOpen}: KeyRange): string =>
  `value ${lowOpen ? '>' : '>='} ? AND value ${highOpen ? '<' : '<='} ?`

/** The groups of a layer whose ids are in the range; undefined if there can be none. */
const groupRange = (layer: string, {from, to}: IdRange): GroupRange | undefined => {
  const range: {from?: string; to?: string} = {}
  if (from !== undefined && compareText(from, layer) > 0) {
    if (!from.startsWith(layer)) return undefined
    range.from = from.slice(layer.length)
  }
  if (to !== undefined) {
    if (compareText(to, layer) <= 0) return undefined
    if (to.startsWith(layer)) range.to = to.slice(layer.length)
  }
  return range
}

function* filter(
  indexRows: Iterable<IndexEntry>,
  accepts: (id: IdParts) => boolean,
): Generator<IndexEntry> {
  for (const entry of indexRows) if (accepts(entry)) yield entry
}
