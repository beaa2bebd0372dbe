/**
 * Implements GROQ's `AccessPaths` for one perspective: chooses the index for an access that the
 * planner requests, and loads the documents that it lists.
 */
import type {Access, AccessPaths} from '@copydesk/groq/engine'

import type {IdParts} from '../../documents/idParts.ts'
import type {View} from '../../documents/views.ts'
import {IRREGULAR_REFERENCES, OWN_SCORES} from '../indexRows.ts'
import {DEFINED, keyRangeOf} from '../values/keyRange.ts'
import {type Key, scalarKey} from '../values/keyValues.ts'
import type {ValueIndex} from '../values/valueIndexes.ts'
import type {ReadIndexes} from './indexLookup.ts'
import {type IndexReader, countOf} from './indexReader.ts'

/** Loads documents by id: parsed, or as JSON. */
export interface Loader<Item> {
  /** The documents with these ids, which the view shows, in the order given. */
  load(ids: Iterable<IdParts>): Iterable<Item>
  /** Those of the documents that the view shows, in `_id` order. @param ids Each once. */
  loadIds(ids: readonly string[]): Iterable<Item>
  /** All documents with the key, in `_id` order, if they are few and one statement finds them. */
  loadKey?(index: ValueIndex, key: Key): readonly Item[] | undefined
}

export const createAccessPaths = <Item>(
  context: ReadIndexes,
  estimate: AccessPaths['estimate'],
  view: View,
  reader: IndexReader,
  loader: Loader<Item>,
): AccessPaths<Item> => {
  const {connection, counters, tokens, indexUsage, indexLookup} = context

  /** The indexes over a path; notes that they are used. */
  const indexesFor = (access: Parameters<typeof indexLookup.access>[0]) => {
    const found = indexLookup.access(access)
    for (const {number} of found?.indexes ?? []) indexUsage.use(number)
    return found
  }

  const idsFor = (access: Exclude<Access, {by: 'id' | 'value'}>): Iterable<IdParts> | undefined => {
    switch (access.by) {
      case 'type':
        return reader.ofTypes(access.types)
      case 'idRange':
        return reader.all(access.range)
      case 'versions':
        return reader.ofGroup(access.publishedId)
      case 'release':
        return reader.ofRelease(access.release)
      case 'reference':
        return reader.referring(access.to, access.type)
      case 'range': {
        const found = indexesFor(access)
        return found && reader.inRanges(found, [keyRangeOf(access.range)])
      }
      case 'defined': {
        const found = indexesFor(access)
        return found?.indexes.every(indexesEveryDocument)
          ? reader.inRanges(found, DEFINED)
          : undefined
      }
      case 'tokens': {
        const expression = tokens.expression(access.tokens)
        return expression === undefined || tokens.isFarBehind()
          ? undefined
          : reader.withTokens(expression, access.type)
      }
    }
  }

  const readValues = (access: Extract<Access, {by: 'value'}>): Iterable<Item> | undefined => {
    const {values} = access
    const found = indexesFor(access)
    if (!found || (values.includes(null) && !found.indexes.every(indexesEveryDocument))) {
      return undefined
    }
    const [index, ...others] = found.indexes
    const isOne = index && others.length === 0 && found.few.length === 0
    const key = values.length === 1 ? scalarKey(values[0]) : undefined
    const few = isOne && key !== undefined ? loader.loadKey?.(index, key) : undefined
    return few ?? loader.load(reader.withValues(found, values))
  }

  /** The exact number from the counters, if they can tell. */
  const counted = (type?: string): number | undefined => {
    if (view.countedBy === undefined) return undefined
    let total = 0
    for (const layer of view.layers()) total += view.countedBy(counters.of(layer, type))
    return total
  }

  const hasUnusual = (name: string): boolean => {
    const row = connection.one('SELECT value FROM meta WHERE name = ?', name)
    return row !== undefined && row[0] !== 0
  }

  return {
    get referencesAreExact() {
      return !hasUnusual(IRREGULAR_REFERENCES)
    },
    get storesScores() {
      return hasUnusual(OWN_SCORES)
    },
    read(access) {
      if (access.by === 'id') return loader.loadIds(access.ids)
      if (access.by === 'value') return readValues(access)
      const found = idsFor(access)
      return found && loader.load(found)
    },
    ordered(walk) {
      const {types, path, refersTo} = walk
      // Asks for all, even if one is missing: maintenance learns from that what to build.
      const found = types.map((type) =>
        refersTo === undefined
          ? indexLookup.walk(type, path)
          : indexLookup.referring(refersTo, type, path),
      )
      const indexes = found.flatMap((index) => (index && indexesEveryDocument(index) ? index : []))
      if (indexes.length < types.length) return undefined
      for (const {number} of indexes) indexUsage.use(number)
      return loader.load(reader.ordered(indexes, walk))
    },
    count: (type) =>
      counted(type) ?? countOf(type === undefined ? reader.all() : reader.ofTypes([type])),
    countReferring: (ids, type) =>
      hasUnusual(IRREGULAR_REFERENCES) ? undefined : reader.countReferring(ids, type),
    countTokens(alternatives, type) {
      const expression = tokens.anyExpression(alternatives)
      if (expression === undefined || tokens.isBehind()) return undefined
      return reader.countTokens(expression, type)
    },
    estimate,
  }
}

/** Whether documents without a scalar at the path are in the index too: see `keysOf`. */
const indexesEveryDocument = (index: ValueIndex): boolean =>
  index.type !== '' && !index.keyPath.isMultiple
