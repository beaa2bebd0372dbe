/**
 * Memoises functions whose result depends on their argument alone and that are called with the same
 * arguments again and again.
 */
import type {FastOption} from '../fast.ts'
import {createCache} from './cache.ts'
import type {CacheName, ObjectCacheName} from './caches.ts'

/** Approximate size of an entry with a small result, without its key. */
const ENTRY_BYTES = 250

/** Remembers the results of a few arguments, within the bound of the named cache. */
export const memoise = <Result>(
  name: CacheName,
  compute: (argument: string) => Result,
  fast?: FastOption,
): ((argument: string) => Result) => {
  const results = createCache<Result>(name, {fast})
  return (argument) => {
    const known = results.get(argument)
    if (known !== undefined) return known
    const result = compute(argument)
    results.set(argument, result, 2 * argument.length + ENTRY_BYTES)
    return result
  }
}

/** Remembers one result for each object, as long as the object lives. */
export const memoiseByObject = <Argument extends object, Result>(
  _name: ObjectCacheName,
  compute: (argument: Argument) => Result,
): ((argument: Argument) => Result) => {
  const results = new WeakMap<Argument, Result>()
  return (argument) => {
    let result = results.get(argument)
    if (result === undefined) results.set(argument, (result = compute(argument)))
    return result
  }
}
