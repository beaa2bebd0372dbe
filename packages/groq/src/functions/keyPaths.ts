/** Compares two values at key paths, for `diff::` and `delta::`. */
import {Scalar} from '../core/value.ts'
import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {charge, chargeText} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'

/** Places inside a value, by attribute names and array indexes, and what changed at them. */
export type KeyPath = readonly (string | number)[]

/** @param select The key paths of a selector inside a value. */
export type Changed = (
  before: Value,
  after: Value,
  select: (value: Value) => readonly KeyPath[],
  execution: Execution,
) => boolean

/** Whether the selector names other places than before, or a place that has another value. */
export const changedAny: Changed = (before, after, select, execution) => {
  const paths = select(before)
  if (paths.length !== select(after).length) return true
  return paths.some((path) => {
    charge(execution, 2 + path.length ** 2)
    return arrayGrew(before, after, path) || !sameJson(at(before, path), at(after, path), execution)
  })
}

/** Whether every place that has another value is inside one that the selector names. */
export const changedOnly: Changed = (before, after, select, execution) => {
  const paths = select(before)
  return differences(before, after, [], execution).every((difference) =>
    paths.some((path) => {
      charge(execution, 1 + path.length)
      return path.every((key, index) => difference[index] === key)
    }),
  )
}

/** Whether an array on the way to a place has got more or fewer elements. */
const arrayGrew = (before: Value, after: Value, path: KeyPath): boolean =>
  path.some((key, index) => {
    if (typeof key !== 'number') return false
    const [old, now] = [at(before, path.slice(0, index)), at(after, path.slice(0, index))]
    return !isArray(old) || !isArray(now) || old.length !== now.length
  })

/** The value at a place; null when there is none. */
export const at = (value: Value, path: KeyPath): Value => {
  let current = value
  for (const key of path) {
    if (typeof key === 'number') current = isArray(current) ? (current[key] ?? null) : null
    else if (isObject(current) && Object.hasOwn(current, key)) current = current[key] ?? null
    else return null
  }
  return current
}

const differences = (
  before: Value,
  after: Value,
  path: KeyPath,
  execution: Execution,
): readonly KeyPath[] => {
  charge(execution, 2 + path.length)
  if (isArray(before) && isArray(after) && before.length === after.length) {
    return before.flatMap((element, index) =>
      differences(element, after[index] ?? null, [...path, index], execution),
    )
  }
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(at(before, [key]), at(after, [key]), [...path, key], execution),
    )
  }
  return sameJson(before, after, execution) ? [] : [path]
}

const sameJson = (a: Value, b: Value, execution: Execution): boolean => {
  charge(execution, 1)
  if (isArray(a) && isArray(b)) {
    return (
      a.length === b.length &&
      a.every((element, index) => sameJson(element, b[index] ?? null, execution))
    )
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every(
        (key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null, execution),
      )
    )
  }
  if (typeof a === 'string') chargeText(execution, a.length)
  // A datetime is the string that it is written as, and so on.
  if (a instanceof Scalar)
    return sameJson(a.toJSON(), b instanceof Scalar ? b.toJSON() : b, execution)
  if (typeof a === 'object' && b instanceof Scalar) return sameJson(a, b.toJSON(), execution)
  return a === b
}
