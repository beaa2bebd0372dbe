import type {InRangeNode, OpCallNode} from 'groq-js'

import {isArray} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {Compiled, Compiler, Evaluate, Test} from '../execution/compiler.ts'
import {oncePerRun} from '../execution/oncePerRun.ts'
import {charge} from '../execution/run.ts'
import type {Run} from '../execution/run.ts'
import {equal, includes, membershipOf, partialCompare} from '../values/compare.ts'
import {Path} from '../values/path.ts'

/** `== != < <= > >=` and `in`. */

export const compileEquality = (node: OpCallNode, compiler: Compiler): Compiled => {
  const left = compiler.compile(node.left)
  const right = compiler.compile(node.right)
  const test = equalityTest(left, right) ?? equalityTest(right, left) ?? plainEquality(left, right)
  return node.op === '==' ? decided(test) : decided((scope) => !test(scope))
}

const plainEquality =
  ({evaluate: left}: Compiled, {evaluate: right}: Compiled): Test =>
  (scope) =>
    equal(left(scope), right(scope), scope.run)

/** Against a scalar that is known already, identity is equality. */
const equalityTest = (left: Compiled, right: Compiled): Test | undefined => {
  const {constant} = right
  if (constant === undefined || (typeof constant === 'object' && constant !== null))
    return undefined
  if (typeof constant === 'string' && constant.length > longConstant) return undefined
  const {evaluate} = left
  return (scope) => evaluate(scope) === constant
}

/** Comparing what is longer takes time that must be counted. */
const longConstant = 256

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
      const order = partialCompare(left(scope), right(scope), scope.run)
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
      const fromLeft = partialCompare(value, left(scope), scope.run)
      if (fromLeft === null) return null
      const fromRight = partialCompare(value, right(scope), scope.run)
      if (fromRight === null) return null
      return fromLeft >= 0 && (isInclusive ? fromRight <= 0 : fromRight < 0)
    },
  }
}

/** `x in array` and `id in path(…)`. An array that is the same for all `x` becomes a set. */
export const compileIn = (node: OpCallNode, compiler: Compiler): Compiled => {
  const left = compiler.evaluate(node.left)
  const right = compiler.compile(node.right)
  if (compiler.repeated && compiler.isClosed(node.right)) return closedIn(left, right)
  const {evaluate, each} = right
  if (!each) return {evaluate: (scope) => isIn(left(scope), evaluate(scope), scope.run)}
  return {
    evaluate: (scope) => {
      const value = left(scope)
      let found = false
      const known = each(scope, (element) => {
        found = equal(value, element, scope.run)
        return !found
      })
      return known ? found : isIn(value, evaluate(scope), scope.run)
    },
  }
}

const closedIn = (left: Evaluate, {evaluate}: Compiled): Compiled => {
  const deciderOf = oncePerRun((scope) => decider(evaluate(scope), scope.run))
  return {evaluate: (scope) => deciderOf(scope)(left(scope))}
}

/** Below this many elements, looking at each costs less than a set. */
const smallArray = 8

const decider = (container: Value, run: Run): ((value: Value) => Value) => {
  if (!isArray(container)) return (value) => isIn(value, container, run)
  return container.length < smallArray
    ? (value) => includes(container, value, run)
    : membershipOf(container, run)
}

const isIn = (value: Value, container: Value, run: Run): Value => {
  if (isArray(container)) return includes(container, value, run)
  if (!(container instanceof Path)) return null
  const id = value instanceof Path ? value.pattern : value
  if (typeof id !== 'string') return null
  charge(run, container.mostSteps(id))
  return container.matches(id)
}
