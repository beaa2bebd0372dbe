/**
 * Room compile turns each kind of node into a closure that evaluates it. This file: ways into a value,
 * that is attributes, references, elements and slices of arrays.
 */
import type {
  AccessAttributeNode,
  AccessElementNode,
  ArrayCoerceNode,
  DerefNode,
  SliceNode,
} from 'groq-js'

import {attributeReader, isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {arrayFrom} from '../execution/compiler.ts'
import type {Compiled, Compiler, Each, EachAfter} from '../execution/compiler.ts'
import {charge, chargeText} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {elementWays, sliceWays} from '../fast/wholeDocuments.ts'

export const compileAttribute = (node: AccessAttributeNode, compiler: Compiler): Compiled => {
  const read = attributeReader(node.name)
  if (!node.base || node.base.type === 'This') return {evaluate: (scope) => read(scope.value)}
  const base = compiler.evaluate(node.base)
  return {evaluate: (scope) => read(base(scope))}
}

export const compileDereference = (node: DerefNode, compiler: Compiler): Compiled => {
  const base = compiler.evaluate(node.base)
  return {evaluate: (scope) => dereference(base(scope), scope.execution)}
}

/** The document that a reference points at, as the perspective shows it; else null. */
const dereference = (reference: Value, execution: Execution): Value => {
  if (!isObject(reference)) return null
  const id = reference['_ref']
  if (typeof id !== 'string') return null
  const dataset = reference['_dataset']
  if (typeof dataset === 'string' && dataset !== execution.dataset) return null
  // Finding it is charged by the source.
  chargeText(execution, id.length)
  execution.report.dereferenced.push(id)
  return execution.source.get(id) ?? null
}

export const compileElement = (node: AccessElementNode, compiler: Compiler): Compiled => {
  const {index} = node
  const base = compiler.compile(node.base, index < 0 ? undefined : index + 1)
  const {each, evaluate} = base
  if (index < 0 || !each) {
    return {
      evaluate: (scope) => {
        const value = evaluate(scope)
        return isArray(value) ? (value.at(index) ?? null) : null
      },
    }
  }
  const after = afterOf(base, each)
  return {
    evaluate: (scope) => {
      let found: Value = null
      after(scope, index, (element) => {
        found = element
        return false
      })
      return found
    },
    fast: elementWays(base, index),
  }
}

export const compileSlice = (node: SliceNode, compiler: Compiler): Compiled => {
  const {left, isInclusive} = node
  const right = isInclusive ? node.right + 1 : node.right
  const counted = left >= 0 && node.right >= 0
  const base = compiler.compile(node.base, counted ? right : undefined)
  const {each, evaluate} = base
  if (counted && each) {
    return {
      ...arrayFrom(sliceEach(afterOf(base, each), left, right)),
      fast: sliceWays(base, left, right),
    }
  }
  return {
    evaluate: (scope) => {
      const value = evaluate(scope)
      if (!isArray(value)) return null
      const {length} = value
      const from = left < 0 ? left + length : left
      const to = node.right < 0 ? right + length : right
      charge(scope.execution, length >> 3)
      return value.slice(Math.max(from, 0), Math.max(to, 0))
    },
  }
}

/** Visits the elements but for the first, which are not read where that is possible. */
const afterOf =
  ({fast}: Compiled, each: Each): EachAfter =>
  (scope, skip, visit) => {
    if (fast?.after && skip > 0) return fast.after(scope, skip, visit)
    let left = skip
    return each(scope, (element) => left-- > 0 || visit(element))
  }

/** Stops reading at the last element of the slice. */
const sliceEach =
  (after: EachAfter, left: number, right: number): Each =>
  (scope, visit) => {
    let position = left
    return after(scope, left, (element) => position < right && visit(element) && ++position < right)
  }

export const compileArrayCoercion = (
  node: ArrayCoerceNode,
  compiler: Compiler,
  limit?: number,
): Compiled => {
  // A value that is not an array becomes null, so its JSON may not be passed through.
  const base = compiler.compile(node.base, limit)
  const {wholeJson: _, ...fast} = base.fast ?? {}
  return {
    ...base,
    fast,
    evaluate: (scope) => {
      const value = base.evaluate(scope)
      return isArray(value) ? value : null
    },
  }
}
