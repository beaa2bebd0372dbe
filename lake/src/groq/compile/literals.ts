import type {ArrayNode, ObjectNode, SelectNode, ValueNode} from 'groq-js'

import type {Json} from '../../document.ts'
import {allocate} from '../run.ts'
import type {Scope} from '../run.ts'
import {assignAttributes, isArray, isObject, setAttribute} from '../value.ts'
import type {Value} from '../value.ts'
import {constant} from './compiler.ts'
import type {Compiled, Compiler} from './compiler.ts'

/** Values written in the query, and arrays, objects and conditions made of expressions. */

export const compileValue = (node: ValueNode<Json>): Compiled => constant(node.value)

export const compileArray = (node: ArrayNode, compiler: Compiler): Compiled => {
  const elements = node.elements.map(({value, isSplat}) => ({
    isSplat,
    evaluate: compiler.evaluate(value),
  }))
  return {
    evaluate: (scope) => {
      const result: Value[] = []
      for (const {isSplat, evaluate} of elements) {
        const value = evaluate(scope)
        if (!isSplat) result.push(value)
        else if (isArray(value)) {
          allocate(scope.run, value.length)
          for (const element of value) result.push(element)
        }
      }
      return result
    },
  }
}

type Build = (result: Record<string, Value>, scope: Scope) => void

export const compileObject = (node: ObjectNode, compiler: Compiler): Compiled => {
  const steps = node.attributes.map((attribute): Build => {
    const evaluate = compiler.evaluate(attribute.value)
    switch (attribute.type) {
      case 'ObjectAttributeValue': {
        const {name} = attribute
        return name === '__proto__'
          ? (result, scope) => setAttribute(result, name, evaluate(scope))
          : (result, scope) => {
              result[name] = evaluate(scope)
            }
      }
      case 'ObjectConditionalSplat': {
        const test = compiler.test(attribute.condition)
        return (result, scope) => {
          if (test(scope)) splat(result, evaluate(scope))
        }
      }
      case 'ObjectSplat':
        return (result, scope) => splat(result, evaluate(scope))
    }
  })
  return {
    evaluate: (scope) => {
      const result: Record<string, Value> = {}
      for (const step of steps) step(result, scope)
      return result
    },
  }
}

const splat = (result: Record<string, Value>, value: Value): void => {
  if (isObject(value)) assignAttributes(result, value)
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
