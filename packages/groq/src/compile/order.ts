/** `| order(…)`. Where only the first few are wanted, only the first few are kept. */
import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import type {Value} from '../core/value.ts'
import {arrayFrom, eachOf} from '../execution/compiler.ts'
import type {Compiled, Compiler, Evaluate, Visit} from '../execution/compiler.ts'
import {step} from '../execution/execution.ts'
import type {Execution, Scope} from '../execution/execution.ts'
import {ownAttribute} from '../plan/predicates/ownPath.ts'
import {totalCompare} from '../values/compare.ts'

interface SortKey {
  readonly evaluate: Evaluate
  readonly direction: 'asc' | 'desc'
  /** The path, if the key is an attribute of the element. */
  readonly path: string | undefined
}

interface Entry {
  readonly value: Value
  readonly position: number
  readonly keys: readonly Value[]
}

type Compare = (a: Entry, b: Entry) => number

/** @param limit How many elements will be looked at. */
export const compileOrder = (
  node: PipeFuncCallNode,
  compiler: Compiler,
  limit = Infinity,
): Compiled => {
  const base = compiler.compile(node.base)
  const written = node.args.map((argument) => compileKey(argument, compiler.inner('inner')))
  const keys = base.inIdOrder ? withoutIdOrder(written) : written
  if (keys.length === 0) return base
  // What has the same keys has the same `_score`, and keeps its order in the array before scoring.
  const sortsByScore = keys.some(({path}) => path === '_score')
  const each = sortsByScore && base.beforeSort ? base.beforeSort : eachOf(base)
  const sort = sorter(keys, compiler)
  return {
    ...(base.count && {count: base.count}),
    ...jsonInOrder(base, keys, limit),
    ...arrayFrom((scope, visit) => {
      if (walk(base, keys, limit, sort, scope, visit)) return true
      const first = sort.first(limit, scope.execution)
      const toEntry = sort.entries(scope)
      const isArray = each(scope, (value) => {
        step(scope.execution)
        first.add(toEntry(value))
        return true
      })
      if (isArray) for (const {value} of first.sorted()) if (!visit(value)) break
      return isArray
    }),
  }
}

/**
 * Documents come in the order of their ids, and no two have the same: keys after `_id` decide
 * nothing, and `_id` itself only when it descends.
 */
const withoutIdOrder = (keys: readonly SortKey[]): readonly SortKey[] => {
  const id = keys.findIndex(({path}) => path === '_id')
  return id < 0 ? keys : keys.slice(0, keys[id]?.direction === 'asc' ? id : id + 1)
}

const compileKey = (argument: ExprNode, compiler: Compiler): SortKey => {
  const isDirected = argument.type === 'Asc' || argument.type === 'Desc'
  const expression = isDirected ? argument.base : argument
  return {
    evaluate: compiler.evaluate(expression),
    direction: argument.type === 'Desc' ? 'desc' : 'asc',
    path: ownAttribute(expression),
  }
}

/**
 * Lets an index that keeps the order of the first key deliver, and stops at the limit. Documents
 * with the same first key are sorted by the others, one such group at a time.
 */
const walk = (
  {ordered}: Compiled,
  keys: readonly SortKey[],
  limit: number,
  sort: Sorter,
  scope: Scope,
  visit: Visit,
): boolean => {
  const [key] = keys
  if (!ordered || key?.path === undefined || limit === Infinity) return false
  const order = {path: key.path, direction: key.direction, limit}
  let visited = 0
  const deliver = (value: Value): boolean => visit(value) && ++visited < limit
  if (keys.length === 1) return ordered(scope, order, deliver)
  const toEntry = sort.entries(scope)
  let group: Entry[] = []
  const compare = sort.compareIn(scope.execution)
  const deliverGroup = () => group.toSorted(compare).every(({value}) => deliver(value))
  let wantsMore = true
  const walked = ordered(scope, order, (value) => {
    const entry = toEntry(value)
    const [last] = group
    if (last && totalCompare(last.keys[0] ?? null, entry.keys[0] ?? null, scope.execution) !== 0) {
      wantsMore = deliverGroup()
      group = []
    }
    group.push(entry)
    return wantsMore
  })
  if (walked && wantsMore) deliverGroup()
  return walked
}

/** Documents need not be read where an index keeps the order of the only key. */
const jsonInOrder = (
  {json}: Compiled,
  [key, ...others]: readonly SortKey[],
  limit: number,
): Pick<Compiled, 'json'> => {
  if (!json || key?.path === undefined || others.length > 0 || limit === Infinity) return {}
  const order = {path: key.path, direction: key.direction, limit}
  return {json: (scope, visit) => json(scope, visit, order)}
}

interface Sorter {
  compareIn(execution: Execution): Compare
  /** Makes entries of elements, in the order they come in. */
  entries(scope: Scope): (value: Value) => Entry
  /** Collects entries and keeps the first `limit` of them: sorts after every few and drops the rest. */
  first(limit: number, execution: Execution): {add(entry: Entry): void; sorted(): readonly Entry[]}
}

const sorter = (keys: readonly SortKey[], {nest}: Compiler): Sorter => {
  const compareIn =
    (execution: Execution): Compare =>
    (a, b) => {
      for (const [index, {direction}] of keys.entries()) {
        const order = totalCompare(a.keys[index] ?? null, b.keys[index] ?? null, execution)
        if (order !== 0) return direction === 'desc' ? -order : order
      }
      // Equal elements keep the order they came in: that of `_id`, for documents.
      return a.position - b.position
    }
  return {
    compareIn,
    entries: (scope) => {
      const element = nest(scope, null)
      let position = 0
      return (value) => {
        element.value = value
        return {value, position: position++, keys: keys.map((key) => key.evaluate(element))}
      }
    },
    first: (limit, execution) => {
      const compare = compareIn(execution)
      let entries: Entry[] = []
      let last: Entry | undefined
      const cut = () => {
        entries = entries.toSorted(compare).slice(0, limit)
        last = entries[limit - 1]
      }
      return {
        add: (entry) => {
          if (last && compare(entry, last) >= 0) return
          entries.push(entry)
          if (entries.length >= limit * 2 + 64) cut()
        },
        sorted: () => {
          cut()
          return entries
        },
      }
    },
  }
}
