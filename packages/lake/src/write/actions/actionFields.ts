/**
 * Reads and validates the fields of an action as sent: strings, ids, times, choices. Each function
 * throws a Refusal that names the field.
 */
import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {isDocumentId, isDraftId, isReleaseName, isVersionId, publishedId} from '../../core/ids.ts'
import {TIMESTAMP_EXAMPLE, parseTimestamp} from '../../core/timestamp.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {Refusal} from '../transaction/refusal.ts'
import type {Workspace} from '../transaction/workspace.ts'

/** Applies one action, as sent, to the documents of the transaction. */
export type ActionHandler = (workspace: Workspace, action: JsonObject, history: History) => void

export const refuse = (description: string, extra: JsonObject = {}): never => {
  throw new Refusal(validationError(description, extra))
}

/** A required, non-empty string. */
export const stringOf = (action: JsonObject, name: string): string => {
  const value = action[name]
  return typeof value === 'string' && value !== '' ? value : refuse(`"${name}" must be a string`)
}

export const optionalStringOf = (action: JsonObject, name: string): string | undefined =>
  action[name] === undefined || action[name] === null ? undefined : stringOf(action, name)

/** A required object. */
export const objectOf = (action: JsonObject, name: string): JsonObject => {
  const value = action[name]
  return isJsonObject(value) ? value : refuse(`"${name}" must be an object`)
}

export const flagOf = (action: JsonObject, name: string): boolean => {
  const value = action[name] ?? false
  return typeof value === 'boolean' ? value : refuse(`"${name}" must be true or false`)
}

export const stringsOf = (action: JsonObject, name: string): readonly string[] => {
  const values = action[name] ?? []
  return isStrings(values) ? values : refuse(`"${name}" must be an array of strings`)
}

const isStrings = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** A date and time with a zone, in milliseconds since 1970. */
export const timeOf = (action: JsonObject, name: string): number =>
  parseTimestamp(stringOf(action, name)) ??
  refuse(`"${name}" must be a date and time with a time zone, such as ${TIMESTAMP_EXAMPLE}`)

/** One of the permitted values; the first is the default. */
export const choiceOf = <Word extends string>(
  action: JsonObject,
  name: string,
  words: readonly [Word, ...Word[]],
): Word => {
  const value = action[name] ?? words[0]
  return (
    words.find((word) => word === value) ?? refuse(`"${name}" must be one of ${words.join(', ')}`)
  )
}

/** The id in `publishedId`, which must not be that of a draft or a version. */
export const publishedIdOf = (action: JsonObject): string => {
  const id = stringOf(action, 'publishedId')
  if (!isDocumentId(id) || isDraftId(id) || isVersionId(id)) {
    return refuse(`"${id}" is not the id of a published document`, {value: id})
  }
  return id
}

/** Checks that an id is that of a draft or version of the given document. */
export const versionIdFor = (id: string, published: string): string => {
  if (!isDocumentId(id) || publishedId(id) === id) {
    return refuse(`"${id}" is not the id of a draft or a version`, {value: id})
  }
  if (publishedId(id) !== published) {
    return refuse(`"${id}" is not a draft or a version of "${published}"`, {value: id})
  }
  return id
}

export const releaseIdOf = (action: JsonObject): string => {
  const name = stringOf(action, 'releaseId')
  return isReleaseName(name) ? name : refuse(`"${name}" is not a valid release name`, {value: name})
}
