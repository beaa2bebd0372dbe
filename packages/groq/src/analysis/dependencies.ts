/** The documents, and the time or user, that can change the answer of a query. */
import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../core/document.ts'
import {functionNamed} from '../functions/registry.ts'
import {childrenOf, nodesOf} from '../parse/ast.ts'
import {filterChain} from '../plan/filterChain.ts'
import type {PreparedQuery} from '../query/query.ts'
import {alternativesOf, selectionOf} from './confinement.ts'
import type {Alternative, Selection} from './confinement.ts'

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
  /** The same, as narrow as possible: by slug, where the lists say by type. */
  readonly selections: readonly Selection[]
  /** It changes with time (`now()`). */
  readonly time: boolean
  /** It depends on the user (`identity()`). */
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
  return (params = {}) => {
    const selections: Selection[] = []
    const types: string[] = []
    const ids: string[] = []
    for (const alternative of alternatives) {
      const selection = selectionOf(alternative, params)
      if (!selection) return onEverything
      selections.push(selection)
      if (selection.by === 'id') for (const id of selection.ids) ids.push(id)
      else for (const type of selection.types) types.push(type)
    }
    return {everything: false, types: distinct(types), ids: distinct(ids), selections, ...traits}
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
