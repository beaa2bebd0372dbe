/** Room functions: every GROQ function, one file for each namespace or subject. This file: `array::`. */
import {isArray} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {allocateText, charge, chargeText} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {membershipOf} from '../values/compare.ts'
import {DateTime} from '../values/dateTime.ts'
import {binary, unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

export const arrayFunctions: Namespace = {
  join: binary(
    'array, separator',
    'The elements as one text; null when one of them is no scalar',
    (array, separator, execution) => {
      if (!isArray(array) || typeof separator !== 'string') return null
      let characters = 0
      const texts: string[] = []
      for (const element of array) {
        const text = scalarText(element)
        if (text === null) return null
        charge(execution, 1)
        characters += text.length + separator.length
        texts.push(text)
      }
      allocateText(execution, characters)
      return texts.join(separator)
    },
  ),
  compact: unary('array', 'The array without nulls', (array, execution) => {
    if (!isArray(array)) return null
    charge(execution, array.length)
    return array.filter((element) => element !== null)
  }),
  unique: unary(
    'array',
    'The array without repetitions; arrays and objects are never repetitions',
    (array, execution) => (isArray(array) ? unique(array, execution) : null),
  ),
  intersects: binary(
    'first, second',
    'Whether any element is in both arrays',
    (first, second, execution) => {
      if (!isArray(first) || !isArray(second)) return null
      const isIn = membershipOf(second, execution)
      return first.some((element) => {
        charge(execution, 1)
        return isIn(element)
      })
    },
  ),
}

/** The text of a number, string, boolean or datetime; null for anything else. */
export const scalarText = (value: Value): string | null => {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return value instanceof DateTime ? value.toString() : null
  }
}

const unique = (array: readonly Value[], execution: Execution): readonly Value[] => {
  const seen = new Set<Value>()
  return array.filter((element) => {
    charge(execution, 2)
    if (typeof element === 'string') chargeText(execution, element.length)
    const key = element instanceof DateTime ? element.toString() + '\0datetime' : element
    if (typeof key === 'object' && key !== null) return true
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
