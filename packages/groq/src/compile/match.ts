import type {OpCallNode} from 'groq-js'

import type {Compiled, Compiler} from '../execution/compiler.ts'
import {oncePerRun} from '../execution/oncePerRun.ts'
import type {Scope} from '../execution/run.ts'
import {readPattern} from '../text/match.ts'
import type {Pattern} from '../text/match.ts'

/** `text match pattern`, as a condition and as a score. */

export interface CompiledMatch extends Compiled {
  /** How well the text matches: 0 when it does not. */
  readonly score: (scope: Scope) => number
}

export const compileMatch = (node: OpCallNode, compiler: Compiler): CompiledMatch => {
  const left = compiler.evaluate(node.left)
  const patternOf = patternReader(node, compiler)
  return {
    evaluate: (scope) => patternOf(scope).matches(left(scope), scope.run.budget),
    score: (scope) => patternOf(scope).score(left(scope), scope.run.budget),
  }
}

/** A pattern that is the same for all texts is read once. */
const patternReader = (node: OpCallNode, compiler: Compiler): ((scope: Scope) => Pattern) => {
  const {evaluate} = compiler.compile(node.right)
  const read = (scope: Scope) => readPattern(evaluate(scope), scope.run.budget)
  return compiler.isClosed(node.right) ? oncePerRun(read) : read
}
