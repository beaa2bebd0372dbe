/** Conditions that an index of ranges answers: `<`, `<=`, `>`, `>=`, `in a..b`. */
import type {ExprNode} from 'groq-js'

import type {Value} from '../../core/value.ts'
import {ungroup} from '../../parse/ast.ts'
import type {Access, ValueRange} from '../../source/source.ts'
import {DateTime, dateTimeFrom} from '../../values/dateTime.ts'
import {ownAttribute} from './ownPath.ts'
import {canBeStored, nothing} from './term.ts'
import type {Recogniser, Recognition, Term} from './term.ts'

/** `path < value`, `<=`, `>`, `>=`, either way round; also with `dateTime()` around both. */
export const recogniseComparison: Recogniser = (condition, recognition) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || !isComparison(node.op)) return undefined
  return (
    comparison(node.left, node.op, node.right, recognition) ??
    comparison(node.right, mirrored[node.op], node.left, recognition)
  )
}

const mirrored = {'<': '>', '<=': '>=', '>': '<', '>=': '<='} as const
type Comparison = keyof typeof mirrored

const isComparison = (operator: string): operator is Comparison => Object.hasOwn(mirrored, operator)

const comparison = (
  own: ExprNode,
  operator: Comparison,
  other: ExprNode,
  {comparand}: Recognition,
): Term | undefined => {
  const moment = datedAttribute(own)
  const path = moment ?? ownAttribute(own)
  const value = path === undefined ? undefined : comparand(other)
  if (path === undefined || !value) return undefined
  const rangeOf = moment === undefined ? valueRange : momentRange
  return {
    selectivity: 'range',
    isExact: () => moment === undefined,
    accesses: (scope, type) => rangeAccesses(path, rangeOf(operator, value(scope)), type),
  }
}

/** @param range Null when no value can lie in it, undefined when no index knows. */
const rangeAccesses = (
  path: string,
  range: ValueRange | null | undefined,
  type: string | undefined,
): readonly Access[] | undefined => {
  if (range === null) return nothing
  // Ids and types have indexes of their own, which know no ranges of values.
  if (range === undefined || path === '_id' || path === '_type') return undefined
  return [{by: 'range', path, range, ...(type !== undefined && {type})}]
}

const valueRange = (operator: Comparison, bound: Value): ValueRange | null | undefined => {
  if (typeof bound === 'boolean' || !canBeStored(bound)) return undefined
  if (typeof bound !== 'string' && typeof bound !== 'number') return null
  return operator.startsWith('<')
    ? {to: bound, fromInclusive: true, toInclusive: operator === '<='}
    : {from: bound, fromInclusive: operator === '>=', toInclusive: true}
}

/** The path inside `dateTime(path)`. */
const datedAttribute = (expression: ExprNode): string | undefined => {
  const node = ungroup(expression)
  if (node.type !== 'FuncCall' || node.namespace !== 'global' || node.name !== 'dateTime') {
    return undefined
  }
  const [argument] = node.args
  return argument && ownAttribute(argument)
}

/**
 * Timestamps are indexed as text. Their first 19 characters are local time, which is less than a
 * day off UTC, so a range that is a day wider misses none.
 */
const momentRange = (operator: Comparison, bound: Value): ValueRange | null | undefined => {
  if (!(bound instanceof DateTime)) return null
  const earlier = operator.startsWith('>')
  const day = 86_400_000
  const edge = dateTimeFrom(bound.milliseconds + (earlier ? -day : day))
  if (!edge) return undefined
  const text = edge.toString().slice(0, 19)
  return earlier
    ? {from: text, fromInclusive: true, toInclusive: true}
    : {to: `${text}~`, fromInclusive: true, toInclusive: true}
}

/** `path in from..to`. */
export const recogniseInRange: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'InRange') return undefined
  const path = ownAttribute(node.base)
  const [left, right] = [comparand(node.left), comparand(node.right)]
  if (path === undefined || !left || !right) return undefined
  const {isInclusive} = node
  return {
    selectivity: 'range',
    isExact: () => true,
    accesses: (scope, type) => {
      const [from, to] = [left(scope), right(scope)]
      if (typeof from !== typeof to) return nothing
      if (typeof from !== 'string' && typeof from !== 'number') return undefined
      if (typeof to !== 'string' && typeof to !== 'number') return undefined
      if (!canBeStored(from) || !canBeStored(to)) return undefined
      const range = {from, to, fromInclusive: true, toInclusive: isInclusive}
      return rangeAccesses(path, range, type)
    },
  }
}
