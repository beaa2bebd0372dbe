import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {isDocumentId, isDraftId, isReleaseName, isVersionId, publishedId} from '../../core/ids.ts'
import {TIMESTAMP_EXAMPLE, parseTimestamp} from '../../core/timestamp.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {Refusal} from '../transaction/refusal.ts'
import type {Workspace} from '../transaction/workspace.ts'

/** Does one action, as it was sent, on the transaction's documents. */
export type DoAction = (workspace: Workspace, action: JsonObject, history: History) => void

export const refuse = (description: string, extra: JsonObject = {}): never => {
  throw new Refusal(validationError(description, extra))
}

/** A text that the action must have. */
export const textOf = (action: JsonObject, name: string): string => {
  const value = action[name]
  return typeof value === 'string' && value !== '' ? value : refuse(`"${name}" must be a text`)
}

export const optionalTextOf = (action: JsonObject, name: string): string | undefined =>
  action[name] === undefined || action[name] === null ? undefined : textOf(action, name)

/** An object that the action must have. */
export const objectOf = (action: JsonObject, name: string): JsonObject => {
  const value = action[name]
  return isJsonObject(value) ? value : refuse(`"${name}" must be an object`)
}

export const flagOf = (action: JsonObject, name: string): boolean => {
  const value = action[name] ?? false
  return typeof value === 'boolean' ? value : refuse(`"${name}" must be true or false`)
}

export const textsOf = (action: JsonObject, name: string): readonly string[] => {
  const values = action[name] ?? []
  return isTexts(values) ? values : refuse(`"${name}" must be an array of texts`)
}

const isTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** A date and time with a zone, in milliseconds since 1970. */
export const instantOf = (action: JsonObject, name: string): number =>
  parseTimestamp(textOf(action, name)) ??
  refuse(`"${name}" must be a date and time with a time zone, such as ${TIMESTAMP_EXAMPLE}`)

/** One of the words that a field may hold; the first one when it is left out. */
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

/** The id in `publishedId`, which may not be that of a draft or a version. */
export const publishedIdOf = (action: JsonObject): string => {
  const id = textOf(action, 'publishedId')
  if (!isDocumentId(id) || isDraftId(id) || isVersionId(id)) {
    return refuse(`"${id}" is not the id of a published document`, {value: id})
  }
  return id
}

/** Refuses an id that is not of a draft or a version, or not of the given document. */
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
  const name = textOf(action, 'releaseId')
  return isReleaseName(name) ? name : refuse(`"${name}" cannot name a release`, {value: name})
}
