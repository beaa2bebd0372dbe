/**
 * Encodes the effect of a change as mendoza patches, which listeners and history send and the Studio
 * decodes: a flat list of opcodes and operands for a machine with a stack of inputs and one of
 * outputs. The format is that of github.com/sanity-io/mendoza, whose package only decodes.
 */
import {isDeepStrictEqual} from 'node:util'

import type {DocumentChange} from '../../core/commit.ts'
import {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../../core/document.ts'

export type MendozaPatch = readonly Json[]

const VALUE = 0
const PUSH_FIELD_COPY = 10
const PUSH_FIELD_BLANK = 11
const PUSH_ELEMENT_COPY = 12
const PUSH_ELEMENT_BLANK = 13
const RETURN_INTO_FIELD = 15
const RETURN_INTO_ARRAY = 16
const SET_FIELD = 17
const DELETE_FIELD = 19
const APPEND_VALUE = 20
const APPEND_SLICE = 21
const APPEND_STRING = 22
const APPEND_STRING_SLICE = 23

/** Strings with fewer code units in common are replaced as a whole. */
const MIN_COMMON_TEXT = 12

/** @returns The patch that turns `left` into `right`; null means a document that does not exist. */
export const encodeMendoza = (left: JsonObject | null, right: JsonObject | null): MendozaPatch =>
  left && right ? objectPatch(left, right) : [VALUE, right]

/** The output starts as a copy of the input, so the patch contains only differences. */
const objectPatch = (left: JsonObject, right: JsonObject): Json[] => {
  const patch: Json[] = []
  const names = Object.keys(left).toSorted()
  names.forEach((name, index) => {
    const before = left[name] ?? null
    // `toString` and the like must not be found on the prototype.
    const after = Object.hasOwn(right, name) ? right[name] : undefined
    if (after === undefined) patch.push(DELETE_FIELD, index)
    else if (!isDeepStrictEqual(before, after)) {
      const inside = insidePatch(before, after, PUSH_FIELD_COPY, PUSH_FIELD_BLANK, index)
      if (inside) patch.push(...inside, RETURN_INTO_FIELD)
      else patch.push(SET_FIELD, after, name)
    }
  })
  for (const name in right) {
    const after = right[name]
    if (!Object.hasOwn(left, name) && after !== undefined) patch.push(SET_FIELD, after, name)
  }
  return patch
}

/** The patch from one value to another of its kind; undefined if replacing it is simpler. */
const insidePatch = (
  before: Json,
  after: Json,
  pushCopy: number,
  pushBlank: number,
  index: number,
): Json[] | undefined => {
  if (isJsonObject(before) && isJsonObject(after)) {
    return [pushCopy, index, ...objectPatch(before, after)]
  }
  if (isArray(before) && isArray(after)) {
    // An output to which nothing is added decodes to null.
    return after.length > 0 ? [pushBlank, index, ...arrayPatch(before, after)] : undefined
  }
  if (typeof before === 'string' && typeof after === 'string') {
    const text = textPatch(before, after)
    return text && [pushBlank, index, ...text]
  }
  return undefined
}

/** Matches elements by `_key`, and by content where they have none. */
const arrayPatch = (left: readonly Json[], right: readonly Json[]): Json[] => {
  const patch: Json[] = []
  const indexes = indexesByKey(left)
  /** The elements of `left` from `start` up to `end` (exclusive) that are still to be copied. */
  let start = 0
  let end = 0
  const copySlice = () => {
    if (end > start) patch.push(APPEND_SLICE, start, end)
    start = end = 0
  }
  right.forEach((after, position) => {
    const key = keyOf(after)
    const index = key === undefined ? indexOfValue(left, after, end, position) : indexes.get(key)
    const before = index === undefined ? undefined : left[index]
    if (index !== undefined && isDeepStrictEqual(before, after)) {
      if (index !== end || end === start) {
        copySlice()
        start = index
      }
      end = index + 1
      return
    }
    copySlice()
    const inside =
      index === undefined || before === undefined
        ? undefined
        : insidePatch(before, after, PUSH_ELEMENT_COPY, PUSH_ELEMENT_BLANK, index)
    if (inside) patch.push(...inside, RETURN_INTO_ARRAY)
    else patch.push(APPEND_VALUE, after)
    // Look for the next element without a key after the changed one.
    start = end = index === undefined ? 0 : index + 1
  })
  copySlice()
  return patch
}

/** Where an element without a key was: right after the last one, or at the same index. */
const indexOfValue = (
  left: readonly Json[],
  value: Json,
  next: number,
  position: number,
): number | undefined => {
  if (next < left.length && isDeepStrictEqual(left[next], value)) return next
  const same = left[position]
  return same !== undefined && keyOf(same) === undefined ? position : undefined
}

const indexesByKey = (array: readonly Json[]): ReadonlyMap<string, number> => {
  const indexes = new Map<string, number>()
  array.forEach((element, index) => {
    const key = keyOf(element)
    if (key !== undefined && !indexes.has(key)) indexes.set(key, index)
  })
  return indexes
}

const keyOf = (element: Json): string | undefined =>
  isJsonObject(element) && typeof element._key === 'string' ? element._key : undefined

/**
 * Encodes the common start and end as slices, in UTF-8 bytes. Only these two: the decoder uses the
 * start of a slice both as a byte and as a code unit offset, which agree only there.
 */
const textPatch = (left: string, right: string): Json[] | undefined => {
  const prefix = commonPrefix(left, right)
  const suffix = commonSuffix(left, right, prefix)
  if (prefix + suffix < MIN_COMMON_TEXT || right === '') return undefined
  const patch: Json[] = []
  if (prefix > 0) patch.push(APPEND_STRING_SLICE, 0, Buffer.byteLength(left.slice(0, prefix)))
  const middle = right.slice(prefix, right.length - suffix)
  if (middle !== '') patch.push(APPEND_STRING, middle)
  if (suffix > 0) {
    const bytes = Buffer.byteLength(left)
    patch.push(APPEND_STRING_SLICE, bytes - Buffer.byteLength(left.slice(-suffix)), bytes)
  }
  return patch
}

const commonPrefix = (left: string, right: string): number => {
  const most = Math.min(left.length, right.length)
  let length = 0
  while (length < most && left[length] === right[length]) length++
  // Do not split a surrogate pair.
  return isHighSurrogate(left, length - 1) ? length - 1 : length
}

const commonSuffix = (left: string, right: string, prefix: number): number => {
  const most = Math.min(left.length, right.length) - prefix
  let length = 0
  while (length < most && left.at(-1 - length) === right.at(-1 - length)) length++
  return length > 0 && isLowSurrogate(left, left.length - length) ? length - 1 : length
}

const isHighSurrogate = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xd800
const isLowSurrogate = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)

/** A change as mendoza patches, in both directions. */
export interface Effects extends JsonObject {
  readonly apply: MendozaPatch
  readonly revert: MendozaPatch
}

/**
 * The effect of a change. `_rev` is left out, because a client that applies the patch knows the
 * revision from the event.
 */
export const effectsOf = ({before, after}: Pick<DocumentChange, 'before' | 'after'>): Effects => {
  const left = before && withoutRevision(before)
  const right = after && withoutRevision(after)
  return {apply: encodeMendoza(left, right), revert: encodeMendoza(right, left)}
}

const withoutRevision = ({_rev, ...document}: StoredDocument): JsonObject => document
