import type {Access, AccessPaths} from '@copydesk/groq/engine'

import type {View} from '../documents/views.ts'
import type {AccessContext} from './accessContext.ts'
import {DEFINED, keyRangeOf} from './values/keyRange.ts'
import {type Key, scalarKey} from './values/keyValues.ts'
import type {Place} from './values/place.ts'
import {type Places, size} from './values/places.ts'
import type {Shape} from './values/shapes.ts'
import {IRREGULAR_REFERENCES, OWN_SCORES} from './words/postings.ts'

/** Reads what a view shows of the documents, in the form that is asked for. */
export interface Loader<Item> {
  /** What is at places that the view shows, in the order given. */
  load(places: Iterable<Place>): Iterable<Item>
  /** In `_id` order, what the view shows under the ids, which are given once each. */
  loadIds(ids: readonly string[]): Iterable<Item>
  /** All that have the key, in `_id` order, if they are few and can be had in one step. */
  loadKey?(shape: Shape, key: Key): readonly Item[] | undefined
}

/** The index reads of one view, as the planner asks for them. */
export const createAccessPaths = <Item>(
  context: AccessContext,
  estimate: AccessPaths['estimate'],
  view: View,
  places: Places,
  loader: Loader<Item>,
): AccessPaths<Item> => {
  const {connection, counters, tokens, demand, indexFor} = context

  /** The index over a path, which is going to be read from. */
  const shapeFor = (access: Parameters<typeof indexFor.access>[0]): Shape | undefined => {
    const shape = indexFor.access(access)
    if (shape) demand.use(shape.number)
    return shape
  }

  const placesFor = (
    access: Exclude<Access, {by: 'id' | 'value'}>,
  ): Iterable<Place> | undefined => {
    switch (access.by) {
      case 'type':
        return places.ofTypes(access.types)
      case 'idRange':
        return places.all(access.range)
      case 'versions':
        return places.ofGroup(access.publishedId)
      case 'release':
        return places.ofRelease(access.release)
      case 'reference':
        return places.referring(access.to, access.type)
      case 'range': {
        const shape = shapeFor(access)
        return shape && places.inRanges(shape, [keyRangeOf(access.range)])
      }
      case 'defined': {
        const shape = shapeFor(access)
        return shape && holdsEveryDocument(shape) ? places.inRanges(shape, DEFINED) : undefined
      }
      case 'tokens': {
        const expression = tokens.expression(access.tokens)
        return expression === undefined || tokens.isFarBehind()
          ? undefined
          : places.withTokens(expression, access.type)
      }
    }
  }

  const readValues = (access: Extract<Access, {by: 'value'}>): Iterable<Item> | undefined => {
    const {values} = access
    const shape = shapeFor(access)
    if (!shape || (values.includes(null) && !holdsEveryDocument(shape))) return undefined
    const key = values.length === 1 ? scalarKey(values[0]) : undefined
    const few = key === undefined ? undefined : loader.loadKey?.(shape, key)
    return few ?? loader.load(places.withValues(shape, values))
  }

  /** Exact from the counters alone, where they can tell. */
  const counted = (type?: string): number | undefined => {
    if (view.countedBy === undefined) return undefined
    let total = 0
    for (const layer of view.layers()) total += view.countedBy(counters.of(layer, type))
    return total
  }

  const isThere = (oddity: string): boolean => {
    const row = connection.one('SELECT value FROM meta WHERE name = ?', oddity)
    return row !== undefined && row[0] !== 0
  }

  return {
    get referencesAreExact() {
      return !isThere(IRREGULAR_REFERENCES)
    },
    get storesScores() {
      return isThere(OWN_SCORES)
    },
    read(access) {
      if (access.by === 'id') return loader.loadIds(access.ids)
      if (access.by === 'value') return readValues(access)
      const found = placesFor(access)
      return found && loader.load(found)
    },
    ordered(walk) {
      const {type, path, refersTo} = walk
      const shape =
        refersTo === undefined
          ? indexFor.walk(type, path)
          : indexFor.referring(refersTo, type, path)
      if (!shape || !holdsEveryDocument(shape)) return undefined
      demand.use(shape.number)
      return loader.load(places.ordered(shape, walk))
    },
    count: (type) =>
      counted(type) ?? size(type === undefined ? places.all() : places.ofTypes([type])),
    countReferring: (ids, type) =>
      isThere(IRREGULAR_REFERENCES) ? undefined : places.countReferring(ids, type),
    countTokens(alternatives, type) {
      const expression = tokens.anyExpression(alternatives)
      if (expression === undefined || tokens.isBehind()) return undefined
      return places.countTokens(expression, type)
    },
    estimate,
  }
}

/** Whether a document without a scalar at the path is in the index too: see `keysOf`. */
const holdsEveryDocument = (shape: Shape): boolean => shape.type !== '' && !shape.keyPath.isMultiple
