/**
 * Answers that are whole documents: their JSON is sent as it is stored. Parsing and writing it again
 * takes several times as long as finding it.
 */
import {resultTooLarge} from '../core/errors.ts'
import {bytesOf, freeBuffer, type JsonText} from '../core/jsonText.ts'
import {MAX_RESULT_BYTES} from '../core/limits.ts'
import type {Compiled, EachJson, FastWays} from '../execution/compiler.ts'
import {charge, type Scope} from '../execution/execution.ts'

const [OPEN = 0, COMMA = 0, CLOSE = 0] = bytesOf('[,]')

/** `[index]` of an array. */
export const elementWays = ({fast}: Compiled, index: number): FastWays | undefined => {
  const json = fast?.json
  return json && {wholeJson: (scope) => elementJson(json, index, scope)}
}

/** `[left...right]` of an array. */
export const sliceWays = ({fast}: Compiled, left: number, right: number): FastWays | undefined => {
  const json = fast?.json
  return json && {wholeJson: (scope) => sliceJson(json, left, right, scope)}
}

/** The element of the array; undefined where documents must be read. */
const elementJson = (each: EachJson, index: number, scope: Scope): JsonText | undefined => {
  let found: JsonText | undefined
  const isKnown = each(scope, index, (document) => {
    found = document()
    return false
  })
  return isKnown ? (found ?? 'null') : undefined
}

/**
 * The elements from `left` up to but without `right`; undefined where documents must be read.
 * @throws 400 queryError when they are more bytes than a result may have.
 */
const sliceJson = (
  each: EachJson,
  left: number,
  right: number,
  scope: Scope,
): Uint8Array | undefined => {
  const documents: Uint8Array[] = []
  let bytes = 1
  const isKnown = each(scope, left, (document) => {
    if (documents.length >= right - left) return false
    const json = bytesOf(document())
    charge(scope.execution, json.length >> 6)
    documents.push(json)
    bytes += json.length + 1
    if (bytes > MAX_RESULT_BYTES) throw resultTooLarge(MAX_RESULT_BYTES)
    return documents.length < right - left
  })
  return isKnown ? arrayOf(documents, Math.max(bytes, 2)) : undefined
}

/** @param bytes That it takes. */
const arrayOf = (documents: readonly Uint8Array[], bytes: number): Uint8Array => {
  const array = new Uint8Array(bytes)
  let end = 0
  for (const document of documents) {
    array[end] = end === 0 ? OPEN : COMMA
    array.set(document, end + 1)
    end += 1 + document.length
    freeBuffer(document)
  }
  if (end === 0) array[end++] = OPEN
  array[end] = CLOSE
  return array
}
