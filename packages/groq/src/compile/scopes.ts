/** What an expression finds around it: `@`, `^`, `$name`, and delta mode's before and after. */
import type {ContextNode, ParameterNode, ParentNode} from 'groq-js'

import {queryError} from '../core/errors.ts'
import type {Compiled} from '../execution/compiler.ts'
import type {Scope} from '../execution/execution.ts'

export const compileThis = (): Compiled => ({evaluate: (scope) => scope.value})

export const compileParent = (node: ParentNode): Compiled => {
  if (node.n === 1) return {evaluate: (scope) => scope.parent?.value ?? null}
  return {
    evaluate: (scope) => {
      let current: Scope | undefined = scope
      for (let hops = node.n; hops > 0 && current; hops--) current = current.parent
      return current?.value ?? null
    },
  }
}

export const compileParameter = (node: ParameterNode): Compiled => {
  const {name} = node
  return {
    evaluate: ({execution}) => {
      const value = execution.params[name]
      if (value === undefined) throw missingParameter(name)
      return value
    },
  }
}

/** A query is refused when it mentions a parameter that was not sent: null is a value, too. */
export const missingParameter = (name: string) =>
  queryError(`param $${name} referenced, but not provided`)

export const compileContext = (node: ContextNode): Compiled =>
  node.key === 'before'
    ? {evaluate: (scope) => scope.execution.before}
    : {evaluate: (scope) => scope.execution.after}
