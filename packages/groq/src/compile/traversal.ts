/** What traversals do with each element: keep it, project it, replace it. */
import type {ExprNode, FilterNode, FlatMapNode, MapNode, ProjectionNode} from 'groq-js'

import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {arrayFrom, eachOf} from '../execution/compiler.ts'
import type {Compiled, Compiler, Each, Evaluate} from '../execution/compiler.ts'
import {step} from '../execution/execution.ts'
import type {Scope} from '../execution/execution.ts'
import {filterWays} from '../fast/filterWays.ts'
import {wantedByScore} from '../fast/wantedByScore.ts'
import {filterChain} from '../plan/filterChain.ts'
import {planFilter} from '../plan/planFilter.ts'
import {compileScore} from './score.ts'

/** `*[conditions]`. See planFilter for `wanted`. */
export const compileDocuments = (
  conditions: readonly ExprNode[],
  compiler: Compiler,
  wanted?: ExprNode,
): Compiled => {
  const plan = planFilter(conditions, compiler, wanted)
  return {...arrayFrom(plan.each), fast: filterWays(plan, compiler)}
}

export const compileFilter = (node: FilterNode, compiler: Compiler): Compiled => {
  const conditions = filterChain(node)
  if (conditions) return compileDocuments(conditions, compiler)
  const base = compileScored(node, compiler) ?? compiler.compile(node.base)
  const keeps = compiler.inner('inner').test(node.expr)
  const each = eachOf(base)
  return arrayFrom((scope, visit) => {
    const element = compiler.nest(scope, null)
    return each(scope, (value) => {
      step(scope.execution)
      element.value = value
      return keeps(element) ? visit(value) : true
    })
  })
}

/** `*[…] | score(…)[_score > 0]`: only what some expression finds has a score, and is wanted. */
const compileScored = (node: FilterNode, compiler: Compiler): Compiled | undefined => {
  const wanted = compiler.optimisations.has('scoredOnly') ? wantedByScore(node) : undefined
  return (
    wanted &&
    compileScore(
      wanted.score,
      compiler,
      compileDocuments(wanted.conditions, compiler, wanted.anyOf),
    )
  )
}

export const compileProjection = (node: ProjectionNode, compiler: Compiler): Compiled => {
  const base = compiler.evaluate(node.base)
  const project = compiler.inner('inner').evaluate(node.expr)
  return {
    evaluate: (scope) => {
      const value = base(scope)
      return isObject(value) ? project(compiler.nest(scope, value)) : null
    },
  }
}

export const compileMap = (node: MapNode, compiler: Compiler, limit?: number): Compiled => {
  const base = compiler.compile(node.base, limit)
  const evaluate = compiler.inner('hidden').evaluate(node.expr)
  if (!base.each) return {evaluate: mapArray(base.evaluate, evaluate, compiler)}
  const {count, after} = base.fast ?? {}
  return {
    ...arrayFrom(mapEach(base.each, evaluate, compiler)),
    fast: {
      ...(count && {count}),
      ...(after && {
        after: (scope, skip, visit) =>
          mapEach((_, each) => after(scope, skip, each), evaluate, compiler)(scope, visit),
      }),
    },
  }
}

/** As map, with the arrays among the results opened up. */
export const compileFlatMap = (node: FlatMapNode, compiler: Compiler): Compiled => {
  const evaluate = compiler.inner('hidden').evaluate(node.expr)
  const each = mapEach(eachOf(compiler.compile(node.base)), evaluate, compiler)
  return arrayFrom((scope, visit) =>
    each(scope, (value) => {
      if (!isArray(value)) return visit(value)
      for (const element of value) {
        step(scope.execution)
        if (!visit(element)) return false
      }
      return true
    }),
  )
}

const mapEach =
  (each: Each, evaluate: Evaluate, compiler: Compiler): Each =>
  (scope, visit) => {
    const element = compiler.nest(scope, null)
    return each(scope, (value) => {
      step(scope.execution)
      element.value = value
      return visit(evaluate(element))
    })
  }

const mapArray =
  (array: Evaluate, evaluate: Evaluate, compiler: Compiler) =>
  (scope: Scope): Value => {
    const elements = array(scope)
    if (!isArray(elements)) return null
    const element = compiler.nest(scope, null)
    const results: Value[] = []
    for (const value of elements) {
      step(scope.execution)
      element.value = value
      results.push(evaluate(element))
    }
    return results
  }
