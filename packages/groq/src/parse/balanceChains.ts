/** Brackets long chains of `&&` and `||` evenly, so that no tree is deep. */
import type {ExprNode} from 'groq-js'

import {mapChildren} from './mapChildren.ts'

/**
 * `a || b || c || …` is a tree as deep as it is long. `&&` and `||` give the same however they are
 * bracketed, so long chains are bracketed evenly: nothing that walks the tree needs a deep stack.
 */
export const balanceChains = (node: ExprNode): ExprNode => {
  if (node.type !== 'And' && node.type !== 'Or') return mapChildren(node, balanceChains)
  const {type} = node
  const operands: ExprNode[] = []
  let rest: ExprNode = node
  while (rest.type === type) {
    operands.push(balanceChains(rest.right))
    rest = rest.left
  }
  operands.push(balanceChains(rest))
  return bracket(type, operands.toReversed())
}

const bracket = (type: 'And' | 'Or', operands: readonly ExprNode[]): ExprNode => {
  const [first] = operands
  if (first && operands.length === 1) return first
  const middle = Math.ceil(operands.length / 2)
  return {
    type,
    left: bracket(type, operands.slice(0, middle)),
    right: bracket(type, operands.slice(middle)),
  }
}
