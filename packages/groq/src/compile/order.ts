/** `| order(…)`. Where only the first few are wanted, only the first few are kept. */
import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import {arrayFrom, eachOf} from '../execution/compiler.ts'
import type {Compiled, Compiler, EachAfter, Evaluate} from '../execution/compiler.ts'
import {step} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {
  type Compare,
  decidingKeys,
  type Entry,
  orderWays,
  type Sorter,
  type SortKey,
  walkOf,
} from '../fast/orderedWalk.ts'
import {ownAttribute} from '../plan/predicates/ownPath.ts'
import {totalCompare} from '../values/compare.ts'

interface CompiledKey extends SortKey {
  readonly evaluate: Evaluate
}

/** @param limit How many elements will be looked at. */
export const compileOrder = (
  node: PipeFuncCallNode,
  compiler: Compiler,
  limit = Infinity,
): Compiled => {
  const base = compiler.compile(node.base)
  const written = node.args.map((argument) => compileKey(argument, compiler.inner('inner')))
  const keys = decidingKeys(base, written)
  if (keys.length === 0) return base
  const each = eachOf(base)
  const sort = sorter(keys, compiler)
  const walk = walkOf(base, keys, limit, sort)
  const after: EachAfter = (scope, skip, visit) => {
    if (walk?.(scope, skip, visit)) return true
    const first = sort.first(limit, scope.execution)
    const toEntry = sort.entries(scope)
    const isArray = each(scope, (value) => {
      step(scope.execution)
      first.add(toEntry(value))
      return true
    })
    if (isArray) for (const {value} of first.sorted().slice(skip)) if (!visit(value)) break
    return isArray
  }
  return {
    fast: orderWays(
      base,
      keys,
      limit,
      compiler.optimisations.has('skipUnread') ? after : undefined,
    ),
    ...arrayFrom((scope, visit) => after(scope, 0, visit)),
  }
}

const compileKey = (argument: ExprNode, compiler: Compiler): CompiledKey => {
  const isDirected = argument.type === 'Asc' || argument.type === 'Desc'
  const expression = isDirected ? argument.base : argument
  return {
    evaluate: compiler.evaluate(expression),
    direction: argument.type === 'Desc' ? 'desc' : 'asc',
    path: ownAttribute(expression),
  }
}

interface FirstSorter extends Sorter {
  /** Collects entries and keeps the first `limit` of them: sorts after every few and drops the rest. */
  first(limit: number, execution: Execution): {add(entry: Entry): void; sorted(): readonly Entry[]}
}

const sorter = (keys: readonly CompiledKey[], {nest}: Compiler): FirstSorter => {
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
