import {isJsonObject, type Json} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {Refusal} from '../transaction/refusal.ts'
import {follow, indexesOf, isJsonArray} from './follow.ts'
import {parseJsonMatch, type Selector} from './jsonMatch.ts'
import type {Operation} from './operation.ts'

type Place = 'before' | 'after' | 'replace'

/**
 * Inserts items before the first element that the path selects, after the last one, or in place of
 * all of them. `a[-1]` and `a[0]` are places in an empty array too; a filter that selects nothing is
 * no place, and then nothing is inserted. What is no array stays as it is.
 */
export const insert = (spec: Json): Operation => {
  const {place, path, items} = readSpec(spec)
  const targets = parseJsonMatch(path).flatMap((steps) => {
    const last = steps.at(-1)
    return last?.kind === 'elements' ? {above: steps.slice(0, -1), selectors: last.selectors} : []
  })
  return (document) => {
    let next: Json | undefined = document
    for (const {above, selectors} of targets) {
      if (next === undefined) break
      next = follow(next, [above], {
        at: (old) => (isJsonArray(old) ? insertInto(old, place, selectors, items) : old),
      })
    }
    return next
  }
}

const insertInto = (
  array: readonly Json[],
  place: Place,
  selectors: readonly Selector[],
  items: readonly Json[],
): readonly Json[] => {
  const selected = indexesOf(selectors, array)
  if (selected.size === 0) return array
  const order = [...selected].toSorted((a, b) => a - b)
  const at = place === 'after' ? (order.at(-1) ?? 0) + 1 : (order[0] ?? 0)
  const kept = place === 'replace' ? array.filter((_, index) => !selected.has(index)) : array
  const position = Math.max(at, 0)
  return [...kept.slice(0, position), ...items, ...kept.slice(position)]
}

const readSpec = (spec: Json) => {
  const place = PLACES.find((name) => isJsonObject(spec) && Object.hasOwn(spec, name))
  if (!isJsonObject(spec) || place === undefined) {
    return refuse('insert needs one of "before", "after" and "replace"')
  }
  const path = spec[place]
  const items = spec['items']
  if (typeof path !== 'string') return refuse(`insert ${place} needs a path`)
  if (!Array.isArray(items)) return refuse(`insert ${place} "${path}" needs an array of items`)
  return {place, path, items}
}

const PLACES = ['before', 'after', 'replace'] as const

const refuse = (description: string): never => {
  throw new Refusal(validationError(description))
}
