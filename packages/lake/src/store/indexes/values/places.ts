import {compareText, type Access, type IdRange, type OrderedWalk} from '@copydesk/groq/engine'

import type {View} from '../../documents/views.ts'
import {numberOf, textOf} from '../../file/connection.ts'
import type {AccessContext} from '../accessContext.ts'
import {type Compare, combine} from '../combine.ts'
import {type KeyRange, walkRanges} from './keyRange.ts'
import {type Key, OTHER_KEY, compareKeys, scalarKey} from './keyValues.ts'
import {type Place, releaseLayer} from './place.ts'
import {
  type GroupRange,
  type Posting,
  type Rows,
  type Run,
  runByGroup,
  runByKeyAscending,
  runByKeyDescending,
  shortRun,
} from './runs.ts'
import type {Shape} from './shapes.ts'

/**
 * Where the documents that an access asks for are, read from indexes alone: no document is
 * touched. In `_id` order of the view unless it says otherwise, only places that show.
 */
export interface Places {
  all(range?: IdRange): Iterable<Place>
  ofTypes(types: readonly string[], range?: IdRange): Iterable<Place>
  ofGroup(group: string): Iterable<Place>
  ofRelease(release: string): Iterable<Place>
  referring(ids: readonly string[], type?: string): Iterable<Place>
  /** How many those are. */
  countReferring(ids: readonly string[], type?: string): number
  withValues(shape: Shape, values: Extract<Access, {by: 'value'}>['values']): Iterable<Place>
  inRanges(shape: Shape, ranges: readonly KeyRange[]): Iterable<Place>
  /** In GROQ order of the shape's path. */
  ordered(shape: Shape, walk: OrderedWalk): Iterable<Place>
  /** @param expression As `TokenIndex.expression` makes it. */
  withTokens(expression: string, type?: string): Iterable<Place>
  /** How many those are, while the token index knows all documents. */
  countTokens(expression: string, type?: string): number
}

