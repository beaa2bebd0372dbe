/** Traces arrays: filters, slices, maps and orders. */
import type {AccessElementNode, ExprNode, FilterNode, PipeFuncCallNode, SliceNode} from 'groq-js'

import {isArray} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {Compiler} from '../execution/compiler.ts'
import {step} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {ungroup} from '../parse/ast.ts'
import {filterChain} from '../plan/filterChain.ts'
import {totalCompare} from '../values/compare.ts'
import {type Traced, nothing, ofElements} from './traced.ts'
import {type Trace, type TraceScope, elementsOf, nestTraced} from './traceScope.ts'

/** Whether the elements are documents just as they were read: those are known when they are seen. */
export const givesDocuments = (expression: ExprNode): boolean => {
  const node = ungroup(expression)
  switch (node.type) {
    case 'Everything':
      return true
    case 'Filter':
      return filterChain(node) !== undefined || givesDocuments(node.base)
    case 'AccessElement':
    case 'ArrayCoerce':
    case 'PipeFuncCall':
    case 'Slice':
      return givesDocuments(node.base)
    default:
      return false
  }
}

export const traceElement = ({index}: AccessElementNode, base: Trace): Trace => {
  return (scope) => elementsOf(base(scope), scope.origins)?.at(index) ?? nothing
}

export const traceSlice = ({left, right, isInclusive}: SliceNode, base: Trace): Trace =>
  overElements(base, (elements) => {
    const {length} = elements
    const end = isInclusive ? right + 1 : right
    const from = left < 0 ? left + length : left
    const to = right < 0 ? end + length : end
    return elements.slice(Math.max(from, 0), Math.max(to, 0))
  })

export const traceFilter = (node: FilterNode, base: Trace, compiler: Compiler): Trace => {
  const keeps = compiler.inner('inner').test(node.expr)
  return overElements(base, (elements, scope) =>
    elements.filter(({value}) => {
      step(scope.plain.execution)
      return keeps(compiler.nest(scope.plain, value))
    }),
  )
}

export const traceMap = (base: Trace, inner: Trace, compiler: Compiler): Trace =>
  overElements(base, (elements, scope) =>
    elements.map((element) => {
      step(scope.plain.execution)
      return inner(nestTraced(compiler, scope, element))
    }),
  )

/** As a map, with the arrays among the results opened up. */
export const traceFlatMap = (base: Trace, inner: Trace, compiler: Compiler): Trace =>
  overElements(traceMap(base, inner, compiler), (elements, {origins}) =>
    elements.flatMap((element) => elementsOf(element, origins) ?? [element]),
  )

export const traceOrder = (node: PipeFuncCallNode, base: Trace, compiler: Compiler): Trace => {
  const inner = compiler.inner('inner')
  const keys = node.args.map((argument) => {
    const isDirected = argument.type === 'Asc' || argument.type === 'Desc'
    return {
      evaluate: inner.evaluate(isDirected ? argument.base : argument),
      sign: argument.type === 'Desc' ? -1 : 1,
    }
  })
  const compare = (a: readonly Value[], b: readonly Value[], execution: Execution): number => {
    for (const [index, {sign}] of keys.entries()) {
      const order = totalCompare(a[index] ?? null, b[index] ?? null, execution)
      if (order !== 0) return sign * order
    }
    return 0
  }
  return overElements(base, (elements, {plain}) =>
    elements
      .map((element) => {
        step(plain.execution)
        const scope = compiler.nest(plain, element.value)
        return {element, keys: keys.map(({evaluate}) => evaluate(scope))}
      })
      .toSorted((a, b) => compare(a.keys, b.keys, plain.execution))
      .map(({element}) => element),
  )
}

/** Null for what is no array. */
const overElements =
  (
    base: Trace,
    change: (elements: readonly Traced[], scope: TraceScope) => readonly Traced[],
  ): Trace =>
  (scope) => {
    const elements = elementsOf(base(scope), scope.origins)
    return elements ? ofElements(change(elements, scope)) : nothing
  }

/** An array as it is, null for anything else. */
export const traceArrayCoercion =
  (base: Trace): Trace =>
  (scope) => {
    const traced = base(scope)
    return isArray(traced.value) ? traced : nothing
  }
