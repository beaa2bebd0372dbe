/**
 * Finds the value index for a type and path, and notes it as missed when there is none.
 */
import type {Counters} from '../../documents/counters.ts'
import {PUBLISHED_LAYER} from '../../documents/idParts.ts'
import type {RowReader} from '../../fast/rememberedRows.ts'
import {numberOf} from '../../file/sqliteConnection.ts'
import type {IndexUsage, IndexRead} from '../indexUsage.ts'
import type {TargetNumbers} from '../targetNumbers.ts'
import type {TokenIndex} from '../tokenIndex.ts'
import type {ValueIndex, ValueIndexes} from '../values/valueIndexes.ts'

export interface IndexLookup {
  access(access: Extract<IndexRead, object>): ValueIndex | undefined
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
const ROUGH_SHARE = 0.01

export const createIndexLookup = (
  connection: RowReader,
  counters: Counters,
  targetNumbers: TargetNumbers,
  valueIndexes: ValueIndexes,
  indexUsage: IndexUsage,
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
  const find = (
    type: string | undefined,
    path: string,
    wanted: IndexRead,
  ): ValueIndex | undefined => {
    const definition = {type: type ?? '', path, byReference: false}
    const index = valueIndexes.find(definition)
    if (index?.isReady) return index
    indexUsage.miss(definition, counters.of(PUBLISHED_LAYER, type).total, wanted)
    return undefined
  }

  return {
    access: (access) => find(access.type, access.path, access),
    walk: (type, path) => find(type, path, 'order'),
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
  readonly counters: Counters
  readonly targetNumbers: TargetNumbers
  readonly indexLookup: IndexLookup
  readonly tokens: TokenIndex
  readonly indexUsage: IndexUsage
}
