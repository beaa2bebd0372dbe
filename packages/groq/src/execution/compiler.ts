/** The types of compiled expressions, and of the compiler that makes them. */
import type {ExprNode} from 'groq-js'

import type {JsonText} from '../core/jsonText.ts'
import {isArray} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {ReadJson} from '../source/source.ts'
import {charge} from './execution.ts'
import type {Scope} from './execution.ts'
import type {Optimisations} from './optimisations.ts'

/** An expression as a function of its scope. */
export type Evaluate = (scope: Scope) => Value

/** Receives the elements of an array, one by one; returns false to get no more. */
export type Visit = (element: Value) => boolean

/** Sends the elements of an array to `visit`; returns false when there is no array. */
export type Each = (scope: Scope, visit: Visit) => boolean

/** As `Each`, but leaves out the first `skip` elements. */
export type EachAfter = (scope: Scope, skip: number, visit: Visit) => boolean

/**
 * Sends stored documents to `visit` without parsing them, but for the first `skip`, ordered by id
 * unless another order is requested; returns false when that is impossible, and then has sent
 * nothing.
 */
export type EachJson = (
  scope: Scope,
  skip: number,
  visit: (document: ReadJson) => boolean,
  order?: DocumentOrder,
) => boolean

/** True where the expression is exactly `true`: all that filters and conditions need. */
export type Test = (scope: Scope) => boolean

/** One node, compiled: `each` and `test` where they cost less than `evaluate` does. */
export interface Compiled {
  readonly evaluate: Evaluate
  readonly each?: Each
  readonly test?: Test
  /** Absent without optimisations. */
  readonly fast?: FastWays | undefined
}

/**
 * Faster ways to what `evaluate` gives, or to a part of it. They come from the room `fast`; each may
 * be absent, and its users have another way.
 */
export interface FastWays {
  /** How many elements the array has, where that is known without visiting them. */
  readonly count?: (scope: Scope) => number | undefined
  /**
   * Visits documents in order, where an index keeps them so, without those that the order skips;
   * returns false where none does.
   */
  readonly ordered?: (scope: Scope, order: DocumentOrder, visit: Visit) => boolean
  /** Leaves out the first elements, where possible without reading them. */
  readonly after?: EachAfter
  /** Sends the elements as JSON; returns false where they must be parsed. */
  readonly json?: EachJson
  /** The value as JSON, where it need not be read; undefined where it must. */
  readonly wholeJson?: (scope: Scope) => JsonText | undefined
  /** The elements are documents in `_id` order, each once. */
  readonly inIdOrder?: boolean
}

/** What the compilers of node families use to compile their children. */
export interface Compiler {
  readonly optimisations: Optimisations
  /** True inside the elements of a mapped traversal: a scope that `^` skips. */
  readonly inHidden: boolean
  /** The node may be evaluated more than once: for elements of an array that encloses it. */
  readonly repeated: boolean
  /** @param limit No more than this many elements of the node's array will be looked at. */
  compile(node: ExprNode, limit?: number): Compiled
  evaluate(node: ExprNode): Evaluate
  each(node: ExprNode): Each
  test(node: ExprNode): Test
  /**
   * True when the node has the same value wherever in the query it is evaluated, and need only be
   * computed once.
   */
  isComputedOnce(node: ExprNode): boolean
  /** The compiler for expressions that see the elements of an array, or a projected object. */
  inner(scope: 'inner' | 'hidden'): Compiler
  /** The scope that such an expression is evaluated in. */
  nest(scope: Scope, value: Value): Scope
}

export interface DocumentOrder {
  /** As `source.ts` writes paths. */
  readonly path: string
  readonly direction: 'asc' | 'desc'
  /** How many documents will be looked at, those that are skipped included. */
  readonly limit: number
  /** How many at the beginning are not wanted. */
  readonly skip?: number
}

export const testOf = (compiled: Compiled): Test => {
  const {evaluate, test} = compiled
  return test ?? ((scope) => evaluate(scope) === true)
}

/** Elements that are not charged by themselves. */
const FEW = 16

/** Visits the elements of whatever the expression gives. */
export const eachOf = ({each, evaluate}: Compiled): Each =>
  each ??
  ((scope, visit) => {
    const value = evaluate(scope)
    if (!isArray(value)) return false
    // All at once: a call for each element would be a tenth of what a short filter takes. A few are
    // part of the visit to the element that they belong to.
    if (value.length > FEW) charge(scope.execution, value.length)
    for (const element of value) if (!visit(element)) break
    return true
  })

/** A compiled array from its `each`. */
export const arrayFrom = (each: Each): Compiled => ({
  each,
  evaluate: (scope) => {
    const elements: Value[] = []
    const isArray = each(scope, (element) => {
      elements.push(element)
      return true
    })
    return isArray ? elements : null
  },
})
