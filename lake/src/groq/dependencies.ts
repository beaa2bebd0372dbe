import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../document.ts'
import {childrenOf, nodesOf} from './ast.ts'
import {alternativesOf, selectionOf} from './confinement.ts'
import type {Alternative, Selection} from './confinement.ts'
import {filterChain} from './filterChain.ts'
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
  /** The same as narrowly as it can be said: by slug, where the lists say by type. */
  readonly selections: readonly Selection[]
  /** It changes by itself (`now()`). */
  readonly time: boolean
  /** It differs by who asks (`identity()`). */
  readonly identity: boolean
}

/** The work that is the same for all parameters, done once; then the rest for some of them. */
export const prepareDependencies = ({
  tree,
}: Pick<PreparedQuery, 'tree'>): ((params?: JsonObject) => Dependencies) => {
  const reads = readsOf(tree)
  const alternatives = reads.filter((read) => read !== 'everything')
  const varies = new Set(
    nodesOf(tree).map((node) =>
      node.type === 'FuncCall' ? functionNamed(node.namespace, node.name)?.varies : undefined,
    ),
  )
  const traits = {time: varies.has('time'), identity: varies.has('identity')}
  const onEverything = {everything: true, types: [], ids: [], selections: [], ...traits}
  if (alternatives.length < reads.length) return () => onEverything
  const [only] = alternatives
  if (only && alternatives.length === 1) {
    // Most queries read one kind of document.
    return (params = {}) => {
      const selection = selectionOf(only, params)
      if (!selection) return onEverything
      const isById = selection.by === 'id'
      return {
        everything: false,
        types: isById ? [] : distinct(selection.types),
        ids: isById ? distinct(selection.ids) : [],
        selections: [selection],
        ...traits,
      }
    }
  }
  return (params = {}) => {
    const selections = alternatives.map((alternative) => selectionOf(alternative, params))
    const known = selections.filter((selection) => selection !== undefined)
    if (known.length < selections.length) return onEverything
    return {
      everything: false,
      types: distinct(known.flatMap((one) => (one.by === 'id' ? [] : one.types))),
      ids: distinct(known.flatMap((one) => (one.by === 'id' ? one.ids : []))),
      selections: known,
      ...traits,
    }
  }
}

export const dependenciesOf = (
  query: Pick<PreparedQuery, 'tree'>,
  params: JsonObject = {},
): Dependencies => prepareDependencies(query)(params)

const distinct = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : [...new Set(texts)].toSorted()

type Read = 'everything' | Alternative

const releases: Alternative = {types: {type: 'Value', value: 'system.release'}, keys: []}

const readsOf = (node: ExprNode): readonly Read[] => {
  if (node.type === 'Everything') return ['everything']
  if (node.type === 'FuncCall' && node.namespace === 'releases') return [releases]
  if (node.type === 'FuncCall' && node.name === 'documentsOf') return ['everything']
  const conditions = node.type === 'Filter' ? filterChain(node) : undefined
  if (!conditions) return childrenOf(node).flatMap((child) => readsOf(child.node))
  return [...filtered(conditions), ...conditions.flatMap(readsOf)]
}

const filtered = (conditions: readonly ExprNode[]): readonly Read[] => {
  const alternatives = alternativesOf(conditions)
  const isConfined = alternatives.every(({ids, types}) => ids ?? types)
  return isConfined && !conditions.some(joins) ? alternatives : ['everything']
}

/**
 * `author->name == "x"`: an index finds the authors with the name first, so those that have
 * another name, and may get this one, are never followed and not in the report.
 */
const joins = (condition: ExprNode): boolean =>
  nodesOf(condition).some(
    (node) =>
      node.type === 'OpCall' &&
      node.op === '==' &&
      nodesOf(node).some((inner) => inner.type === 'Deref'),
  )
