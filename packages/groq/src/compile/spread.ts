/**
 * Copies of objects. One may have tens of thousands of attributes, and a query may copy it for
 * each element of a list, so what is copied is counted.
 */
import {setAttribute} from '../core/value.ts'
import type {Value, ValueObject} from '../core/value.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'

/** Attributes whose copy is part of the visit to the element that it is made for. */
const FEW = 32

/** Copied all at once: much faster than attribute by attribute. */
export const copyOf = (source: ValueObject, execution: Execution): Record<string, Value> => {
  const names = namesIn(source)
  if (names > FEW) charge(execution, names)
  return {...source}
}

/** Copies all attributes of `source` onto an object under construction. */
export const assignAttributes = (
  target: Record<string, Value>,
  source: ValueObject,
  execution: Execution,
): void => {
  const names = Object.keys(source)
  if (names.length > FEW) charge(execution, 2 * names.length)
  for (const name of names) setAttribute(target, name, source[name] ?? null)
}

/** A list of the names, only to see how many they are, would take half as long as the copy. */
const namesIn = (source: ValueObject): number => {
  let names = 0
  for (const name in source) if (name !== undefined) names += 1
  return names
}
