/** Three-valued logic: what is neither true nor false is unknown, and unknown is null. */
import type {AndNode, GroupNode, NotNode, OrNode} from 'groq-js'

import {testOf} from '../execution/compiler.ts'
import type {Compiled, Compiler} from '../execution/compiler.ts'

const withTest = (compiled: Compiled) => ({evaluate: compiled.evaluate, test: testOf(compiled)})

export const compileAnd = (node: AndNode, compiler: Compiler): Compiled => {
  const {evaluate: left, test: leftTest} = withTest(compiler.compile(node.left))
  const {evaluate: right, test: rightTest} = withTest(compiler.compile(node.right))
  return {
    test: (scope) => leftTest(scope) && rightTest(scope),
    evaluate: (scope) => {
      const first = left(scope)
      if (first === false) return false
      const second = right(scope)
      if (second === false) return false
      return first === true && second === true ? true : null
    },
  }
}

export const compileOr = (node: OrNode, compiler: Compiler): Compiled => {
  const {evaluate: left, test: leftTest} = withTest(compiler.compile(node.left))
  const {evaluate: right, test: rightTest} = withTest(compiler.compile(node.right))
  return {
    test: (scope) => leftTest(scope) || rightTest(scope),
    evaluate: (scope) => {
      const first = left(scope)
      if (first === true) return true
      const second = right(scope)
      if (second === true) return true
      return first === false && second === false ? false : null
    },
  }
}

export const compileNot = (node: NotNode, compiler: Compiler): Compiled => {
  const base = compiler.evaluate(node.base)
  return {
    test: (scope) => base(scope) === false,
    evaluate: (scope) => {
      const value = base(scope)
      return typeof value === 'boolean' ? !value : null
    },
  }
}

export const compileGroup = (node: GroupNode, compiler: Compiler, limit?: number): Compiled =>
  compiler.compile(node.base, limit)
