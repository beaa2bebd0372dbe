/**
 * Room analysis: what a query's answer depends on, and filters for listeners. This file: the types,
 * ids, keys and references to which the conditions of a filter confine it.
 */
import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../core/document.ts'
import {ungroup} from '../parse/ast.ts'
import {conjuncts} from '../plan/filterChain.ts'
import {ownAttribute, ownElements} from '../plan/predicates/ownPath.ts'
import {isKeyPath, isKeyScalar} from './documentKeys.ts'
import type {KeyScalar} from './documentKeys.ts'

/**
 * One way for a document to meet a condition, and what is sure of the document then: each part
 * names constants (literals, parameters) of which one must be there.
 */
export interface Alternative {
  readonly ids?: ExprNode
  readonly types?: ExprNode
  readonly keys: readonly Key[]
}

/** The value at a path is one of the constants, or, without a path, it refers to one of them. */
export interface Key {
  readonly path?: string
  readonly constants: ExprNode
}

/** With more alternatives than this, none are kept apart. */
const MOST_ALTERNATIVES = 32

const anything: readonly Alternative[] = [{keys: []}]

/** The ways in which a document can meet all of the conditions: it meets them in no other. */
export const alternativesOf = (conditions: readonly ExprNode[]): readonly Alternative[] =>
  conditions.map(waysToMeet).reduce(both, anything).map(sorted)

/** With the keys in the order in which they are tried. */
const sorted = (alternative: Alternative): Alternative => ({
  ...alternative,
  keys: alternative.keys.toSorted((a, b) => rank(a) - rank(b)),
})

const waysToMeet = (condition: ExprNode): readonly Alternative[] => {
  const node = ungroup(condition)
  switch (node.type) {
    case 'Or':
      return [...waysToMeet(node.left), ...waysToMeet(node.right)]
    case 'And':
      return alternativesOf(conjuncts(node))
    case 'OpCall':
      if (node.op === '==') {
        return where(node.left, node.right) ?? where(node.right, node.left) ?? anything
      }
      return node.op === 'in'
        ? (where(node.left, node.right) ?? member(node.left, node.right) ?? anything)
        : anything
    case 'FuncCall': {
      if (node.namespace !== 'global' || node.name !== 'references') return anything
      const constants: ExprNode = {
        type: 'Array',
        elements: node.args.map((value) => ({type: 'ArrayElement', value, isSplat: false})),
      }
      return isConstant(constants) ? [{keys: [{constants}]}] : anything
    }
    default:
      return anything
  }
}

const both = (
  first: readonly Alternative[],
  second: readonly Alternative[],
): readonly Alternative[] => {
  if (first.length * second.length > MOST_ALTERNATIVES) {
    return first.every(({ids, types}) => ids ?? types) ? first : second
  }
  return first.flatMap((one) =>
    second.map((other) => ({...other, ...one, keys: [...one.keys, ...other.keys]})),
  )
}

/** `attribute == constants`, `attribute in constants`. */
const where = (own: ExprNode, constants: ExprNode): readonly Alternative[] | undefined => {
  const path = isConstant(constants) ? ownAttribute(own) : undefined
  if (path === undefined) return undefined
  if (path === '_id') return [{ids: constants, keys: []}]
  if (path === '_type') return [{types: constants, keys: []}]
  return isKeyPath(path) ? [{keys: [{path, constants}]}] : undefined
}

/** `constant in topics[]._ref`. */
const member = (constants: ExprNode, own: ExprNode): readonly Alternative[] | undefined =>
  isConstant(constants) && ownElements(own)?.endsWith('._ref') ? [{keys: [{constants}]}] : undefined

const isConstant = (expression: ExprNode): boolean => {
  const node = ungroup(expression)
  if (node.type === 'Array') {
    return node.elements.every(({value, isSplat}) => !isSplat && isConstant(value))
  }
  return node.type === 'Value' || node.type === 'Parameter'
}

/** Documents that a query reads: an answer depends on those that match, or matched before. */
export type Selection =
  | {readonly by: 'id'; readonly ids: readonly string[]}
  | {readonly by: 'type'; readonly types: readonly string[]}
  | {
      readonly by: 'key'
      readonly types: readonly string[]
      readonly path: string
      readonly values: readonly KeyScalar[]
    }
  | {readonly by: 'reference'; readonly types: readonly string[]; readonly ids: readonly string[]}

/** @returns Undefined where any document may match. */
export const selectionOf = (
  {ids, types, keys}: Alternative,
  params: JsonObject,
): Selection | undefined => {
  if (ids) return {by: 'id', ids: textsOf(ids, params)}
  if (!types) return undefined
  const texts = textsOf(types, params)
  for (const {path, constants} of keys) {
    const values = valuesOf(constants, params)
    if (path === undefined) {
      // `null in topics[]._ref` is true of what is no reference at all.
      if (values.every(isText)) return {by: 'reference', types: texts, ids: values}
    } else if (values.every(isKeyScalar)) return {by: 'key', types: texts, path, values}
  }
  return {by: 'type', types: texts}
}

/** What a parameter says is a page's own; what the query says, such as a status, many share. */
const rank = ({constants}: Key): number => (ungroup(constants).type === 'Value' ? 1 : 0)

/** No id and no type is anything but a string. */
const textsOf = (constants: ExprNode, params: JsonObject): readonly string[] =>
  valuesOf(constants, params).filter(isText)

const isText = (value: unknown): value is string => typeof value === 'string'

const valuesOf = (constants: ExprNode, params: JsonObject): readonly unknown[] => {
  const node = ungroup(constants)
  switch (node.type) {
    case 'Array':
      return node.elements.flatMap(({value}) => valuesOf(value, params))
    case 'Parameter':
      return listed(Object.hasOwn(params, node.name) ? params[node.name] : null)
    case 'Value':
      return listed(node.value)
    default:
      return [null]
  }
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
