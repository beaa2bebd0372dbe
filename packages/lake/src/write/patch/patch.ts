/**
 * Patches (sanity.io/docs/http-reference/patches): parses the body of a patch once, into a function
 * that can be applied to any number of documents.
 */
import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {Refusal} from '../transaction/refusal.ts'
import {insert} from './insert.ts'
import {
  decrement,
  diffMatchPatch,
  increment,
  type Operation,
  set,
  setIfMissing,
  unset,
} from './operations.ts'

export type Patch = (document: JsonObject) => JsonObject

type ByPath = (path: string, operand: Json) => Operation

/** The order in which the operations of one patch are applied: that of `@sanity/mutator`. */
const BY_PATH: readonly (readonly [name: string, operation: ByPath])[] = [
  ['setIfMissing', setIfMissing],
  ['set', set],
  ['unset', unset],
  ['diffMatchPatch', diffMatchPatch],
  ['inc', increment],
  ['dec', decrement],
]

const NAMES = new Set([...BY_PATH.map(([name]) => name), 'insert'])

/**
 * Parses a patch.
 * @param body The operations as sent: `{set?, setIfMissing?, unset?, diffMatchPatch?, inc?, dec?, insert?}`.
 * @param ignored Other permitted keys: `id`, `ifRevisionID`.
 * @throws Refusal for an unknown operation, a path that cannot be read, an operand of a wrong type.
 */
export const parsePatch = (body: JsonObject, ignored: readonly string[] = []): Patch => {
  for (const name of Object.keys(body)) {
    if (!NAMES.has(name) && !ignored.includes(name)) refuse(`Unknown patch operation "${name}"`)
  }
  const operations = BY_PATH.flatMap(([name, operation]) =>
    operands(name, body[name]).map(([path, operand]) => operation(path, operand)),
  )
  if (body['insert'] !== undefined) operations.push(insert(body['insert']))
  return (document) => operations.reduce(applyOperation, document)
}

/** A filter may select the document itself; a result that is not an object is ignored. */
const applyOperation = (document: JsonObject, operation: Operation): JsonObject => {
  const next = operation(document)
  return isJsonObject(next) ? next : document
}

const operands = (name: string, value: Json | undefined): (readonly [string, Json])[] => {
  if (value === undefined) return []
  if (name === 'unset') return pathsOf(value).map((path) => [path, null])
  if (isJsonObject(value)) return Object.entries(value)
  return refuse(`${name} needs an object with a path for each key`)
}

const pathsOf = (value: Json): readonly string[] =>
  Array.isArray(value) && value.every((path) => typeof path === 'string')
    ? value
    : refuse('unset needs an array of paths')

const refuse = (description: string): never => {
  throw new Refusal(validationError(description))
}
