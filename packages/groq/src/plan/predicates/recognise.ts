import type {ExprNode} from 'groq-js'

import type {Compiler} from '../../execution/compiler.ts'
import {looksAt} from '../../parse/ast.ts'
import {recogniseDefined} from './defined.ts'
import {recogniseOr} from './disjunction.ts'
import {recogniseEquality, recogniseIn, recogniseMembership} from './equality.ts'
import {recogniseStartsWith} from './idRange.ts'
import {recogniseComparison, recogniseInRange} from './ranges.ts'
import {recogniseReferences, recogniseThroughReference} from './references.ts'
import type {Recognition, Term} from './term.ts'
import {recogniseVersions} from './versions.ts'
import {recogniseMatch} from './words.ts'

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
