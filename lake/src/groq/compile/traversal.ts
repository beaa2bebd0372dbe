import type {ExprNode, FilterNode, FlatMapNode, MapNode, ProjectionNode} from 'groq-js'

import {filterChain} from '../filterChain.ts'
import {planFilter} from '../plan/planFilter.ts'
import {step} from '../run.ts'
import {isArray, isObject} from '../value.ts'
import {arrayFrom, eachOf} from './compiler.ts'
import type {Compiled, Compiler, Each} from './compiler.ts'

/** What traversals do with each element: keep it, project it, replace it. */

export const compileFilter = (node: FilterNode, compiler: Compiler): Compiled => {
  const conditions = filterChain(node)
  if (conditions) return planFilter(conditions, compiler)
  const each = compiler.each(node.base)
  const keeps = compiler.inner('inner').test(node.expr)
  return arrayFrom((scope, visit) => {
    const element = compiler.nest(scope, null)
    return each(scope, (value) => {
      step(scope.run)
      element.value = value
      return keeps(element) ? visit(value) : true
    })
  })
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
  return {
    ...arrayFrom(mapEach(base, node.expr, compiler)),
    ...(base.count && {count: base.count}),
  }
}

/** As map, with the arrays among the results opened up. */
export const compileFlatMap = (node: FlatMapNode, compiler: Compiler): Compiled => {
  const each = mapEach(compiler.compile(node.base), node.expr, compiler)
  return arrayFrom((scope, visit) =>
    each(scope, (value) => {
      if (!isArray(value)) return visit(value)
      for (const element of value) {
        step(scope.run)
        if (!visit(element)) return false
      }
      return true
    }),
  )
}

const mapEach = (base: Compiled, expression: ExprNode, compiler: Compiler): Each => {
  const each = eachOf(base)
  const evaluate = compiler.inner('hidden').evaluate(expression)
  return (scope, visit) => {
    const element = compiler.nest(scope, null)
    return each(scope, (value) => {
      step(scope.run)
      element.value = value
      return visit(evaluate(element))
    })
  }
}
