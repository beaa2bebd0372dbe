/** Searches a value for references to certain ids, for `references()`. */
import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'

/** The ids among the arguments of `references()`: strings, and the strings of arrays. */
export const referencedIds = (
  args: readonly Value[],
  execution: Execution,
): ReadonlySet<string> => {
  const ids = new Set<string>()
  for (const arg of args) {
    for (const id of isArray(arg) ? arg : [arg]) {
      charge(execution, 2)
      if (typeof id === 'string') ids.add(id)
    }
  }
  return ids
}

/**
 * Whether a value holds a reference to any of the ids. An object with a `_ref` is a reference and
 * is not searched further (specification, "HasReferenceTo").
 */
export const hasReference = (
  value: Value,
  ids: ReadonlySet<string>,
  execution: Execution,
): boolean => {
  charge(execution, 1)
  if (isArray(value)) return value.some((element) => hasReference(element, ids, execution))
  if (!isObject(value)) return false
  const reference = value['_ref']
  if (reference) return typeof reference === 'string' && ids.has(reference)
  for (const name of Object.keys(value))
    if (hasReference(value[name] ?? null, ids, execution)) return true
  return false
}
