import type {SQLInputValue} from 'node:sqlite'

import type {Access} from '../groq/source.ts'
import type {AccessContext} from './accessContext.ts'
import {numberOf} from './connection.ts'
import {keyRangeOf} from './keyRange.ts'
import {OTHER_KEY, scalarKey} from './keyValues.ts'
import {PUBLISHED_LAYER} from './place.ts'
import type {Shape} from './shapes.ts'

/**
 * About how many documents an access would yield, so that the planner can choose between two.
 * Counts rows of indexes, of the published layer where that is easier, and never more than asked.
 */
export interface Estimates {
  /** Documents of the type, or of all types. */
  ofType(type?: string): number
  /** Documents that refer to one. */
  referring(id: string, type: string | undefined, atMost: number): number
  of(access: Access, atMost: number): number | undefined
}

export const createEstimates = ({
  connection,
  counters,
  terms,
  shapes,
  tokens,
}: AccessContext): Estimates => {
  const count = (rows: string, ...values: SQLInputValue[]): number =>
    numberOf(connection.one(`SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ?)`, ...values)?.[0])

  const ofType = (type?: string): number => counters.of(PUBLISHED_LAYER, type).total

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

  return {
    ofType,
    referring,
    of(access, atMost) {
      switch (access.by) {
        case 'type':
          return sum(access.types, ofType)
        case 'id':
          return access.ids.length
        case 'versions':
          return 1
        case 'reference':
          return sum(access.to, (id) => referring(id, access.type, atMost))
        case 'value': {
          const shape = shapes.find({
            type: access.type ?? '',
            path: access.path,
            byReference: false,
          })
          if (!shape?.isReady) return undefined
          return sum(access.values, (value) =>
            keyed(shape, 'value = ?', scalarKey(value) ?? OTHER_KEY, atMost),
          )
        }
        case 'range': {
          const shape = shapes.find({
            type: access.type ?? '',
            path: access.path,
            byReference: false,
          })
          if (!shape?.isReady) return undefined
          const {low, high} = keyRangeOf(access.range)
          return keyed(shape, 'value >= ? AND value <= ?', low, high, atMost)
        }
        case 'tokens': {
          const expression = tokens.expression(access.tokens)
          return expression === undefined
            ? undefined
            : count('token WHERE token MATCH ?', expression, atMost)
        }
        default:
          return undefined
      }
    },
  }
}

const sum = <T>(items: readonly T[], measure: (item: T) => number): number =>
  items.reduce((total, item) => total + measure(item), 0)
