/**
 * Encodes the difference of two JSON values as a mendoza patch, which the Studio decodes: a flat
 * list of opcodes and operands for a machine with a stack of inputs and one of outputs.
 * The format is that of github.com/sanity-io/mendoza; the `mendoza` package only decodes.
 */
import {isDeepStrictEqual} from 'node:util'

import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'

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

/** Fewer code units in common than this are not worth two slices. */
const MIN_COMMON_TEXT = 12

/** @returns The patch that makes `right` from `left`; null stands for a document that is not there. */
export const encodeMendoza = (left: JsonObject | null, right: JsonObject | null): MendozaPatch =>
  left && right ? objectPatch(left, right) : [VALUE, right]

/** The output starts as a copy of the input, so only what differs is said. */
const objectPatch = (left: JsonObject, right: JsonObject): Json[] => {
  const patch: Json[] = []
  const names = Object.keys(left).toSorted()
  names.forEach((name, index) => {
    const before = left[name] ?? null
    // Names such as `toString` must not be found where they are not.
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

/** What changes one value into another of its kind; undefined when it is simpler to replace it. */
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
    // A blank output that nothing is added to decodes to null.
    return after.length > 0 ? [pushBlank, index, ...arrayPatch(before, after)] : undefined
  }
  if (typeof before === 'string' && typeof after === 'string') {
    const text = textPatch(before, after)
    return text && [pushBlank, index, ...text]
  }
  return undefined
}

/** Elements are followed by their `_key`, and by their content where they have none. */
const arrayPatch = (left: readonly Json[], right: readonly Json[]): Json[] => {
  const patch: Json[] = []
  const places = placesByKey(left)
  /** The elements of `left` from `start` to before `end` that are still to be copied. */
  let start = 0
  let end = 0
  const copySlice = () => {
    if (end > start) patch.push(APPEND_SLICE, start, end)
    start = end = 0
  }
  right.forEach((after, position) => {
    const key = keyOf(after)
    const index = key === undefined ? placeOfValue(left, after, end, position) : places.get(key)
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
    // The next element without a key is looked for after the one that was changed.
    start = end = index === undefined ? 0 : index + 1
  })
  copySlice()
  return patch
}

/** Where an element without a key was: right after the last one, or at the same distance from the start. */
const placeOfValue = (
  left: readonly Json[],
  value: Json,
  next: number,
  position: number,
): number | undefined => {
  if (next < left.length && isDeepStrictEqual(left[next], value)) return next
  const same = left[position]
  return same !== undefined && keyOf(same) === undefined ? position : undefined
}

const placesByKey = (array: readonly Json[]): ReadonlyMap<string, number> => {
  const places = new Map<string, number>()
  array.forEach((element, index) => {
    const key = keyOf(element)
    if (key !== undefined && !places.has(key)) places.set(key, index)
  })
  return places
}

const keyOf = (element: Json): string | undefined =>
  isJsonObject(element) && typeof element._key === 'string' ? element._key : undefined

/**
 * The common beginning and end as slices, in UTF-8 bytes. Only these two: the decoder takes the
 * start of a slice for bytes and code units at once, which is true at the start and at the end.
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
  // Not through the middle of a character that takes two code units.
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
