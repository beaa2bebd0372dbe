/** What changed between two values (specification, "Diff Extension"). */
import type {ExprNode} from 'groq-js'

import type {Compiler} from '../execution/compiler.ts'
import {nullary, special} from './groqFunction.ts'
import type {GroqFunction, Namespace} from './groqFunction.ts'
import {changedAny, changedOnly} from './keyPaths.ts'
import type {Changed} from './keyPaths.ts'
import {compileSelector} from './selector.ts'
import type {Select} from './selector.ts'

const nothing: Select = () => []

const selectorOf = (node: ExprNode | undefined, compiler: Compiler): Select =>
  node ? compileSelector(node, compiler) : nothing

const diff = (summary: string, changed: Changed): GroqFunction =>
  special('before, after, selector', summary, ([before, after, selector], compiler) => {
    const left = before ? compiler.evaluate(before) : () => null
    const right = after ? compiler.evaluate(after) : () => null
    const select = selectorOf(selector, compiler)
    return {
      evaluate: (scope) =>
        changed(left(scope), right(scope), (value) => select(value, scope), scope.execution),
    }
  })

const delta = (summary: string, changed: Changed): GroqFunction =>
  special('selector', summary, ([selector], compiler) => {
    const select = selectorOf(selector, compiler)
    return {
      evaluate: (scope) =>
        changed(
          scope.execution.before,
          scope.execution.after,
          (value) => select(value, scope),
          scope.execution,
        ),
    }
  })

const any = 'Whether anything that the selector names changed'
const only = 'Whether nothing changed but what the selector names'

export const diffFunctions: Namespace = {
  changedAny: diff(any, changedAny),
  changedOnly: diff(only, changedOnly),
}

/** The same in delta mode, on the document before and after a change. */
export const deltaFunctions: Namespace = {
  operation: nullary('What happened: "create", "update" or "delete"', ({before, after}) => {
    if (after === null) return before === null ? null : 'delete'
    return before === null ? 'create' : 'update'
  }),
  changedAny: delta(any, changedAny),
  changedOnly: delta(only, changedOnly),
}
