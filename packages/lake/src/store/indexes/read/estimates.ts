/**
 * Reads the indexes' rows to estimate how many documents an access would find, so that the planner can
 * choose between two.
 * Counts index rows up to a limit, in the published layer where that is easier.
 */
import type {SQLInputValue} from 'node:sqlite'

import type {Access, AccessPaths} from '@copydesk/groq/engine'

import {PUBLISHED_LAYER} from '../../documents/idParts.ts'
import {numberOf} from '../../file/sqliteConnection.ts'
import {DEFINED, type KeyRange, keyRangeOf} from '../values/keyRange.ts'
import {OTHER_KEY, scalarKey} from '../values/keyValues.ts'
import type {PathIndexes, ReadIndexes} from './indexLookup.ts'

export const createEstimates = ({
  connection,
  counters,
  targetNumbers,
  indexLookup,
  tokens,
}: ReadIndexes): AccessPaths['estimate'] => {
  const count = (rows: string, ...values: SQLInputValue[]): number =>
    numberOf(connection.one(`SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ?)`, ...values)?.[0])

  const referring = (id: string, type: string | undefined, atMost: number): number => {
    const target = targetNumbers.find(id)
    if (target === undefined) return 0
    return type === undefined
      ? count('reference WHERE target = ?', target, atMost)
      : count('reference WHERE target = ? AND type = ?', target, type, atMost)
  }

  /** As many as the indexes have, and all documents of the types without one. */
  const keyed = (
    {indexes, few}: PathIndexes,
    condition: string,
    ...values: SQLInputValue[]
  ): number =>
    sum(few, (type) => counters.of(PUBLISHED_LAYER, type).total) +
    sum(indexes, ({number}) =>
      count(
        `key WHERE shape = ? AND layer = '${PUBLISHED_LAYER}' AND ${condition}`,
        number,
        ...values,
      ),
    )

  const inRange = (found: PathIndexes, {low, high}: KeyRange, atMost: number): number =>
    keyed(found, 'value >= ? AND value <= ?', low, high, atMost)

  return (access: Access, atMost: number): number | undefined => {
    switch (access.by) {
      case 'type':
        return sum(access.types, (type) => counters.of(PUBLISHED_LAYER, type).total)
      case 'id':
        return access.ids.length
      case 'versions':
        return 1
      case 'reference':
        return sum(access.to, (id) => referring(id, access.type, atMost))
      case 'value': {
        const index = indexLookup.access(access)
        if (!index) return undefined
        return sum(access.values, (value) =>
          keyed(index, 'value = ?', scalarKey(value) ?? OTHER_KEY, atMost),
        )
      }
      case 'range': {
        const index = indexLookup.access(access)
        return index && inRange(index, keyRangeOf(access.range), atMost)
      }
      case 'defined': {
        const index = indexLookup.access(access)
        return index && sum(DEFINED, (range) => inRange(index, range, atMost))
      }
      case 'tokens': {
        const expression = tokens.expression(access.tokens)
        if (expression === undefined || tokens.isFarBehind()) return undefined
        return count('token WHERE token MATCH ?', expression, atMost)
      }
      case 'idRange':
      case 'release':
        return undefined
    }
  }
}

const sum = <T>(items: readonly T[], measure: (item: T) => number): number =>
  items.reduce((total, item) => total + measure(item), 0)
