/**
 * The keys of value indexes: what an index stores for a document at a path, such that SQLite's
 * order of storage classes (REAL, TEXT by code point, BLOB) is GROQ's order of values: numbers,
 * strings, booleans, everything else.
 */
import {isUint8Array} from 'node:util/types'

import {compareText} from '@copydesk/groq/engine'

import {type Json, type JsonObject, isJsonObject} from '../../../core/document.ts'

/**
 * A value as an index stores it. node:sqlite binds numbers as doubles, so SQLite's integers never
 * occur.
 */
export type Key = number | string | Uint8Array

export const FALSE_KEY: Key = Uint8Array.of(0)
export const TRUE_KEY: Key = Uint8Array.of(1)
/** Missing, null, an array, an object: equal in GROQ's order. */
export const OTHER_KEY: Key = Uint8Array.of(2)
/** Stored besides `OTHER_KEY` for arrays and objects, which unlike missing and null are defined. */
export const DEFINED_OTHER_KEY: Key = Uint8Array.of(3)

export const scalarKey = (value: Json | undefined): Key | undefined => {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? TRUE_KEY : FALSE_KEY
  return undefined
}

/** A parsed path (packages/groq/src/source/source.ts): `authors[].role` is authors (each), role. */
export interface KeyPath {
  readonly steps: readonly {readonly name: string; readonly each: boolean}[]
  /** Whether one document can have several values, because a step goes into an array. */
  readonly isMultiple: boolean
}

export const parseKeyPath = (path: string): KeyPath => {
  const steps = path
    .split('.')
    .map((step) =>
      step.endsWith('[]') ? {name: step.slice(0, -2), each: true} : {name: step, each: false},
    )
  return {steps, isMultiple: steps.some((step) => step.each)}
}

/**
 * The keys of a document at a path. A single-valued path always has one, so that a walk in order
 * finds every document. A multi-valued path has the distinct scalars it reaches.
 */
export const keysOf = (document: JsonObject, {steps, isMultiple}: KeyPath): readonly Key[] => {
  if (isMultiple) {
    const keys = new Set<Key>()
    collect(document, steps, 0, keys)
    return [...keys]
  }
  let value: Json | undefined = document
  for (const {name} of steps) value = attribute(value, name)
  const key = scalarKey(value)
  if (key !== undefined) return [key]
  return value === undefined || value === null ? [OTHER_KEY] : [OTHER_KEY, DEFINED_OTHER_KEY]
}

const attribute = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

const collect = (
  value: Json | undefined,
  steps: KeyPath['steps'],
  depth: number,
  keys: Set<Key>,
): void => {
  const step = steps[depth]
  if (!step) {
    const key = scalarKey(value)
    if (key !== undefined) keys.add(key)
    return
  }
  const next = attribute(value, step.name)
  if (!step.each) return collect(next, steps, depth + 1, keys)
  if (Array.isArray(next)) for (const item of next) collect(item, steps, depth + 1, keys)
}

/** GROQ's order of two keys; strings by code point, as SQLite compares their UTF-8. */
export const compareKeys = (a: Key, b: Key): number => {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1
  if (typeof b === 'number') return 1
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : -1
  if (typeof b === 'string') return 1
  return (a[0] ?? 0) - (b[0] ?? 0)
}

/** Whether two values from SQLite are the same key. Blobs have one byte. */
export const isSameKey = (a: unknown, b: unknown): boolean =>
  a === b || (isUint8Array(a) && isUint8Array(b) && a[0] === b[0])
