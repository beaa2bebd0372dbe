/** Compiles `| score(…)` and `boost()`. */
import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import {isObject, type Value, type ValueObject} from '../core/value.ts'
import {
  arrayFrom,
  type Compiled,
  type Compiler,
  type Each,
  eachOf,
  testOf,
} from '../execution/compiler.ts'
import {charge, type Scope, step} from '../execution/execution.ts'
import {compileMatch} from './comparison.ts'
import {copyOf} from './spread.ts'

/**
 * `| score(…)`: adds what each expression is worth to `_score` and puts the highest first.
 * A true condition is worth 1, a match as much as its terms occur; `&&` and `||` add up, and
 * `boost()` adds its number to whatever it wraps (specification, "Score evaluation"; as in the
 * official tests, what has no score yet starts from 0).
 */
export const compileScore = (
  node: PipeFuncCallNode,
  compiler: Compiler,
  base = compiler.compile(node.base),
): Compiled => {
  const each = eachOf(base)
  const scores = node.args.map((argument) => compileWorth(argument, compiler.inner('inner')))
  const scored: Each = (scope, visit) => {
    const element = compiler.nest(scope, null)
    return each(scope, (value) => {
      step(scope.execution)
      if (!isObject(value)) return visit(value)
      element.value = value
      const result = copyOf(value, scope.execution)
      result['_score'] = scores.reduce((total, worth) => total + worth(element), scoreOf(value))
      return visit(result)
    })
  }
  return {
    ...arrayFrom((scope, visit) => {
      const elements: Value[] = []
      const isArray = scored(scope, (value) => {
        elements.push(value)
        return true
      })
      if (isArray) {
        const compare = (a: Value, b: Value): number => {
          charge(scope.execution, 1)
          return compareRanks(rankOf(b), rankOf(a))
        }
        elements.toSorted(compare).every(visit)
      }
      return isArray
    }),
  }
}

const scoreOf = (value: ValueObject): number => {
  const score = value['_score']
  return typeof score === 'number' ? score : 0
}

/** What is no object has no score and comes last. */
const rankOf = (value: Value): number => (isObject(value) ? scoreOf(value) : -Infinity)

const compareRanks = (a: number, b: number): number => (a === b ? 0 : a - b)

type Worth = (scope: Scope) => number

const compileWorth = (node: ExprNode, compiler: Compiler): Worth => {
  switch (node.type) {
    case 'Group':
      return compileWorth(node.base, compiler)
    case 'Or': {
      const left = compileWorth(node.left, compiler)
      const right = compileWorth(node.right, compiler)
      return (scope) => left(scope) + right(scope)
    }
    case 'And': {
      const left = compileWorth(node.left, compiler)
      const right = compileWorth(node.right, compiler)
      return (scope) => {
        const first = left(scope)
        const second = first === 0 ? 0 : right(scope)
        return second === 0 ? 0 : first + second
      }
    }
    case 'OpCall':
      if (node.op === 'match') return compileMatch(node, compiler).score
      break
    case 'FuncCall': {
      const [inner, boost] = node.args
      if (node.name === 'boost' && inner && boost) return compileBoost(inner, boost, compiler)
      break
    }
    default:
  }
  const test = testOf(compiler.compile(node))
  return (scope) => (test(scope) ? 1 : 0)
}

/** A boost that is no number, or negative, makes its expression worth nothing. */
const compileBoost = (inner: ExprNode, boost: ExprNode, compiler: Compiler): Worth => {
  const worth = compileWorth(inner, compiler)
  const extra = compiler.evaluate(boost)
  return (scope) => {
    const score = worth(scope)
    if (score <= 0) return 0
    const value = extra(scope)
    return typeof value === 'number' && value >= 0 ? score + value : 0
  }
}
