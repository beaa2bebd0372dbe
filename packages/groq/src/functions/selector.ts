/** Evaluates selectors, the last argument of `diff::` and `delta::` functions. */
import type {ExprNode} from 'groq-js'

import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {Compiler, Test} from '../execution/compiler.ts'
import {charge} from '../execution/execution.ts'
import type {Scope} from '../execution/execution.ts'
import {at} from './keyPaths.ts'
import type {KeyPath} from './keyPaths.ts'

/** The places inside a value that a selector names (specification, "Selector evaluation"). */
export type Select = (value: Value, scope: Scope) => readonly KeyPath[]

/** @param node A selector: the parser lets nothing else through where selectors stand. */
export const compileSelector = (node: ExprNode, compiler: Compiler): Select => {
  switch (node.type) {
    case 'Group':
      return compileSelector(node.base, compiler)
    case 'Tuple': {
      const members = node.members.map((member) => compileSelector(member, compiler))
      return (value, scope) => members.flatMap((select) => select(value, scope))
    }
    case 'AccessAttribute': {
      const {name} = node
      return node.base
        ? after(compileSelector(node.base, compiler), () => [[name]])
        : () => [[name]]
    }
    case 'ArrayCoerce':
      return after(compileSelector(node.base, compiler), (value, {execution}) => {
        if (!isArray(value)) return []
        charge(execution, 2 * value.length)
        return value.map((_, index) => [index])
      })
    case 'Filter': {
      const test = compiler.inner('inner').test(node.expr)
      return after(compileSelector(node.base, compiler), (value, scope) =>
        isArray(value)
          ? value.flatMap((element, index) => {
              charge(scope.execution, 2)
              return test(compiler.nest(scope, element)) ? [[index]] : []
            })
          : [],
      )
    }
    case 'SelectorNested':
      return after(compileSelector(node.base, compiler), compileSelector(node.nested, compiler))
    case 'SelectorFuncCall': {
      const test = compiler.inner('hidden').test(node.arg)
      return (value, scope) => anywhere(value, test, (inner) => compiler.nest(scope, inner))
    }
    default:
      throw new Error(`${node.type} is no selector`)
  }
}

/** Continues from each place that `base` names. */
const after =
  (base: Select, next: Select): Select =>
  (value, scope) =>
    base(value, scope).flatMap((path) => {
      const rests = next(at(value, path), scope)
      charge(scope.execution, 1 + path.length * (1 + rests.length))
      return rests.map((rest) => [...path, ...rest])
    })

/** Every object, at any depth, for which the condition holds. */
const anywhere = (value: Value, test: Test, nest: (inner: Value) => Scope): KeyPath[] => {
  const scope = nest(value)
  charge(scope.execution, 2)
  const inside = (key: string | number, inner: Value) =>
    anywhere(inner, test, nest).map((path): KeyPath => {
      charge(scope.execution, 1 + path.length)
      return [key, ...path]
    })
  if (isArray(value)) return value.flatMap((element, index) => inside(index, element))
  if (!isObject(value)) return []
  const below = Object.entries(value).flatMap(([key, inner]) => inside(key, inner))
  return test(scope) ? [[], ...below] : below
}
