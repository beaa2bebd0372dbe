/** Reads the body of a request as JSON, with limits on its size, its depth and its numbers. */
import {isUtf8} from 'node:buffer'

import {type Json, isJsonObject, type JsonObject} from './document.ts'
import {badRequest} from './errors.ts'
import type {LakeRequest} from './lakeRequest.ts'
import {MAX_JSON_DEPTH} from './limits.ts'

/**
 * @param limit In bytes.
 * @throws 413 above the limit; 400 for anything that is not JSON in UTF-8 within the depth limit, and
 *   for a number that is too large for a double, which would be returned as null.
 */
export const jsonBody = async (request: LakeRequest, limit: number): Promise<Json> =>
  parseBody(await request.body(limit))

/** As `jsonBody`, for bodies that must be an object. */
export const jsonObjectBody = async (request: LakeRequest, limit: number): Promise<JsonObject> =>
  parseObject(await request.body(limit))

/** As `jsonObjectBody`; an empty body counts as an empty object. */
export const optionalJsonBody = async (
  request: LakeRequest,
  limit: number,
): Promise<JsonObject> => {
  const bytes = await request.body(limit)
  return bytes.length === 0 ? {} : parseObject(bytes)
}

/** @throws As `parseBody`, and 400 for JSON that is not an object. */
export const parseObject = (bytes: Uint8Array): JsonObject => {
  const body = parseBody(bytes)
  if (!isJsonObject(body)) throw badRequest('The body is not a JSON object.')
  return body
}

/** @throws 400 for anything that is not JSON in UTF-8 within the depth limit. */
export const parseBody = (bytes: Uint8Array): Json => {
  if (!isUtf8(bytes)) throw badRequest('The body is not UTF-8.')
  const {depth, hasLongNumber} = shapeOf(bytes)
  if (depth > MAX_JSON_DEPTH) {
    throw badRequest(`The body nests deeper than ${MAX_JSON_DEPTH} levels.`)
  }
  const body = parseJson(new TextDecoder().decode(bytes), 'The body')
  if (hasLongNumber) requireFinite(body, 'The body')
  return body
}

/**
 * Hosted Sanity parses JSON with Go, which rejects numbers out of range.
 * @param place Names the value in the error: `Parameter $price`.
 * @throws 400
 */
export const requireFinite = (value: Json, place: string): void => {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw badRequest(`${place} is a number that is too large.`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value)) requireFinite(child, `${place}.${name}`)
  }
}

/** @param what Names the JSON in the error: `Parameter $slug`. */
export const parseJson = (text: string, what: string): Json => {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw badRequest(`${what} is not valid JSON: ${reason}`)
  }
  return value
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `{` and `}`; without this bit, `[` and `]`. */
const BRACE_BIT = 0x20
const OPENING = 0x5b
const CLOSING = 0x5d
const ZERO = 0x30
const NINE = 0x39
/** `E`; with this bit, `e`. */
const EXPONENT = 0x45
const CASE_BIT = 0x20

/** A number with fewer digits than this fits into a double. */
const SURE_DIGITS = 300

/**
 * How deep the brackets nest, and whether a number has an exponent or very many digits. Checked
 * before parsing, because later steps are recursive. Every byte of an import passes through here, so
 * strings, which are most of it, are skipped in a loop of their own.
 */
const shapeOf = (bytes: Uint8Array): {readonly depth: number; readonly hasLongNumber: boolean} => {
  const {length} = bytes
  let depth = 0
  let deepest = 0
  let hasLongNumber = false
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE) at = endOfString(bytes, at + 1)
    else if ((byte & ~BRACE_BIT) === OPENING) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if ((byte & ~BRACE_BIT) === CLOSING) depth -= 1
    else if (isDigit(byte)) {
      const from = at
      while (isDigit(bytes[at + 1] ?? 0)) at++
      const next = (bytes[at + 1] ?? 0) & ~CASE_BIT
      if (next === EXPONENT || at - from > SURE_DIGITS) hasLongNumber = true
    }
  }
  return {depth: deepest, hasLongNumber}
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE

/** Position of the closing quote. */
const endOfString = (bytes: Uint8Array, from: number): number => {
  const {length} = bytes
  let at = from
  while (at < length) {
    const byte = bytes[at]
    if (byte === QUOTE) return at
    at += byte === BACKSLASH ? 2 : 1
  }
  return at
}
