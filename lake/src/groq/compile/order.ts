import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import {totalCompare} from '../compare.ts'
import {step} from '../run.ts'
import type {Value} from '../value.ts'
import {arrayFrom} from './compiler.ts'
import type {Compiled, Compiler, Evaluate} from './compiler.ts'

/** `| order(…)`. Where only the first few are wanted, only the first few are kept. */

interface SortKey {
  readonly evaluate: Evaluate
  readonly descending: boolean
}

interface Entry {
  readonly value: Value
  readonly position: number
  readonly keys: readonly Value[]
}

export const compileOrder = (
  node: PipeFuncCallNode,
  compiler: Compiler,
  limit = Infinity,
): Compiled => {
  const each = compiler.each(node.base)
  const keys = node.args.map((argument) => compileKey(argument, compiler.inner('inner')))
  const compare = comparator(keys)
  return arrayFrom((scope, visit) => {
    const first = firstEntries(compare, limit)
    const element = compiler.nest(scope, null)
    let position = 0
    const isArray = each(scope, (value) => {
      step(scope.run)
      element.value = value
      first.add({value, position: position++, keys: keys.map((key) => key.evaluate(element))})
      return true
    })
    if (isArray) for (const entry of first.sorted()) if (!visit(entry.value)) break
    return isArray
  })
}

const compileKey = (argument: ExprNode, compiler: Compiler): SortKey =>
  argument.type === 'Asc' || argument.type === 'Desc'
    ? {evaluate: compiler.evaluate(argument.base), descending: argument.type === 'Desc'}
    : {evaluate: compiler.evaluate(argument), descending: false}

/** Equal elements keep the order they came in: that of `_id`, for documents. */
const comparator = (keys: readonly SortKey[]) => (a: Entry, b: Entry) => {
  for (const [index, {descending}] of keys.entries()) {
    const order = totalCompare(a.keys[index] ?? null, b.keys[index] ?? null)
    if (order !== 0) return descending ? -order : order
  }
  return a.position - b.position
}

/** Collects entries and keeps the first `limit` of them: sorts now and then and cuts the rest. */
const firstEntries = (compare: (a: Entry, b: Entry) => number, limit: number) => {
  let entries: Entry[] = []
  let last: Entry | undefined
  const cut = () => {
    entries = entries.toSorted(compare).slice(0, limit)
    last = entries[limit - 1]
  }
  return {
    add: (entry: Entry) => {
      if (last && compare(entry, last) >= 0) return
      entries.push(entry)
      if (entries.length >= limit * 2 + 64) cut()
    },
    sorted: () => {
      cut()
      return entries
    },
  }
}
