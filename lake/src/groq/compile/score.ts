import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import {step} from '../run.ts'
import type {Scope} from '../run.ts'
import {assignAttributes, isObject} from '../value.ts'
import type {Value} from '../value.ts'
import {arrayFrom, eachOf, testOf} from './compiler.ts'
import type {Compiled, Compiler} from './compiler.ts'
import {compileMatch} from './match.ts'

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
  return arrayFrom((scope, visit) => {
    const scored: {readonly value: Value; readonly score: number}[] = []
    const others: Value[] = []
    const element = compiler.nest(scope, null)
    const isArray = each(scope, (value) => {
      step(scope.run)
      if (!isObject(value)) {
        others.push(value)
        return true
      }
      element.value = value
      const before = value['_score']
      const score = scores.reduce(
        (total, worth) => total + worth(element),
        typeof before === 'number' ? before : 0,
      )
      const result: Record<string, Value> = {}
      assignAttributes(result, value)
      result['_score'] = score
      scored.push({value: result, score})
      return true
    })
    if (!isArray) return false
    scored.sort((a, b) => b.score - a.score)
    for (const {value} of scored) if (!visit(value)) return true
    for (const value of others) if (!visit(value)) return true
    return true
  })
}

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
