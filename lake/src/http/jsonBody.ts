import {isUtf8} from 'node:buffer'

import {type Json, isJsonObject, type JsonObject} from '../document.ts'
import {badRequest} from '../errors.ts'
import {MAX_JSON_DEPTH} from '../limits.ts'
import type {LakeRequest} from './exchange.ts'

/**
 * Reads a request's body as JSON.
 * @param limit In bytes.
 * @throws 413 above the limit, 400 for anything that is not JSON in UTF-8 of sane depth.
 */
export const jsonBody = async (request: LakeRequest, limit: number): Promise<Json> =>
  parseBody(await request.body(limit))

/** As `jsonBody`, for bodies that must be an object. */
export const jsonObjectBody = async (request: LakeRequest, limit: number): Promise<JsonObject> =>
  parseObject(await request.body(limit))

/** As `jsonObjectBody`, where nothing at all stands for an empty object. */
export const optionalJsonBody = async (
  request: LakeRequest,
  limit: number,
): Promise<JsonObject> => {
  const bytes = await request.body(limit)
  return bytes.length === 0 ? {} : parseObject(bytes)
}

const parseObject = (bytes: Uint8Array): JsonObject => {
  const body = parseBody(bytes)
  if (!isJsonObject(body)) throw badRequest('The body is not a JSON object.')
  return body
}

const parseBody = (bytes: Uint8Array): Json => {
  if (!isUtf8(bytes)) throw badRequest('The body is not UTF-8.')
  if (depthOf(bytes) > MAX_JSON_DEPTH) {
    throw badRequest(`The body nests deeper than ${MAX_JSON_DEPTH} levels.`)
  }
  return parseJson(new TextDecoder().decode(bytes), 'The body')
}

/** @param what Names the text in the error: `Parameter $slug`. */
export const parseJson = (text: string, what: string): Json => {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw badRequest(`${what} is not valid JSON: ${reason}`)
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `{` and `}`; without this bit, `[` and `]`. */
const BRACE_BIT = 0x20
const OPENING = 0x5b
const CLOSING = 0x5d

/**
 * How deep the brackets of a JSON text nest: walked before parsing, for recursion comes after.
 * Every byte of an import passes here, so texts, which are most of it, are passed over by themselves.
 */
const depthOf = (bytes: Uint8Array): number => {
  const {length} = bytes
  let depth = 0
  let deepest = 0
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE) at = endOfText(bytes, at + 1)
    else if ((byte & ~BRACE_BIT) === OPENING) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if ((byte & ~BRACE_BIT) === CLOSING) depth -= 1
  }
  return deepest
}

/** Where the quote stands that ends the text. */
const endOfText = (bytes: Uint8Array, from: number): number => {
  const {length} = bytes
  let at = from
  while (at < length) {
    const byte = bytes[at]
    if (byte === QUOTE) return at
    at += byte === BACKSLASH ? 2 : 1
  }
  return at
}
