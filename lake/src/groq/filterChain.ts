import type {ExprNode, FilterNode} from 'groq-js'

import {ungroup} from './ast.ts'

/** The conditions of `*[a && b][c]`, one by one; undefined when it filters something else. */
export const filterChain = (node: FilterNode): readonly ExprNode[] | undefined => {
  const base = ungroup(node.base)
  const conditions = conjuncts(node.expr)
  if (base.type === 'Everything') return conditions
  const before = base.type === 'Filter' ? filterChain(base) : undefined
  return before && [...before, ...conditions]
}

/** What must all be true for the condition to be. */
export const conjuncts = (condition: ExprNode): readonly ExprNode[] => {
  const node = ungroup(condition)
  return node.type === 'And' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node]
}
