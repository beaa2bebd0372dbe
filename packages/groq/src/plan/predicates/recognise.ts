/** The list of all kinds of conditions that an index helps with, and `||` of them. */
import type {ExprNode} from 'groq-js'

import type {Compiler} from '../../execution/compiler.ts'
import {looksAt, ungroup} from '../../parse/ast.ts'
import {conjuncts} from '../filterChain.ts'
import {recogniseDefined, recogniseEquality, recogniseIn, recogniseMembership} from './equality.ts'
import {recogniseStartsWith, recogniseVersions} from './ids.ts'
import {recogniseComparison, recogniseInRange} from './ranges.ts'
import {recogniseReferences, recogniseThroughReference} from './references.ts'
import {type Recogniser, type Recognition, selectivities, type Term} from './term.ts'
import {recogniseMatch} from './words.ts'

/** `a || b`, where an index helps with both: the documents of the one and of the other. */
const recogniseOr: Recogniser = (condition, recognition) => {
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

/** Every kind of condition that an index helps with. A new kind is a file and a line here. */
const recognisers = [
  recogniseEquality,
  recogniseIn,
  recogniseMembership,
  recogniseReferences,
  recogniseThroughReference,
  recogniseVersions,
  recogniseStartsWith,
  recogniseMatch,
  recogniseComparison,
  recogniseInRange,
  recogniseDefined,
  recogniseOr,
]

/** @param compiler For expressions in the filter. */
export const recogniserFor = (compiler: Compiler) => {
  const recognition: Recognition = {
    compiler,
    comparand: (node) => (looksAt(node, 0, false) ? undefined : compiler.evaluate(node)),
    recognise: (condition) => recognise(condition),
  }
  const recognise = (condition: ExprNode): Term | undefined => {
    for (const recogniser of recognisers) {
      const term = recogniser(condition, recognition)
      if (term) return term
    }
    return undefined
  }
  return recognise
}
