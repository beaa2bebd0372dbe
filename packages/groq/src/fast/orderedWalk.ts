/** Lets an index deliver what `order()` sorts by, and stops early. */
import type {Value} from '../core/value.ts'
import type {Compiled, EachAfter, FastWays} from '../execution/compiler.ts'
import type {Execution, Scope} from '../execution/execution.ts'
import {totalCompare} from '../values/compare.ts'

/** What a list is sorted by. */
export interface SortKey {
  readonly direction: 'asc' | 'desc'
  /** The path, if the key is an attribute of the element. */
  readonly path: string | undefined
}

/** An element and the values that it is sorted by. */
export interface Entry {
  readonly value: Value
  readonly position: number
  readonly keys: readonly Value[]
}

export type Compare = (a: Entry, b: Entry) => number

/** Sorts by all the keys. */
export interface Sorter {
  compareIn(execution: Execution): Compare
  /** Makes entries of elements, in the order they come in. */
  entries(scope: Scope): (value: Value) => Entry
}

/** The keys that decide anything. */
export const decidingKeys = <Key extends SortKey>(
  {fast}: Compiled,
  keys: readonly Key[],
): readonly Key[] => (fast?.inIdOrder ? withoutIdOrder(keys) : keys)

/**
 * Documents come in the order of their ids, and no two have the same: keys after `_id` decide
 * nothing, and `_id` itself only when it descends.
 */
const withoutIdOrder = <Key extends SortKey>(keys: readonly Key[]): readonly Key[] => {
  const id = keys.findIndex(({path}) => path === '_id')
  return id < 0 ? keys : keys.slice(0, keys[id]?.direction === 'asc' ? id : id + 1)
}

/** Faster ways to the sorted list, which is as long as the unsorted one. */
export const orderWays = (
  {fast}: Compiled,
  keys: readonly SortKey[],
  limit: number,
  after: EachAfter | undefined,
): FastWays | undefined =>
  fast && {
    ...(fast.count && {count: fast.count}),
    ...jsonInOrder(fast, keys, limit),
    ...(after && {after}),
  }

/** Documents need not be read where an index keeps the order of the only key. */
const jsonInOrder = (
  {json}: FastWays,
  [key, ...others]: readonly SortKey[],
  limit: number,
): FastWays => {
  if (!json || key?.path === undefined || others.length > 0 || limit === Infinity) return {}
  const order = {path: key.path, direction: key.direction, limit}
  return {json: (scope, skip, visit) => json(scope, skip, visit, order)}
}

/**
 * Lets an index that keeps the order of the first key deliver, and stops at the limit; returns false
 * where no index has the order. Documents with the same first key are sorted by the others, one such
 * group at a time.
 */
export const walkOf = (
  {fast}: Compiled,
  keys: readonly SortKey[],
  limit: number,
  sorter: Sorter,
): EachAfter | undefined => {
  const [key] = keys
  const ordered = fast?.ordered
  if (!ordered || key?.path === undefined || limit === Infinity) return undefined
  const order = {path: key.path, direction: key.direction, limit}
  return (scope, skip, visit) => {
    let visited = 0
    if (keys.length === 1) {
      const most = limit - skip
      return ordered(scope, {...order, skip}, (value) => visit(value) && ++visited < most)
    }
    const deliver = (value: Value): boolean => (visited < skip || visit(value)) && ++visited < limit
    const toEntry = sorter.entries(scope)
    let group: Entry[] = []
    const compare = sorter.compareIn(scope.execution)
    const deliverGroup = () => group.toSorted(compare).every(({value}) => deliver(value))
    let wantsMore = true
    const walked = ordered(scope, order, (value) => {
      const entry = toEntry(value)
      const [last] = group
      if (
        last &&
        totalCompare(last.keys[0] ?? null, entry.keys[0] ?? null, scope.execution) !== 0
      ) {
        wantsMore = deliverGroup()
        group = []
      }
      group.push(entry)
      return wantsMore
    })
    if (walked && wantsMore) deliverGroup()
    return walked
  }
}
