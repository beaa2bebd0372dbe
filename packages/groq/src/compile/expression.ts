/** Compiles a query: a tree of nodes becomes a tree of closures. Calls the compiler of each node. */
import type {ExprNode} from 'groq-js'

import {queryError} from '../core/errors.ts'
import type {Value} from '../core/value.ts'
import {type Compiled, type Compiler, eachOf, testOf} from '../execution/compiler.ts'
import type {Scope} from '../execution/execution.ts'
import {oncePerExecution} from '../execution/oncePerExecution.ts'
import type {Optimisations} from '../execution/optimisations.ts'
import {orderThroughProjection} from '../fast/orderThroughProjection.ts'
import {functionNamed} from '../functions/registry.ts'
import {isClosed, isCostly} from '../parse/ast.ts'
import {
  compileArrayCoercion,
  compileAttribute,
  compileDereference,
  compileElement,
  compileSlice,
} from './access.ts'
import {compileArithmetic, compileNegative, compilePositive} from './arithmetic.ts'
import {
  compileComparison,
  compileEquality,
  compileIn,
  compileInRange,
  compileMatch,
} from './comparison.ts'
import {compileArray, compileObject, compileSelect, compileValue} from './literals.ts'
import {compileAnd, compileGroup, compileNot, compileOr} from './logic.ts'
import {compileOrder} from './order.ts'
import {compileContext, compileParameter, compileParent, compileThis} from './scopes.ts'
import {compileScore} from './score.ts'
import {
  compileDocuments,
  compileFilter,
  compileFlatMap,
  compileMap,
  compileProjection,
} from './traversal.ts'

/** Compiles a whole query: a tree of nodes becomes a tree of closures. */
export const compileExpression = (root: ExprNode, optimisations: Optimisations): Compiled =>
  compilerFor({optimisations, inHidden: false, repeated: false}).compile(
    rewritten(root, optimisations),
  )

/** The tree that is compiled, which gives the same result as the query's own. */
export const rewritten = (root: ExprNode, optimisations: Optimisations): ExprNode =>
  optimisations.has('orderFirst') ? orderThroughProjection(root) : root

interface Surroundings {
  readonly optimisations: Optimisations
  readonly inHidden: boolean
  /** The node may be evaluated more than once: for elements of an array that encloses it. */
  readonly repeated: boolean
}

export const compilerFor = ({optimisations, inHidden, repeated}: Surroundings): Compiler => {
  const isComputedOnce: Compiler['isComputedOnce'] = (node) =>
    optimisations.has('closedOnce') && isClosed(node, inHidden)
  // Filters compile their conditions for the test and for the plan: what is computed once per
  // execution must be the same in both.
  const compiledNodes = new Map<ExprNode, Compiled>()
  const compileUncached: Compiler['compile'] = (node, limit) =>
    repeated && isCostly(node) && isComputedOnce(node)
      ? computedOnce(compilerFor({optimisations, inHidden, repeated: false}).compile(node, limit))
      : compileNode(node, compiler, limit)
  const compile: Compiler['compile'] = (node, limit) => {
    if (limit !== undefined) return compileUncached(node, limit)
    let compiled = compiledNodes.get(node)
    if (!compiled) compiledNodes.set(node, (compiled = compileUncached(node)))
    return compiled
  }
  const inner = new Map<'inner' | 'hidden', Compiler>()
  const compiler: Compiler = {
    optimisations,
    inHidden,
    repeated,
    compile,
    evaluate: (node) => compile(node).evaluate,
    each: (node) => eachOf(compile(node)),
    test: (node) => testOf(compile(node)),
    isComputedOnce,
    inner: (scope) => {
      let known = inner.get(scope)
      if (!known) {
        const surroundings = {optimisations, inHidden: scope === 'hidden', repeated: true}
        inner.set(scope, (known = compilerFor(surroundings)))
      }
      return known
    },
    nest: inHidden ? nestInHidden : nest,
  }
  return compiler
}

const nest = (scope: Scope, value: Value): Scope => ({
  execution: scope.execution,
  value,
  parent: scope,
})

const nestInHidden = ({execution, parent}: Scope, value: Value): Scope => ({
  execution,
  value,
  parent,
})

/** For example a subquery that does not read the document around it. */
const computedOnce = ({evaluate}: Compiled): Compiled => ({evaluate: oncePerExecution(evaluate)})

const compileNode = (node: ExprNode, compiler: Compiler, limit?: number): Compiled => {
  switch (node.type) {
    case 'AccessAttribute':
      return compileAttribute(node, compiler)
    case 'AccessElement':
      return compileElement(node, compiler)
    case 'And':
      return compileAnd(node, compiler)
    case 'Array':
      return compileArray(node, compiler)
    case 'ArrayCoerce':
      return compileArrayCoercion(node, compiler, limit)
    case 'Context':
      return compileContext(node)
    case 'Deref':
      return compileDereference(node, compiler)
    case 'Everything':
      return compileDocuments([], compiler)
    case 'Filter':
      return compileFilter(node, compiler)
    case 'FlatMap':
      return compileFlatMap(node, compiler)
    case 'FuncCall':
      return compileCall(node.namespace, node.name, node.args, compiler)
    case 'Group':
      return compileGroup(node, compiler, limit)
    case 'InRange':
      return compileInRange(node, compiler)
    case 'Map':
      return compileMap(node, compiler, limit)
    case 'Neg':
      return compileNegative(node, compiler)
    case 'Not':
      return compileNot(node, compiler)
    case 'Object':
      return compileObject(node, compiler)
    case 'OpCall':
      return compileOperator(node, compiler)
    case 'Or':
      return compileOr(node, compiler)
    case 'Parameter':
      return compileParameter(node)
    case 'Parent':
      return compileParent(node)
    case 'PipeFuncCall':
      return node.name === 'score'
        ? compileScore(node, compiler)
        : compileOrder(node, compiler, limit)
    case 'Pos':
      return compilePositive(node, compiler)
    case 'Projection':
      return compileProjection(node, compiler)
    case 'Select':
      return compileSelect(node, compiler)
    case 'Slice':
      return compileSlice(node, compiler)
    case 'This':
      return compileThis()
    case 'Value':
      return compileValue(node)
    case 'Asc':
    case 'Desc':
    case 'SelectorFuncCall':
    case 'SelectorNested':
    case 'Tuple':
      throw queryError('(a, b) is no value: it stands only in selectors, as in delta::changedAny')
  }
}

const compileOperator = (
  node: Extract<ExprNode, {type: 'OpCall'}>,
  compiler: Compiler,
): Compiled => {
  switch (node.op) {
    case '==':
    case '!=':
      return compileEquality(node, compiler)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileComparison(node.op, node, compiler)
    case 'in':
      return compileIn(node, compiler)
    case 'match':
      return compileMatch(node, compiler)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '**':
      return compileArithmetic(node.op, node, compiler)
  }
}

const compileCall = (
  namespace: string,
  name: string,
  args: readonly ExprNode[],
  compiler: Compiler,
): Compiled => {
  const called = functionNamed(namespace, name)
  if (!called) throw new Error(`There is no function ${namespace}::${name}`)
  return called.compile(args, compiler)
}
