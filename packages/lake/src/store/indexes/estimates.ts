import type {SQLInputValue} from 'node:sqlite'

import type {Access, AccessPaths} from '@copydesk/groq/engine'

import {numberOf} from '../file/connection.ts'
import type {AccessContext} from './accessContext.ts'
import {DEFINED, type KeyRange, keyRangeOf} from './values/keyRange.ts'
import {OTHER_KEY, scalarKey} from './values/keyValues.ts'
import {PUBLISHED_LAYER} from './values/place.ts'
import type {Shape} from './values/shapes.ts'

/** Estimates remembered, and for how many commits: they are for choosing, not for answering. */
const MAX_REMEMBERED = 500
const GOOD_FOR_COMMITS = 500

/**
 * About how many documents an access would yield, so that the planner can choose between two.
 * Counts rows of indexes, of the published layer where that is easier, and never more than asked;
 * what takes long to count is remembered for a while.
 */
export const createEstimates = (
  {connection, counters, terms, indexFor, tokens}: AccessContext,
  revision: () => number,
): AccessPaths['estimate'] => {
  const count = (rows: string, ...values: SQLInputValue[]): number =>
    numberOf(connection.one(`SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ?)`, ...values)?.[0])

  let remembered = new Map<string, number>()
  let rememberedAt = 0
  const remember = (name: string, measure: () => number): number => {
    if (remembered.size >= MAX_REMEMBERED || revision() - rememberedAt > GOOD_FOR_COMMITS) {
      remembered = new Map()
      rememberedAt = revision()
    }
    let known = remembered.get(name)
    if (known === undefined) remembered.set(name, (known = measure()))
    return known
  }

  const referring = (id: string, type: string | undefined, atMost: number): number => {
    const target = terms.find(id)
    if (target === undefined) return 0
    return type === undefined
      ? count('reference WHERE target = ?', target, atMost)
      : count('reference WHERE target = ? AND type = ?', target, type, atMost)
  }

  const keyed = (shape: Shape, condition: string, ...values: SQLInputValue[]): number =>
    count(
      `key WHERE shape = ? AND layer = '${PUBLISHED_LAYER}' AND ${condition}`,
      shape.number,
      ...values,
    )

  const inRange = (shape: Shape, {low, high}: KeyRange, atMost: number): number =>
    remember(`${shape.number} ${String(low)} ${String(high)} ${atMost}`, () =>
      keyed(shape, 'value >= ? AND value <= ?', low, high, atMost),
    )

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
        const shape = indexFor.access(access)
        if (!shape) return undefined
        return sum(access.values, (value) =>
          keyed(shape, 'value = ?', scalarKey(value) ?? OTHER_KEY, atMost),
        )
      }
      case 'range': {
        const shape = indexFor.access(access)
        return shape && inRange(shape, keyRangeOf(access.range), atMost)
      }
      case 'defined': {
        const shape = indexFor.access(access)
        return shape && sum(DEFINED, (range) => inRange(shape, range, atMost))
      }
      case 'tokens': {
        const expression = tokens.expression(access.tokens)
        if (expression === undefined || tokens.isFarBehind()) return undefined
        return remember(`${expression} ${atMost}`, () =>
          count('token WHERE token MATCH ?', expression, atMost),
        )
      }
      case 'idRange':
      case 'release':
        return undefined
    }
  }
}

const sum = <T>(items: readonly T[], measure: (item: T) => number): number =>
  items.reduce((total, item) => total + measure(item), 0)
