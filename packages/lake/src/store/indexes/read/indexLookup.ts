/**
 * Finds the value index for a type and path, and notes it as missed when there is none.
 */
import type {StoredDocument} from '../../../core/document.ts'
import type {Counters} from '../../documents/counters.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER} from '../../documents/idParts.ts'
import type {RowReader} from '../../fast/rememberedRows.ts'
import {numberOf} from '../../file/sqliteConnection.ts'
import type {IndexUsage, IndexRead} from '../indexUsage.ts'
import type {TargetNumbers} from '../targetNumbers.ts'
import type {TokenIndex} from '../tokenIndex.ts'
import type {KeyPath} from '../values/keyValues.ts'
import type {ValueIndex, ValueIndexes} from '../values/valueIndexes.ts'

/** What together knows the values at one path. */
export interface PathIndexes {
  readonly indexes: readonly ValueIndex[]
  /** Types without an index, because they have so few documents: these are read. */
  readonly few: readonly string[]
  readonly keyPath: KeyPath
}

export interface IndexLookup {
  /** Without a type: the index over all types, or else those of each type. */
  access(access: Extract<IndexRead, object>): PathIndexes | undefined
  walk(type: string, path: string): ValueIndex | undefined
  /** The index that is sorted by referenced document first. */
  referring(ids: readonly string[], type: string, path: string): ValueIndex | undefined
}

/**
 * Counting the cost of a missing index stops at this number of documents, or at this share of the
 * type. A rough number is enough, and it makes an index worth building after the same number of
 * misses at any size.
 */
const ROUGHLY = 1000
/** Documents of types without an index that may be read instead of one, all types together. */
const FEW_DOCUMENTS = 500
const ROUGH_SHARE = 0.01

export const createIndexLookup = (
  connection: RowReader,
  counters: Counters,
  targetNumbers: TargetNumbers,
  valueIndexes: ValueIndexes,
  indexUsage: IndexUsage,
  smallestIndexed: number,
): IndexLookup => {
  const referrers = (id: string, type: string): number => {
    const target = targetNumbers.find(id)
    if (target === undefined) return 0
    const {total} = counters.of(PUBLISHED_LAYER, type)
    const row = connection.one(
      'SELECT count(*) FROM (SELECT 1 FROM reference WHERE target = ? AND type = ? LIMIT ?)',
      target,
      type,
      Math.max(ROUGHLY, Math.round(ROUGH_SHARE * total)),
    )
    return numberOf(row?.[0])
  }
  const ready = (type: string, path: string): ValueIndex | undefined => {
    const index = valueIndexes.find({type, path, byReference: false})
    return index?.isReady ? index : undefined
  }

  const miss = (type: string | undefined, path: string, wanted: IndexRead): void => {
    const definition = {type: type ?? '', path, byReference: false}
    indexUsage.miss(definition, counters.of(PUBLISHED_LAYER, type).total, wanted)
  }

  const ofType = (type: string, path: string): PathIndexes | undefined => {
    const index = ready(type, path)
    return index && {indexes: [index], few: [], keyPath: index.keyPath}
  }

  const totalOf = (type: string): number =>
    counters.of(PUBLISHED_LAYER, type).total + counters.of(DRAFTS_LAYER, type).total

  const ofEachType = (path: string): PathIndexes | undefined => {
    const indexes: ValueIndex[] = []
    const few: string[] = []
    let documents = 0
    for (const type of counters.types()) {
      const index = ready(type, path)
      if (index) {
        indexes.push(index)
        continue
      }
      const total = totalOf(type)
      documents += total
      if (total >= smallestIndexed || documents > FEW_DOCUMENTS) return undefined
      few.push(type)
    }
    const [first] = indexes
    return first && {indexes, few, keyPath: first.keyPath}
  }

  return {
    access(access) {
      const {type, path} = access
      // The index over all types does not know which values are no scalars.
      const found = ofType(type ?? '', path) ?? (type === undefined ? ofEachType(path) : undefined)
      if (!found) miss(type, path, access)
      return found
    },
    walk(type, path) {
      const index = ready(type, path)
      if (!index) miss(type, path, 'order')
      return index
    },
    referring(ids, type, path) {
      const definition = {type, path, byReference: true}
      const index = valueIndexes.find(definition)
      if (index?.isReady) return index
      const documents = ids.reduce((sum, id) => sum + referrers(id, type), 0)
      indexUsage.miss(definition, documents, 'order')
      return undefined
    },
  }
}

/** Everything that is needed to read from the indexes of a dataset. */
export interface ReadIndexes {
  readonly connection: RowReader
  /** The document with exactly this id. */
  document(id: string): StoredDocument | undefined
  readonly counters: Counters
  readonly targetNumbers: TargetNumbers
  readonly indexLookup: IndexLookup
  readonly tokens: TokenIndex
  readonly indexUsage: IndexUsage
}
