import {membershipOf} from '../compare.ts'
import {isArray} from '../value.ts'
import type {Value} from '../value.ts'
import {DateTime} from '../values/dateTime.ts'
import {binary, unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

export const arrayFunctions: Namespace = {
  join: binary(
    'array, separator',
    'The elements as one text; null when one of them is no scalar',
    (array, separator) => {
      if (!isArray(array) || typeof separator !== 'string') return null
      const texts: string[] = []
      for (const element of array) {
        const text = scalarText(element)
        if (text === null) return null
        texts.push(text)
      }
      return texts.join(separator)
    },
  ),
  compact: unary('array', 'The array without nulls', (array) =>
    isArray(array) ? array.filter((element) => element !== null) : null,
  ),
  unique: unary(
    'array',
    'The array without repetitions; arrays and objects are never repetitions',
    (array) => (isArray(array) ? unique(array) : null),
  ),
  intersects: binary('first, second', 'Whether any element is in both arrays', (first, second) => {
    if (!isArray(first) || !isArray(second)) return null
    return first.some(membershipOf(second))
  }),
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

const unique = (array: readonly Value[]): readonly Value[] => {
  const seen = new Set<Value>()
  return array.filter((element) => {
    const key = element instanceof DateTime ? element.toString() + '\0datetime' : element
    if (typeof key === 'object' && key !== null) return true
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
