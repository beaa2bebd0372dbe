import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../document.ts'
import {childrenOf, nodesOf, ungroup} from './ast.ts'
import {conjuncts, filterChain} from './filterChain.ts'
import {functionNamed} from './functions/registry.ts'
import type {PreparedQuery} from './query.ts'

/**
 * What may change the answer of a query, beside its parameters. An answer stays good until a
 * document of one of the types, or with one of the ids, is written (before or after the write).
 * References that were followed are not known before the query runs: `report.dereferenced` lists
 * their ids, and they belong to what the answer depends on.
 */
export interface Dependencies {
  /** Any document may change the answer: the lists say nothing then. */
  readonly everything: boolean
  readonly types: readonly string[]
  readonly ids: readonly string[]
  /** It changes by itself (`now()`). */
  readonly time: boolean
  /** It differs by who asks (`identity()`). */
  readonly identity: boolean
}

export const dependenciesOf = (
  {tree}: Pick<PreparedQuery, 'tree'>,
  params: JsonObject = {},
): Dependencies => {
  const reads = readsOf(tree, params)
  const varies = new Set(
    [...nodesOf(tree)].map((node) =>
      node.type === 'FuncCall' ? functionNamed(node.namespace, node.name)?.varies : undefined,
    ),
  )
  return {
    everything: reads.some((read) => read === 'everything'),
    types: distinct(reads.flatMap((read) => (read === 'everything' ? [] : read.types))),
    ids: distinct(reads.flatMap((read) => (read === 'everything' ? [] : read.ids))),
    time: varies.has('time'),
    identity: varies.has('identity'),
  }
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted()

interface Selection {
  readonly types: readonly string[]
  readonly ids: readonly string[]
}

type Read = 'everything' | Selection

const readsOf = (node: ExprNode, params: JsonObject): readonly Read[] => {
  if (node.type === 'Everything') return ['everything']
  if (node.type === 'FuncCall' && node.namespace === 'releases') {
    return [{types: ['system.release'], ids: []}]
  }
  if (node.type === 'FuncCall' && node.name === 'documentsOf') return ['everything']
  const conditions = node.type === 'Filter' ? filterChain(node) : undefined
  if (!conditions) return childrenOf(node).flatMap((child) => readsOf(child.node, params))
  const inside = conditions.flatMap((condition) => readsOf(condition, params))
  return [selectionOf(conditions, params) ?? 'everything', ...inside]
}

/** The documents that one condition confines the filter to, if one does. */
const selectionOf = (
  conditions: readonly ExprNode[],
  params: JsonObject,
): Selection | undefined => {
  const found = conditions.flatMap((condition) => confinement(condition, params) ?? [])
  return found.find(({ids}) => ids.length > 0) ?? found[0]
}

const confinement = (condition: ExprNode, params: JsonObject): Selection | undefined => {
  const node = ungroup(condition)
  if (node.type === 'Or') {
    const sides = [confinement(node.left, params), confinement(node.right, params)]
    const [left, right] = sides
    return left && right
      ? {types: [...left.types, ...right.types], ids: [...left.ids, ...right.ids]}
      : undefined
  }
  if (node.type === 'And') return selectionOf(conjuncts(node), params)
  if (node.type !== 'OpCall') return undefined
  const left = ungroup(node.left)
  const right = ungroup(node.right)
  if (node.op === '==') {
    return (
      select(left, constantStrings(right, params)) ?? select(right, constantStrings(left, params))
    )
  }
  return node.op === 'in' ? select(left, constantStrings(right, params)) : undefined
}

const select = (
  attribute: ExprNode,
  values: readonly string[] | undefined,
): Selection | undefined => {
  if (!values || attribute.type !== 'AccessAttribute' || attribute.base) return undefined
  if (attribute.name === '_type') return {types: values, ids: []}
  return attribute.name === '_id' ? {types: [], ids: values} : undefined
}

/** The strings that a literal or parameter stands for; other values match no type and no id. */
const constantStrings = (node: ExprNode, params: JsonObject): readonly string[] | undefined => {
  switch (node.type) {
    case 'Group':
      return constantStrings(node.base, params)
    case 'Value':
      return stringsOf(node.value)
    case 'Parameter':
      return Object.hasOwn(params, node.name) ? stringsOf(params[node.name]) : undefined
    case 'Array': {
      const parts = node.elements.map(({value, isSplat}) =>
        isSplat ? undefined : constantStrings(value, params),
      )
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined
    }
    default:
      return undefined
  }
}

const stringsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((element) => typeof element === 'string')
