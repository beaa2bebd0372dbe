/** Room values: comparing values, dates and id patterns. This file: equality and order. */
import {compareText} from '../core/compareText.ts'
import type {Value} from '../core/value.ts'
import {charge, chargeText, type Execution} from '../execution/execution.ts'
import {DateTime} from './dateTime.ts'

/** Only null, booleans, numbers, strings and datetimes can be equal to anything. */
export const equal = (a: Value, b: Value, execution: Execution): boolean => {
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length) {
    chargeText(execution, a.length)
  }
  if (a === b) return typeof a !== 'object' || a === null || a instanceof DateTime
  return a instanceof DateTime && b instanceof DateTime && a.milliseconds === b.milliseconds
}

/**
 * Negative, zero or positive; null when the values cannot be compared.
 * @param execution Charged with the characters that are compared.
 */
export const partialCompare = (a: Value, b: Value, execution?: Execution): number | null => {
  if (typeof a === 'string') {
    if (typeof b !== 'string') return null
    // Letter by letter, as far as they are the same: several times what the engine takes.
    if (execution) chargeText(execution, 4 * Math.min(a.length, b.length))
    return compareText(a, b)
  }
  if (typeof a === 'number') return typeof b === 'number' ? a - b : null
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : null
  if (a instanceof DateTime && b instanceof DateTime) return a.milliseconds - b.milliseconds
  return null
}

/** The order of `order()`: datetimes, numbers, strings, booleans, then all else as equal. */
export const totalCompare = (a: Value, b: Value, execution?: Execution): number => {
  if (execution) charge(execution, 1)
  const byType = typeOrder(a) - typeOrder(b)
  return byType === 0 ? (partialCompare(a, b, execution) ?? 0) : byType
}

const typeOrder = (value: Value): number => {
  switch (typeof value) {
    case 'number':
      return 2
    case 'string':
      return 3
    case 'boolean':
      return 4
    default:
      return value instanceof DateTime ? 1 : 5
  }
}

/** Whether a value is in an array, for arrays that are searched more than once. */
export const membershipOf = (
  array: readonly Value[],
  execution: Execution,
): ((value: Value) => boolean) => {
  const scalars = new Set<Value>()
  const times = new Set<number>()
  for (const element of array) {
    charge(execution, 2)
    if (typeof element === 'string') chargeText(execution, element.length)
    if (element instanceof DateTime) times.add(element.milliseconds)
    else if (typeof element !== 'object' || element === null) scalars.add(element)
  }
  return (value) => {
    if (typeof value === 'string') chargeText(execution, value.length)
    return value instanceof DateTime ? times.has(value.milliseconds) : scalars.has(value)
  }
}

/** `value in array` for an array that is searched once. */
export const includes = (array: readonly Value[], value: Value, execution: Execution): boolean =>
  array.some((element) => {
    charge(execution, 1)
    return equal(value, element, execution)
  })
