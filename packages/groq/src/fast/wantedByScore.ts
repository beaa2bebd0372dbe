/** Recognises `score(…)[_score > 0]`, where only documents with a score are wanted. */
import type {ExprNode, FilterNode, PipeFuncCallNode} from 'groq-js'

import {ungroup} from '../parse/ast.ts'
import {conditionsOf, conjuncts} from '../plan/filterChain.ts'

/** A filter on the scores of documents, taken apart. */
export interface WantedByScore {
  readonly score: PipeFuncCallNode
  /** The conditions on the documents that are scored. */
  readonly conditions: readonly ExprNode[]
  /** At least one of the score's expressions is true of every document that is kept. */
  readonly anyOf: ExprNode
}

/**
 * `*[…] | score(a, boost(b, 2))[_score > 0]` keeps no document for which neither a nor b holds,
 * for it has no score (unless it was stored with one). The Studio searches like this.
 */
export const wantedByScore = (node: FilterNode): WantedByScore | undefined => {
  const score = ungroup(node.base)
  if (score.type !== 'PipeFuncCall' || score.name !== 'score') return undefined
  const conditions = conditionsOf(score.base)
  if (!conditions || !conjuncts(node.expr).some(asksForScore)) return undefined
  return {score, conditions, anyOf: score.args.map(unboosted).reduce(either)}
}

/** `_score > 0`, or more. */
const asksForScore = (condition: ExprNode): boolean => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== '>') return false
  const [left, right] = [ungroup(node.left), ungroup(node.right)]
  const isScore = left.type === 'AccessAttribute' && !left.base && left.name === '_score'
  return isScore && right.type === 'Value' && typeof right.value === 'number' && right.value >= 0
}

const unboosted = (expression: ExprNode): ExprNode => {
  const node = ungroup(expression)
  const [inner] = node.type === 'FuncCall' && node.name === 'boost' ? node.args : []
  return inner ?? node
}

const either = (left: ExprNode, right: ExprNode): ExprNode => ({type: 'Or', left, right})
