/**
 * Applies an edit of a patch to the values at JSONMatch paths. Copies only the changed values and their
 * ancestors: documents are shared, so nothing is changed in place.
 */
import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import type {Literal, Operator, Selector, Step, Steps} from './jsonMatch.ts'

/** The rest of a path; null at its end. A linked list, so that equal ends are the same object. */
type Route = {readonly step: Step; readonly rest: Route} | null

export interface PathEdit {
  /** Returns the new value for the old one; undefined means missing, for both. */
  at(value: Json | undefined): Json | undefined
  /** Create missing attributes on the way, replacing values that are not objects or arrays. */
  readonly creates?: boolean
  /** An index just past the end adds an element. */
  readonly appends?: boolean
}

/** @returns The value with the edit applied at all paths; the same value if nothing changed. */
export const editPaths = (value: Json, paths: readonly Steps[], edit: PathEdit): Json | undefined =>
  walk(value, paths.map(link), edit)

const link = (steps: Steps): Route => steps.reduceRight<Route>((rest, step) => ({step, rest}), null)

/** Edits descendants before the value itself. */
const walk = (
  value: Json | undefined,
  routes: Iterable<Route>,
  edit: PathEdit,
): Json | undefined => {
  const here = new Set(routes)
  const below = new Map<string | number, Set<Route>>()
  const send = (key: string | number, route: Route) => {
    const sent = below.get(key)
    if (sent) sent.add(route)
    else below.set(key, new Set([route]))
  }

  // The set grows during the loop: `..` and filters that match the value itself continue here.
  for (const route of here) {
    if (route === null) continue
    const {step, rest} = route
    if (step.kind === 'attribute') {
      if (hasAttribute(value, step.name) || (edit.creates && !step.mustExist)) send(step.name, rest)
    } else if (step.kind === 'descend') {
      here.add(rest)
      for (const key of keysOf(value)) send(key, route)
    } else if (isJsonArray(value)) {
      const end = edit.appends && rest === null ? value.length : value.length - 1
      for (const index of indexesOf(step.selectors, value)) {
        if (index >= 0 && index <= end) send(index, rest)
      }
    } else {
      for (const selector of step.selectors) {
        if (selector.kind === 'all') for (const key of keysOf(value)) send(key, rest)
        else if (passes(value, selector)) here.add(rest)
      }
    }
  }

  const next = isJsonArray(value)
    ? withElements(value, below, edit)
    : withAttributes(value, below, edit)
  return here.has(null) ? edit.at(next) : next
}

const withElements = (
  array: readonly Json[],
  below: ReadonlyMap<string | number, Iterable<Route>>,
  edit: PathEdit,
): Json => {
  let copy: (Json | undefined)[] | undefined
  for (const [index, routes] of below) {
    if (typeof index !== 'number') continue
    const element = walk(array[index], routes, edit)
    if (element === array[index]) continue
    copy ??= [...array]
    copy[index] = element
  }
  return copy ? copy.filter((element) => element !== undefined) : array
}

const withAttributes = (
  value: Json | undefined,
  below: ReadonlyMap<string | number, Iterable<Route>>,
  edit: PathEdit,
): Json | undefined => {
  const old: JsonObject = isJsonObject(value) ? value : {}
  let copy: Record<string, Json> | undefined
  for (const [name, routes] of below) {
    const before = Object.hasOwn(old, name) ? old[name] : undefined
    const after = walk(before, routes, edit)
    if (after === before) continue
    copy ??= {...old}
    if (after === undefined) delete copy[name]
    else copy[name] = after
  }
  return copy ?? value
}

export const isJsonArray = (value: Json | undefined): value is readonly Json[] =>
  Array.isArray(value)

const hasAttribute = (value: Json | undefined, name: string): value is JsonObject =>
  isJsonObject(value) && Object.hasOwn(value, name)

const keysOf = (value: Json | undefined): Iterable<string | number> => {
  if (isJsonArray(value)) return value.keys()
  return isJsonObject(value) ? Object.keys(value) : []
}

/** The indexes that a union selects. Only a plain index may be outside the array. */
export const indexesOf = (selectors: readonly Selector[], array: readonly Json[]): Set<number> => {
  const indexes = new Set<number>()
  for (const selector of selectors) {
    if (selector.kind === 'index') indexes.add(fromEnd(selector.index, array.length))
    else {
      array.forEach((element, index) => {
        if (selects(selector, element, index, array.length)) indexes.add(index)
      })
    }
  }
  return indexes
}

const fromEnd = (index: number, length: number): number => (index < 0 ? index + length : index)

const selects = (selector: Selector, element: Json, index: number, length: number): boolean => {
  if (selector.kind === 'all') return true
  if (selector.kind !== 'slice') return passes(element, selector)
  const end = selector.end === undefined ? length : fromEnd(selector.end, length)
  return index >= fromEnd(selector.start, length) && index < end
}

/** Whether a value matches a filter. Objects and arrays cannot be compared. */
const passes = (value: Json | undefined, selector: Selector): boolean => {
  if (selector.kind !== 'filter' && selector.kind !== 'exists') return false
  let found = value
  for (const name of selector.path) found = hasAttribute(found, name) ? found[name] : undefined
  if (selector.kind === 'exists') return found !== undefined
  if (found === undefined || isJsonObject(found) || isJsonArray(found)) return false
  return compares(found, selector.operator, selector.value)
}

const compares = (left: Literal, operator: Operator, right: Literal): boolean => {
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  if (typeof left === 'number' && typeof right === 'number') return ordered(left, operator, right)
  if (typeof left === 'string' && typeof right === 'string') return ordered(left, operator, right)
  return false
}

const ordered = <T extends string | number>(left: T, operator: Operator, right: T): boolean => {
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}
