import type {Value} from '../core/value.ts'
import {charge, chargeText} from '../execution/run.ts'
import type {Run} from '../execution/run.ts'
import {DateTime} from './dateTime.ts'

/** Equality and order (specification, "Equality and comparison"). */

/** Only null, booleans, numbers, strings and datetimes can be equal to anything. */
export const equal = (a: Value, b: Value, run: Run): boolean => {
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length) {
    chargeText(run, a.length)
  }
  if (a === b) return typeof a !== 'object' || a === null || a instanceof DateTime
  return a instanceof DateTime && b instanceof DateTime && a.milliseconds === b.milliseconds
}

/** Negative, zero or positive; null when the values cannot be compared. */
/** @param run Charged with the letters that are looked at. */
export const partialCompare = (a: Value, b: Value, run?: Run): number | null => {
  if (typeof a === 'string') {
    if (typeof b !== 'string') return null
    // Letter by letter, as far as they are the same: several times what the engine takes.
    if (run) chargeText(run, 4 * Math.min(a.length, b.length))
    return compareText(a, b)
  }
  if (typeof a === 'number') return typeof b === 'number' ? a - b : null
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : null
  if (a instanceof DateTime && b instanceof DateTime) return a.milliseconds - b.milliseconds
  return null
}

/** The order of `order()`: datetimes, numbers, strings, booleans, then all else as equal. */
export const totalCompare = (a: Value, b: Value, run?: Run): number => {
  if (run) charge(run, 1)
  const byType = typeOrder(a) - typeOrder(b)
  return byType === 0 ? (partialCompare(a, b, run) ?? 0) : byType
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

/**
 * By Unicode code point, as the specification and SQLite order text. JavaScript's own `<` goes by
 * UTF-16 unit, which puts characters above U+FFFF (surrogates) before U+E000 to U+FFFF.
 */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? surrogatesLast(x) - surrogatesLast(y) : x - y
  }
  return a.length - b.length
}

const surrogatesLast = (unit: number): number => (unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000)

/** Whether a value is in an array, for arrays that are asked more than once. */
export const membershipOf = (array: readonly Value[], run: Run): ((value: Value) => boolean) => {
  const scalars = new Set<Value>()
  const moments = new Set<number>()
  for (const element of array) {
    charge(run, 2)
    if (typeof element === 'string') chargeText(run, element.length)
    if (element instanceof DateTime) moments.add(element.milliseconds)
    else if (typeof element !== 'object' || element === null) scalars.add(element)
  }
  return (value) => {
    if (typeof value === 'string') chargeText(run, value.length)
    return value instanceof DateTime ? moments.has(value.milliseconds) : scalars.has(value)
  }
}

/** `value in array` for an array that is asked once. */
export const includes = (array: readonly Value[], value: Value, run: Run): boolean =>
  array.some((element) => {
    charge(run, 1)
    return equal(value, element, run)
  })
