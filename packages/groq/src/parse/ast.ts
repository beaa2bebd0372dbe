/**
 * Room parse turns a query into a syntax tree, with the parser of groq-js. This file answers what
 * several rooms need to know about a tree: the children of a node, whether it depends on its scope,
 * and whether it is costly enough to be computed once.
 */
import type {ExprNode} from 'groq-js'

import {functionNamed} from '../functions/registry.ts'

export interface Child {
  readonly node: ExprNode
  /** `inner` children see an element as `@` and the parent node's `@` as `^`. */
  readonly scope: 'same' | 'inner' | 'hidden'
}

const same = (node: ExprNode): Child => ({node, scope: 'same'})
const inner = (node: ExprNode): Child => ({node, scope: 'inner'})
/** Elements of a mapped traversal: they become `@` but are skipped by `^`. */
const hidden = (node: ExprNode): Child => ({node, scope: 'hidden'})

export const childrenOf = (node: ExprNode): readonly Child[] => {
  switch (node.type) {
    case 'AccessAttribute':
      return node.base ? [same(node.base)] : []
    case 'AccessElement':
    case 'ArrayCoerce':
    case 'Asc':
    case 'Deref':
    case 'Desc':
    case 'Group':
    case 'Neg':
    case 'Not':
    case 'Pos':
    case 'Slice':
      return [same(node.base)]
    case 'And':
    case 'Or':
    case 'OpCall':
      return [same(node.left), same(node.right)]
    case 'InRange':
      return [same(node.base), same(node.left), same(node.right)]
    case 'Array':
      return node.elements.map((element) => same(element.value))
    case 'Object':
      return node.attributes.flatMap((attribute) =>
        attribute.type === 'ObjectConditionalSplat'
          ? [same(attribute.condition), same(attribute.value)]
          : [same(attribute.value)],
      )
    case 'Select':
      return [
        ...node.alternatives.flatMap(({condition, value}) => [same(condition), same(value)]),
        ...(node.fallback ? [same(node.fallback)] : []),
      ]
    case 'FuncCall':
      return node.args.map(same)
    case 'Filter':
    case 'Projection':
      return [same(node.base), inner(node.expr)]
    case 'Map':
    case 'FlatMap':
      return [same(node.base), hidden(node.expr)]
    case 'PipeFuncCall':
      return [same(node.base), ...node.args.map(inner)]
    case 'SelectorFuncCall':
      return [hidden(node.arg)]
    case 'SelectorNested':
      return [same(node.base), same(node.nested)]
    case 'Tuple':
      return node.members.map(same)
    case 'Context':
    case 'Everything':
    case 'Parameter':
    case 'Parent':
    case 'This':
    case 'Value':
      return []
  }
}

/** The node and all below it, as they stand in the query, parents first. */
export const nodesOf = (node: ExprNode): readonly ExprNode[] => {
  const nodes: ExprNode[] = []
  const ahead = [node]
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    nodes.push(next)
    ahead.push(
      ...childrenOf(next)
        .map((child) => child.node)
        .toReversed(),
    )
  }
  return nodes
}

/** Levels of nesting. */
export const depthOf = (node: ExprNode): number =>
  1 + childrenOf(node).reduce((deepest, child) => Math.max(deepest, depthOf(child.node)), 0)

/**
 * How far out of its scope a node reads: 0 for not at all, 1 for `@`, 2 for `^`, and so on.
 * @param inHidden Whether the node's scope is that of a mapped traversal.
 */
const reachOf = (node: ExprNode, inHidden: boolean): number => {
  const known = reaches[inHidden ? 'hidden' : 'plain']
  let reach = known.get(node)
  if (reach === undefined) known.set(node, (reach = computeReach(node, inHidden)))
  return reach
}

/*
 * Trees are not changed, and each node is asked about once for every node around it. Without these
 * two, preparing a query that is both wide and deep takes several times as long.
 */
const reaches = {plain: new WeakMap<ExprNode, number>(), hidden: new WeakMap<ExprNode, number>()}
const costlyNodes = new WeakMap<ExprNode, boolean>()

const computeReach = (node: ExprNode, inHidden: boolean): number => {
  let reach = ownReach(node)
  for (const child of childrenOf(node)) {
    if (child.scope === 'same') reach = Math.max(reach, reachOf(child.node, inHidden))
    else {
      const innerReach = reachOf(child.node, child.scope === 'hidden')
      if (innerReach > 1) reach = Math.max(reach, inHidden ? innerReach : innerReach - 1)
    }
  }
  return reach
}

const ownReach = (node: ExprNode): number => {
  switch (node.type) {
    case 'This':
      return 1
    case 'AccessAttribute':
      return node.base ? 0 : 1
    case 'Parent':
      return node.n + 1
    case 'FuncCall':
      return functionNamed(node.namespace, node.name)?.readsThis ? 1 : 0
    default:
      return 0
  }
}

/**
 * Whether a node reads the value of one certain scope.
 * @param hops How many scopes out from the node's own that scope is: 0 is its own `@`.
 */
export const looksAt = (node: ExprNode, hops: number, inHidden: boolean): boolean => {
  if (node.type === 'Parent' ? node.n === hops : hops === 0 && ownReach(node) === 1) return true
  return childrenOf(node).some((child) => {
    if (child.scope === 'same') return looksAt(child.node, hops, inHidden)
    // From an element's scope, `^` leads past a hidden scope to the one around it.
    if (inHidden && hops === 0) return false
    return looksAt(child.node, inHidden ? hops : hops + 1, child.scope === 'hidden')
  })
}

/** True when the node has the same value wherever in the query it is evaluated. */
export const isClosed = (node: ExprNode, inHidden: boolean): boolean =>
  reachOf(node, inHidden) === 0

/** True when the node reads documents or calls functions: worth computing only once. */
export const isCostly = (node: ExprNode): boolean => {
  let costly = costlyNodes.get(node)
  if (costly === undefined) costlyNodes.set(node, (costly = computeCostly(node)))
  return costly
}

const computeCostly = (node: ExprNode): boolean =>
  node.type === 'Everything' ||
  node.type === 'Deref' ||
  node.type === 'FuncCall' ||
  childrenOf(node).some((child) => isCostly(child.node))

/** An attribute of `@`. */
export const attribute = (name: string): ExprNode => ({type: 'AccessAttribute', name})

/** The node without the parentheses around it. */
export const ungroup = (node: ExprNode): ExprNode =>
  node.type === 'Group' ? ungroup(node.base) : node