export const createPlaces = (context: AccessContext, view: View): Places => {
  const {connection, counters, terms, tokens} = context
  const shown = view.leavesOutHidden ? ' AND hidden = 0' : ''
  const ofType = `FROM document WHERE type = ? AND layer = ?${shown}`
  const toTarget = `FROM reference WHERE target = ? AND type = ? AND layer = ?${shown}`
  const inKeys = `FROM key WHERE shape = ? AND layer = ?${shown}`
  const withKey = `${inKeys} AND value = ?`
  const inReferenceKeys = `FROM reference_key WHERE shape = ? AND target = ? AND layer = ?${shown}`

  /** What does not show is left out first: `combine` takes a version and its original for one. */
  const combined = (runs: readonly Run[], compare: Compare): Iterable<Place> => {
    const {accepts} = view
    return combine(accepts ? runs.map((run) => filter(run, accepts)) : runs, compare)
  }

  const byGroup = (runs: readonly Run[]): Iterable<Place> => combined(runs, view.compare)

  const typeRuns = (
    types: readonly string[],
    layers: readonly string[],
    range: IdRange,
  ): Generator<Posting>[] =>
    layers.flatMap((layer) => {
      const groups = view.isRaw ? groupRange(layer, range) : range
      if (!groups) return []
      return types.map((type) => {
        return runByGroup(connection, layer, {from: ofType, values: [type, layer]}, groups)
      })
    })

  const ofTypes: Places['ofTypes'] = (types, range = {}) =>
    byGroup(typeRuns([...new Set(types)], view.layers(), range))

  /** The types of documents that refer to a target: a few probes rather than all of its rows. */
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

  const referenceRuns = (id: string, type: string | undefined): Generator<Posting>[] => {
    const target = terms.find(id)
    if (target === undefined) return []
    const types = type === undefined ? referringTypes(target) : [type]
    return view.layers().flatMap((layer) =>
      types.map((each) => {
        return runByGroup(connection, layer, {from: toTarget, values: [target, each, layer]})
      }),
    )
  }

  const referring: Places['referring'] = (ids, type) =>
    byGroup(ids.flatMap((id) => referenceRuns(id, type)))

  /** All the rows of a query that yields groups of one layer in order. */
  function* rowsRun(layer: string, sql: string, values: Rows['values']): Generator<Posting> {
    for (const row of connection.all(sql, ...values)) yield {layer, group: textOf(row[0])}
  }

  const tokenRows = (expression: string, layer: string, type: string | undefined): Rows => ({
    from: `FROM token CROSS JOIN document ON document.number = token.rowid
      WHERE token MATCH ? AND layer = ?${shown}${type === undefined ? '' : ' AND type = ?'}`,
    values: [expression, layer, ...(type === undefined ? [] : [type])],
  })

  const keyRows = (shape: Shape, layer: string): Rows => ({
    from: inKeys,
    values: [shape.number, layer],
  })

  const walkRows = (shape: Shape, layer: string, target: number | undefined): Rows =>
    target === undefined
      ? keyRows(shape, layer)
      : {
          from: inReferenceKeys,
          values: [shape.number, target, layer],
        }

  /** The ranges are in ascending order; a descending walk goes through them backwards. */
  function* walkRun(
    layer: string,
    rows: Rows,
    ranges: readonly KeyRange[],
    run: typeof runByKeyAscending,
  ): Generator<Posting> {
    for (const range of ranges) {
      const isOneKey = compareKeys(range.low, range.high) === 0
      yield* (isOneKey ? runByKeyAscending : run)(connection, layer, rows, range)
    }
  }

  return {
    all: (range) => ofTypes(counters.types(), range),
    ofTypes,
    ofGroup: (group) =>
      byGroup(
        view
          .layers()
          .map((layer) =>
            rowsRun(layer, `SELECT grp FROM document WHERE grp = ? AND layer = ?${shown}`, [
              group,
              layer,
            ]),
          ),
      ),
    ofRelease(release) {
      const layer = releaseLayer(release)
      const layers = view.layers().filter((each) => each === layer)
      return byGroup(typeRuns(counters.types(), layers, {}))
    },
    referring,
    countReferring(ids, type) {
      const [id] = ids
      // Documents that refer to several of the ids must not count twice.
      if (ids.length !== 1 || id === undefined || view.accepts) return size(referring(ids, type))
      const target = terms.find(id)
      if (target === undefined) return 0
      const narrowed = type === undefined ? [] : [type]
      const count = `SELECT count(*) FROM reference
        WHERE target = ?${type === undefined ? '' : ' AND type = ?'} AND layer = ?${shown}`
      return view
        .layers()
        .map((layer) => numberOf(connection.one(count, target, ...narrowed, layer)?.[0]))
        .reduce((sum, each) => sum + each, 0)
    },
    withValues(shape, values) {
      const runs: Run[] = []
      for (const value of values) {
        const key: Key = scalarKey(value) ?? OTHER_KEY
        for (const layer of view.layers()) {
          runs.push(
            shortRun(connection, layer, {from: withKey, values: [shape.number, layer, key]}),
          )
        }
      }
      return byGroup(runs)
    },
    inRanges: (shape, ranges) =>
      byGroup(
        view.layers().flatMap((layer) =>
          ranges.map((range) => {
            const {from, values} = keyRows(shape, layer)
            const sql = `SELECT DISTINCT grp ${from} AND ${between(range)} ORDER BY grp`
            return rowsRun(layer, sql, [...values, range.low, range.high])
          }),
        ),
      ),
    ordered(shape, walk) {
      const target = walk.refersTo === undefined ? undefined : terms.find(walk.refersTo)
      if (walk.refersTo !== undefined && target === undefined) return []
      const isDescending = walk.direction === 'desc'
      const ascending = walkRanges(walk)
      const ranges = isDescending ? ascending.toReversed() : ascending
      const run = isDescending ? runByKeyDescending : runByKeyAscending
      const runs = view
        .layers()
        .map((layer) => walkRun(layer, walkRows(shape, layer, target), ranges, run))
      const direction = isDescending ? -1 : 1
      const compare = (a: Posting, b: Posting): number =>
        direction * compareKeys(a.key ?? OTHER_KEY, b.key ?? OTHER_KEY) || view.compare(a, b)
      return combined(runs, compare)
    },
    withTokens(expression, type) {
      const found = view.layers().map((layer) => {
        const {from, values} = tokenRows(expression, layer, type)
        return rowsRun(layer, `SELECT grp ${from} ORDER BY grp`, values)
      })
      return byGroup([...found, tailRun()])
    },
    countTokens(expression, type) {
      let count = 0
      for (const layer of view.layers()) {
        const {from, values} = tokenRows(expression, layer, type)
        count += view.accepts
          ? size(filter(rowsRun(layer, `SELECT grp ${from}`, values), view.accepts))
          : numberOf(connection.one(`SELECT count(*) ${from}`, ...values)?.[0])
      }
      return count
    },
  }

  /** Documents that the token index does not know yet, whatever is in them. */
  function* tailRun(): Generator<Posting> {
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

export const size = (items: Iterable<unknown>): number => {
  let count = 0
  for (const _ of items) count += 1
  return count
}

const between = ({lowOpen, highOpen}: KeyRange): string =>
  `value ${lowOpen ? '>' : '>='} ? AND value ${highOpen ? '<' : '<='} ?`

/** The groups of a layer whose ids lie in the range; undefined when none can. */
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
  postings: Iterable<Posting>,
  accepts: (place: Place) => boolean,
): Generator<Posting> {
  for (const posting of postings) if (accepts(posting)) yield posting
}
