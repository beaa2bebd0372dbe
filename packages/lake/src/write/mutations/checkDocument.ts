/**
 * Checks a document before it is stored: the documented limits on size, depth and attributes, that it
 * can be encoded as JSON, and the rules of documentRules.ts.
 */
import {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {MAX_DOCUMENT_ATTRIBUTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_DEPTH} from '../../core/limits.ts'
import {Refusal} from '../transaction/refusal.ts'
import {faultOfName, faultOfReference} from './documentRules.ts'

/**
 * Checks with one walk. Exact counts are made only if cheap upper bounds exceed a limit.
 * @param previous The stored document that this one replaces. If it breaks a rule too, this one may: a
 *   document that an earlier version of the lake accepted can still be edited.
 * @param weigh Called with the document's cost in units of packages/groq/src/execution/budget.ts.
 * @returns The document, or a copy in which unpaired surrogates were replaced.
 * @throws Refusal if a limit is exceeded.
 */
export const checkDocument = (
  document: StoredDocument,
  previous?: StoredDocument,
  weigh?: (units: number) => void,
): StoredDocument => {
  const seen = measured(document)
  weigh?.(Math.trunc(seen.units / CHARACTERS_PER_UNIT))
  if (seen.attributes > MAX_DOCUMENT_ATTRIBUTES) checkAttributes(document)
  // A UTF-16 code unit is at most six bytes of JSON: an escaped control character.
  if (seen.units * 6 > MAX_DOCUMENT_BYTES) checkBytes(document)
  if (seen.fault !== undefined && (!previous || measured(previous).fault === undefined)) {
    refuse(`${seen.fault} (in the document "${document._id}")`)
  }
  return seen.broken ? wellFormed(document) : document
}

/** As in store/readMeter.ts. */
const CHARACTERS_PER_UNIT = 8

interface Seen {
  attributes: number
  /** Upper bound of the characters of the JSON, without escapes. */
  units: number
  /** Whether a name or a string contains an unpaired surrogate. */
  broken: boolean
  /** The first rule that is broken. */
  fault: string | undefined
}

const measured = (document: StoredDocument): Seen => {
  const seen: Seen = {attributes: 0, units: 0, broken: false, fault: undefined}
  measure(document, 1, '', seen)
  return seen
}

const measure = (value: Json, depth: number, name: string, seen: Seen): void => {
  if (typeof value === 'string') {
    seen.units += value.length + 2
    if (!value.isWellFormed()) seen.broken = true
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(`"${name}" is a number that JSON cannot represent`)
    seen.units += 24
  } else if (value === null || typeof value === 'boolean') {
    seen.units += 5
  } else if (depth > MAX_DOCUMENT_DEPTH) {
    refuse(`"${name}" is nested deeper than the ${MAX_DOCUMENT_DEPTH} levels a document may have`)
  } else if (isJsonObject(value)) {
    if (depth > 1) seen.fault ??= faultOfReference(value, name)
    for (const key in value) {
      seen.attributes++
      seen.units += key.length + 4
      if (!key.isWellFormed()) seen.broken = true
      seen.fault ??= faultOfName(key)
      if (key === '__proto__') refuse('"__proto__" cannot name an attribute')
      measure(value[key] ?? null, depth + 1, key, seen)
    }
  } else {
    seen.units += value.length + 2
    for (const item of value) measure(item, depth + 1, name, seen)
  }
}

/** JSON.stringify escapes unpaired surrogates only. */
const wellFormed = (document: StoredDocument): StoredDocument => {
  const text = JSON.stringify(document).replaceAll(
    /\\(?:u([0-9a-f]{4})|.)/g,
    (escape, code: string | undefined) =>
      code !== undefined && code >= 'd800' ? '\\ufffd' : escape,
  )
  const copy: StoredDocument = JSON.parse(text)
  return copy
}

/** An attribute is a path without array indexes: ten blocks of text have the attributes of one. */
const checkAttributes = (document: JsonObject): void => {
  const paths = new Set<string>()
  const collect = (value: Json, path: string): void => {
    if (isJsonObject(value)) {
      for (const key in value) {
        const below = `${path}.${key}`
        paths.add(below)
        collect(value[key] ?? null, below)
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const item of value) collect(item, `${path}[]`)
    }
  }
  collect(document, '')
  if (paths.size > MAX_DOCUMENT_ATTRIBUTES) {
    refuse(`The document has ${paths.size} attributes, more than ${MAX_DOCUMENT_ATTRIBUTES}`)
  }
}

const checkBytes = (document: JsonObject): void => {
  const bytes = Buffer.byteLength(JSON.stringify(document))
  if (bytes > MAX_DOCUMENT_BYTES) {
    refuse(`The document is ${bytes} bytes long, more than ${MAX_DOCUMENT_BYTES}`)
  }
}

const refuse = (description: string): never => {
  throw new Refusal(validationError(description))
}
