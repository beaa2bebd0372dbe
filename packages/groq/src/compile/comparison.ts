/** Compiles `== != < <= > >=`, `in` and `match`. */
import type {InRangeNode, OpCallNode} from 'groq-js'

import {isArray, type Value} from '../core/value.ts'
import type {Compiled, Compiler, Evaluate, Test} from '../execution/compiler.ts'
import {charge, type Execution, type Scope} from '../execution/execution.ts'
import {oncePerExecution} from '../execution/oncePerExecution.ts'
import {rememberedText} from '../text/rememberedText.ts'
import {searchedText} from '../text/searchedText.ts'
import {type Pattern, readPattern} from '../text/searchPattern.ts'
import {equal, includes, membershipOf, partialCompare} from '../values/compare.ts'
import {Path} from '../values/path.ts'

export const compileEquality = (node: OpCallNode, compiler: Compiler): Compiled => {
  const left = compiler.evaluate(node.left)
  const right = compiler.evaluate(node.right)
  const isEqual: Test = (scope) => equal(left(scope), right(scope), scope.execution)
  return node.op === '==' ? decided(isEqual) : decided((scope) => !isEqual(scope))
}

/** An expression that is either true or false. */
const decided = (test: Test): Compiled => ({test, evaluate: test})

const outcomes = {
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
}

export type ComparisonOperator = keyof typeof outcomes

export const compileComparison = (
  operator: ComparisonOperator,
  node: OpCallNode,
  compiler: Compiler,
): Compiled => {
  const outcome = outcomes[operator]
  const left = compiler.evaluate(node.left)
  const right = compiler.evaluate(node.right)
  return {
    evaluate: (scope) => {
      const order = partialCompare(left(scope), right(scope), scope.execution)
      return order === null ? null : outcome(order)
    },
  }
}

/** `x in 1..3` and `x in 1...3`. */
export const compileInRange = (node: InRangeNode, compiler: Compiler): Compiled => {
  const base = compiler.evaluate(node.base)
  const left = compiler.evaluate(node.left)
  const right = compiler.evaluate(node.right)
  const {isInclusive} = node
  return {
    evaluate: (scope) => {
      const value = base(scope)
      const fromLeft = partialCompare(value, left(scope), scope.execution)
      if (fromLeft === null) return null
      const fromRight = partialCompare(value, right(scope), scope.execution)
      if (fromRight === null) return null
      return fromLeft >= 0 && (isInclusive ? fromRight <= 0 : fromRight < 0)
    },
  }
}

/** `x in array` and `id in path(…)`. An array that is the same for all `x` becomes a set. */
export const compileIn = (node: OpCallNode, compiler: Compiler): Compiled => {
  const left = compiler.evaluate(node.left)
  const right = compiler.compile(node.right)
  const isSet = compiler.optimisations.has('membershipSet')
  if (isSet && compiler.repeated && compiler.isComputedOnce(node.right))
    return closedIn(left, right)
  const {evaluate, each} = right
  if (!each) return {evaluate: (scope) => isIn(left(scope), evaluate(scope), scope.execution)}
  return {
    evaluate: (scope) => {
      const value = left(scope)
      let found = false
      const known = each(scope, (element) => {
        found = equal(value, element, scope.execution)
        return !found
      })
      return known ? found : isIn(value, evaluate(scope), scope.execution)
    },
  }
}

const closedIn = (left: Evaluate, {evaluate}: Compiled): Compiled => {
  const deciderOf = oncePerExecution((scope) => decider(evaluate(scope), scope.execution))
  return {evaluate: (scope) => deciderOf(scope)(left(scope))}
}

/** Below this many elements, looking at each costs less than a set. */
const smallArray = 8

const decider = (container: Value, execution: Execution): ((value: Value) => Value) => {
  if (!isArray(container)) return (value) => isIn(value, container, execution)
  return container.length < smallArray
    ? (value) => includes(container, value, execution)
    : membershipOf(container, execution)
}

const isIn = (value: Value, container: Value, execution: Execution): Value => {
  if (isArray(container)) return includes(container, value, execution)
  if (!(container instanceof Path)) return null
  const id = value instanceof Path ? value.pattern : value
  if (typeof id !== 'string') return null
  charge(execution, container.mostSteps(id))
  return container.matches(id)
}

/** `text match pattern`, as a condition and as a score. */

export interface CompiledMatch extends Compiled {
  /** How well the text matches: 0 when it does not. */
  readonly score: (scope: Scope) => number
}

export const compileMatch = (node: OpCallNode, compiler: Compiler): CompiledMatch => {
  const left = compiler.evaluate(node.left)
  const patternOf = patternReader(node, compiler)
  return {
    evaluate: (scope) => patternOf(scope).matches(left(scope), scope.execution.budget),
    score: (scope) => patternOf(scope).score(left(scope), scope.execution.budget),
  }
}

/** A pattern that is the same for all elements is read once. */
const patternReader = (node: OpCallNode, compiler: Compiler): ((scope: Scope) => Pattern) => {
  const {evaluate} = compiler.compile(node.right)
  const readText = compiler.optimisations.has('searchedText') ? rememberedText : searchedText
  const read = (scope: Scope) => readPattern(evaluate(scope), scope.execution.budget, readText)
  return compiler.isComputedOnce(node.right) ? oncePerExecution(read) : read
}
