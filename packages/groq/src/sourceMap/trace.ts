/** Evaluates an expression together with the origin of its value. */
import type {
  ArrayNode,
  ExprNode,
  FuncCallNode,
  ObjectNode,
  ParentNode,
  ProjectionNode,
  SelectNode,
} from 'groq-js'

import {isObject, setAttribute} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {Compiler} from '../execution/compiler.ts'
import {
  givesDocuments,
  traceArrayCoercion,
  traceElement,
  traceFilter,
  traceFlatMap,
  traceMap,
  traceOrder,
  traceSlice,
} from './traceArrays.ts'
import {type Traced, nothing, ofElements} from './traced.ts'
import {type Trace, attributesOf, attributeTracer, elementsOf, nestTraced} from './traceScope.ts'

/**
 * Evaluates an expression along with the origin of its value. Nodes that hand values on (attributes,
 * projections, traversals) are followed; all others are evaluated as usual, by the compiler, and
 * give what was computed. It is slower than evaluating, and done only on request.
 */
export const compileTrace = (node: ExprNode, compiler: Compiler): Trace => {
  const follow = (inner: ExprNode): Trace => compileTrace(inner, compiler)
  if (givesDocuments(node)) return computed(node, compiler)
  switch (node.type) {
    case 'AccessAttribute': {
      const read = attributeTracer(node.name)
      const base = node.base ? follow(node.base) : traceThis
      return (scope) => read(base(scope), scope.origins)
    }
    case 'AccessElement':
      return traceElement(node, follow(node.base))
    case 'Array':
      return traceArray(node, follow)
    case 'ArrayCoerce':
      return traceArrayCoercion(follow(node.base))
    case 'Filter':
      return traceFilter(node, follow(node.base), compiler)
    case 'FlatMap':
    case 'Map': {
      const inner = compileTrace(node.expr, compiler.inner('hidden'))
      return node.type === 'Map'
        ? traceMap(follow(node.base), inner, compiler)
        : traceFlatMap(follow(node.base), inner, compiler)
    }
    case 'FuncCall':
      return isCoalesce(node) ? traceCoalesce(node.args.map(follow)) : computed(node, compiler)
    case 'Group':
      return follow(node.base)
    case 'Object':
      return traceObject(node, compiler)
    case 'Parameter':
    case 'Value': {
      const evaluate = compiler.evaluate(node)
      return ({plain}) => ({from: 'query', value: evaluate(plain)})
    }
    case 'Parent':
      return traceParent(node)
    case 'PipeFuncCall':
      return node.name === 'order'
        ? traceOrder(node, follow(node.base), compiler)
        : computed(node, compiler)
    case 'Projection':
      return traceProjection(node, compiler)
    case 'Select':
      return traceSelect(node, compiler)
    case 'Slice':
      return traceSlice(node, follow(node.base))
    case 'This':
      return traceThis
    default:
      return computed(node, compiler)
  }
}

/** Dereferences are among these: the document that they lead to is known when it is seen. */
const computed = (node: ExprNode, compiler: Compiler): Trace => {
  const evaluate = compiler.evaluate(node)
  return ({plain, origins}) => origins.of(evaluate(plain))
}

const traceThis: Trace = ({self}) => self

const traceParent =
  (node: ParentNode): Trace =>
  (scope) => {
    let current: typeof scope | undefined = scope
    for (let hops = node.n; hops > 0 && current; hops--) current = current.parent
    return current?.self ?? nothing
  }

const traceArray = (node: ArrayNode, follow: (node: ExprNode) => Trace): Trace => {
  const parts = node.elements.map(({value, isSplat}) => ({isSplat, trace: follow(value)}))
  return (scope) =>
    ofElements(
      parts.flatMap(({isSplat, trace}) => {
        const part = trace(scope)
        return isSplat ? (elementsOf(part, scope.origins) ?? []) : [part]
      }),
    )
}

const traceObject = (node: ObjectNode, compiler: Compiler): Trace => {
  const steps = node.attributes.map((part) => ({
    name: part.type === 'ObjectAttributeValue' ? part.name : undefined,
    test: part.type === 'ObjectConditionalSplat' ? compiler.test(part.condition) : undefined,
    trace: compileTrace(part.value, compiler),
  }))
  return (scope) => {
    const value: Record<string, Value> = {}
    const attributes = new Map<string, Traced>()
    const set = (name: string, traced: Traced): void => {
      setAttribute(value, name, traced.value)
      attributes.set(name, traced)
    }
    for (const {name, test, trace} of steps) {
      if (name !== undefined) set(name, trace(scope))
      else if (!test || test(scope.plain)) {
        for (const [inner, traced] of attributesOf(trace(scope), scope.origins)) set(inner, traced)
      }
    }
    return {from: 'attributes', value, attributes}
  }
}

const traceProjection = (node: ProjectionNode, compiler: Compiler): Trace => {
  const base = compileTrace(node.base, compiler)
  const project = compileTrace(node.expr, compiler.inner('inner'))
  return (scope) => {
    const traced = base(scope)
    return isObject(traced.value) ? project(nestTraced(compiler, scope, traced)) : nothing
  }
}

const traceSelect = (node: SelectNode, compiler: Compiler): Trace => {
  const alternatives = node.alternatives.map(({condition, value}) => ({
    test: compiler.test(condition),
    trace: compileTrace(value, compiler),
  }))
  const fallback = node.fallback ? compileTrace(node.fallback, compiler) : () => nothing
  return (scope) => {
    const met = alternatives.find(({test}) => test(scope.plain))
    return (met?.trace ?? fallback)(scope)
  }
}

const isCoalesce = ({namespace, name}: FuncCallNode): boolean =>
  namespace === 'global' && name === 'coalesce'

const traceCoalesce =
  (values: readonly Trace[]): Trace =>
  (scope) => {
    for (const trace of values) {
      const traced = trace(scope)
      if (traced.value !== null) return traced
    }
    return nothing
  }
