/** Takes the filters of `*[a && b][c]` apart into single conditions. */
import type {ExprNode, FilterNode} from 'groq-js'

import {ungroup} from '../parse/ast.ts'

/** The conditions of `*[a && b][c]`, one by one; undefined when it filters something else. */
export const filterChain = (node: FilterNode): readonly ExprNode[] | undefined => {
  const before = conditionsOf(node.base)
  return before && [...before, ...conjuncts(node.expr)]
}

/** The conditions of a filter over everything; none for `*` itself. */
export const conditionsOf = (expression: ExprNode): readonly ExprNode[] | undefined => {
  const node = ungroup(expression)
  if (node.type === 'Everything') return []
  return node.type === 'Filter' ? filterChain(node) : undefined
}

/** What must all be true for the condition to be. */
export const conjuncts = (condition: ExprNode): readonly ExprNode[] => {
  const node = ungroup(condition)
  return node.type === 'And' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node]
}
