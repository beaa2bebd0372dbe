/**
 * The `insert` operation of a patch: adds elements to arrays, before, after or in place of others.
 */
import {isJsonObject, type Json} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {Refusal} from '../transaction/refusal.ts'
import {editPaths, indexesOf, isJsonArray} from './editPaths.ts'
import {parseJsonMatch, type Selector} from './jsonMatch.ts'
import type {Operation} from './operations.ts'

type InsertPosition = 'before' | 'after' | 'replace'

/**
 * Inserts items before the first element that the path selects, after the last one, or in place of
 * all of them. `a[-1]` and `a[0]` also work in an empty array. A filter that selects nothing inserts
 * nothing. Values that are not arrays stay as they are.
 * @throws Refusal for a malformed operand.
 */
export const insert = (spec: Json): Operation => {
  const {place: insertAt, path, items} = readSpec(spec)
  const targets = parseJsonMatch(path).flatMap((steps) => {
    const last = steps.at(-1)
    return last?.kind === 'elements' ? {above: steps.slice(0, -1), selectors: last.selectors} : []
  })
  return (document) => {
    let next: Json | undefined = document
    for (const {above, selectors} of targets) {
      if (next === undefined) break
      next = editPaths(next, [above], {
        at: (old) => (isJsonArray(old) ? insertInto(old, insertAt, selectors, items) : old),
      })
    }
    return next
  }
}

const insertInto = (
  array: readonly Json[],
  insertAt: InsertPosition,
  selectors: readonly Selector[],
  items: readonly Json[],
): readonly Json[] => {
  const selected = indexesOf(selectors, array)
  if (selected.size === 0) return array
  const order = [...selected].toSorted((a, b) => a - b)
  const at = insertAt === 'after' ? (order.at(-1) ?? 0) + 1 : (order[0] ?? 0)
  const kept = insertAt === 'replace' ? array.filter((_, index) => !selected.has(index)) : array
  const position = Math.max(at, 0)
  return [...kept.slice(0, position), ...items, ...kept.slice(position)]
}

const readSpec = (spec: Json) => {
  const insertAt = PLACES.find((name) => isJsonObject(spec) && Object.hasOwn(spec, name))
  if (!isJsonObject(spec) || insertAt === undefined) {
    return refuse('insert needs one of "before", "after" and "replace"')
  }
  const path = spec[insertAt]
  const items = spec['items']
  if (typeof path !== 'string') return refuse(`insert ${insertAt} needs a path`)
  if (!Array.isArray(items)) return refuse(`insert ${insertAt} "${path}" needs an array of items`)
  return {place: insertAt, path, items}
}

const PLACES = ['before', 'after', 'replace'] as const

const refuse = (description: string): never => {
  throw new Refusal(validationError(description))
}
