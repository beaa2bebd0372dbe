import type {ExprNode} from 'groq-js'

import {ungroup} from '../../parse/ast.ts'
import {conjuncts} from '../filterChain.ts'
import {selectivities} from './term.ts'
import type {Recogniser, Recognition, Term} from './term.ts'

/** `a || b`, where an index helps with both: the documents of the one and of the other. */
export const recogniseOr: Recogniser = (condition, recognition) => {
  const node = ungroup(condition)
  if (node.type !== 'Or') return undefined
  const left = bestOf(node.left, recognition)
  const right = left && bestOf(node.right, recognition)
  if (!left || !right) return undefined
  return {
    selectivity: rank(left) > rank(right) ? left.selectivity : right.selectivity,
    accesses: (scope, type) => {
      const first = left.accesses(scope, type)
      const second = first && right.accesses(scope, type)
      return second && [...first, ...second]
    },
  }
}

/** The most selective of the conditions that a branch is made of. */
const bestOf = (branch: ExprNode, {recognise}: Recognition): Term | undefined =>
  conjuncts(branch)
    .flatMap((condition) => recognise(condition) ?? [])
    .toSorted((a, b) => rank(a) - rank(b))[0]

const rank = ({selectivity}: Term): number => selectivities.indexOf(selectivity)
