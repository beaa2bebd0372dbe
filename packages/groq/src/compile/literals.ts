/** Values written in the query, and arrays, objects and conditions made of expressions. */
import type {ArrayNode, ObjectAttributeNode, ObjectNode, SelectNode, ValueNode} from 'groq-js'

import type {Json} from '../core/document.ts'
import {isArray, isObject, setAttribute} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {Compiled, Compiler} from '../execution/compiler.ts'
import {allocateElements, charge} from '../execution/execution.ts'
import type {Execution, Scope} from '../execution/execution.ts'
import {assignAttributes, copyOf} from './spread.ts'

export const compileValue = (node: ValueNode<Json>): Compiled => {
  const {value} = node
  return {evaluate: () => value}
}

export const compileArray = (node: ArrayNode, compiler: Compiler): Compiled => {
  const elements = node.elements.map(({value, isSplat}) => ({
    isSplat,
    evaluate: compiler.evaluate(value),
  }))
  return {
    evaluate: (scope) => {
      const result: Value[] = []
      charge(scope.execution, elements.length)
      for (const {isSplat, evaluate} of elements) {
        const value = evaluate(scope)
        if (!isSplat) result.push(value)
        else if (isArray(value)) {
          allocateElements(scope.execution, value.length)
          for (const element of value) result.push(element)
        }
      }
      return result
    },
  }
}

/** Attributes that are not counted by themselves. */
const FEW = 8

type Build = (result: Record<string, Value>, scope: Scope) => void

export const compileObject = (node: ObjectNode, compiler: Compiler): Compiled => {
  const [first] = node.attributes
  const steps = node.attributes.map((part) => compileAttributePart(part, compiler))
  if (first?.type === 'ObjectSplat') {
    const evaluate = compiler.evaluate(first.value)
    const others = steps.slice(1)
    return {
      evaluate: (scope) => {
        const value = evaluate(scope)
        const result: Record<string, Value> = isObject(value) ? copyOf(value, scope.execution) : {}
        if (others.length > FEW) charge(scope.execution, others.length)
        for (const build of others) build(result, scope)
        return result
      },
    }
  }
  // A few attributes are part of the visit to the element that they are made for.
  const units = steps.length > FEW ? steps.length : 0
  return {
    evaluate: (scope) => {
      if (units > 0) charge(scope.execution, units)
      const result: Record<string, Value> = {}
      for (const build of steps) build(result, scope)
      return result
    },
  }
}

const compileAttributePart = (part: ObjectAttributeNode, compiler: Compiler): Build => {
  const evaluate = compiler.evaluate(part.value)
  switch (part.type) {
    case 'ObjectAttributeValue': {
      const {name} = part
      return name === '__proto__'
        ? (result, scope) => setAttribute(result, name, evaluate(scope))
        : (result, scope) => {
            result[name] = evaluate(scope)
          }
    }
    case 'ObjectConditionalSplat': {
      const test = compiler.test(part.condition)
      return (result, scope) => {
        if (test(scope)) splat(result, evaluate(scope), scope.execution)
      }
    }
    case 'ObjectSplat':
      return (result, scope) => splat(result, evaluate(scope), scope.execution)
  }
}

const splat = (result: Record<string, Value>, value: Value, execution: Execution): void => {
  if (isObject(value)) assignAttributes(result, value, execution)
}

export const compileSelect = (node: SelectNode, compiler: Compiler): Compiled => {
  const alternatives = node.alternatives.map(({condition, value}) => ({
    test: compiler.test(condition),
    evaluate: compiler.evaluate(value),
  }))
  const fallback = node.fallback ? compiler.evaluate(node.fallback) : () => null
  return {
    evaluate: (scope) => {
      for (const {test, evaluate} of alternatives) if (test(scope)) return evaluate(scope)
      return fallback(scope)
    },
  }
}
