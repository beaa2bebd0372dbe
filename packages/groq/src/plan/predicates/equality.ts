/** Conditions that an index of values answers: `==`, `in`, `defined()`. */
import type {ExprNode} from 'groq-js'

import {isArray, type Value} from '../../core/value.ts'
import {charge, type Execution} from '../../execution/execution.ts'
import {ungroup} from '../../parse/ast.ts'
import type {Access, KeyValue} from '../../source/source.ts'
import {Path} from '../../values/path.ts'
import {idRangeOfPath} from './ids.ts'
import {ownAttribute, ownElements} from './ownPath.ts'
import {canBeStored, nothing, type Recogniser, type Recognition, type Term} from './term.ts'

/** `path == value`, `path == null`, either way round. */
export const recogniseEquality: Recogniser = (condition, recognition) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== '==') return undefined
  return (
    equality(node.left, node.right, recognition) ?? equality(node.right, node.left, recognition)
  )
}

const equality = (own: ExprNode, other: ExprNode, {comparand}: Recognition): Term | undefined => {
  const path = ownAttribute(own)
  const value = path === undefined ? undefined : comparand(other)
  if (path === undefined || !value) return undefined
  return {
    ...traitsOf(path),
    accesses: (scope, type) => accessesFor(path, [value(scope)], type, scope.execution),
  }
}

/** `path in values`, `_id in path("…")`. */
export const recogniseIn: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== 'in') return undefined
  const path = ownAttribute(node.left)
  const container = path === undefined ? undefined : comparand(node.right)
  if (path === undefined || !container) return undefined
  const isPattern = ungroup(node.right).type === 'FuncCall'
  return {
    ...(isPattern ? {selectivity: 'range'} : traitsOf(path)),
    accesses: (scope, type) => {
      const values = container(scope)
      if (isArray(values)) return accessesFor(path, values, type, scope.execution)
      if (!(values instanceof Path)) return nothing
      return path === '_id' ? [{by: 'idRange', range: idRangeOfPath(values)}] : undefined
    },
  }
}

/** `value in array[]`, `^._id in topics[]._ref`. */
export const recogniseMembership: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== 'in') return undefined
  const path = ownElements(node.right)
  const value = path === undefined ? undefined : comparand(node.left)
  if (path === undefined || !value) return undefined
  return {
    ...traitsOf(path),
    accesses: (scope, type) => {
      const wanted = value(scope)
      // `null in array` is also true of elements without the attribute, which have no key.
      return wanted === null ? undefined : accessesFor(path, [wanted], type, scope.execution)
    },
  }
}

const traitsOf = (path: string): Omit<Term, 'accesses'> => {
  if (path === '_id') return {selectivity: 'id', isExact: () => true}
  if (path !== '_type') return {selectivity: 'value', isExact: (_, accesses) => areValues(accesses)}
  return {selectivity: 'type', confinesType: true, isExact: () => true}
}

/** References may stand elsewhere in a document, and null finds arrays and objects as well. */
const areValues = (accesses: readonly Access[]): boolean =>
  accesses.every((access) => access.by === 'value' && !access.values.includes(null))

/** Each value is looked at several times, sorted with the others, and bound to a statement. */
const UNITS_OF_VALUE = 8

/** The documents in which the value at the path is one of the values. */
const accessesFor = (
  path: string,
  values: readonly Value[],
  type: string | undefined,
  execution: Execution,
): readonly Access[] | undefined => {
  charge(execution, UNITS_OF_VALUE * values.length)
  // Stored values are JSON: nothing but a scalar can equal them.
  const keys = values.filter(isKey)
  if (keys.length === 0) return nothing
  const texts = keys.filter((key) => typeof key === 'string')
  if (path === '_id') return texts.length > 0 ? [{by: 'id', ids: distinct(texts)}] : nothing
  if (path === '_type') {
    // No document has an empty type, which stands for all types where indexes are named.
    const types = distinct(texts.filter((text) => text !== ''))
    return types.length > 0 ? [{by: 'type', types}] : nothing
  }
  const narrowed = type === undefined ? {} : {type}
  if (/(?:^|\.)_ref$/.test(path) && texts.length === keys.length) {
    return [{by: 'reference', to: distinct(texts), ...narrowed}]
  }
  return [{by: 'value', path, values: distinct(keys), ...narrowed}]
}

const isKey = (value: Value): value is KeyValue =>
  (typeof value !== 'object' || value === null) && canBeStored(value)

const distinct = <T>(items: readonly T[]): readonly T[] =>
  items.length === 1 ? items : [...new Set(items)]

/** `defined(path)`, `path != null`. */
export const recogniseDefined: Recogniser = (condition) => {
  const path = definedPath(ungroup(condition))
  if (path === undefined || path.startsWith('_')) return undefined
  return {
    selectivity: 'defined',
    isExact: () => true,
    accesses: (_, type) => [{by: 'defined', path, ...(type !== undefined && {type})}],
  }
}

const definedPath = (node: ExprNode): string | undefined => {
  if (node.type === 'FuncCall' && node.namespace === 'global' && node.name === 'defined') {
    const [argument] = node.args
    return argument && ownAttribute(argument)
  }
  if (node.type !== 'OpCall' || node.op !== '!=') return undefined
  if (isNull(node.right)) return ownAttribute(node.left)
  return isNull(node.left) ? ownAttribute(node.right) : undefined
}

const isNull = (expression: ExprNode): boolean => {
  const node = ungroup(expression)
  return node.type === 'Value' && node.value === null
}
