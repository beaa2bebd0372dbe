import type {FilterNode, FlatMapNode, MapNode, ProjectionNode} from 'groq-js'

import {step} from '../run.ts'
import {isArray, isObject} from '../value.ts'
import {arrayFrom} from './compiler.ts'
import type {Compiled, Compiler, Each} from './compiler.ts'

/** What traversals do with each element: keep it, project it, replace it. */

export const compileFilter = (node: FilterNode, compiler: Compiler): Compiled => {
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

export const compileMap = (node: MapNode, compiler: Compiler): Compiled =>
  arrayFrom(mapEach(node, compiler))

/** As map, with the arrays among the results opened up. */
export const compileFlatMap = (node: FlatMapNode, compiler: Compiler): Compiled => {
  const each = mapEach(node, compiler)
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

const mapEach = (node: MapNode | FlatMapNode, compiler: Compiler): Each => {
  const each = compiler.each(node.base)
  const evaluate = compiler.inner('hidden').evaluate(node.expr)
  return (scope, visit) => {
    const element = compiler.nest(scope, null)
    return each(scope, (value) => {
      step(scope.run)
      element.value = value
      return visit(evaluate(element))
    })
  }
}
