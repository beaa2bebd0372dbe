import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'

/** What `autoGenerateArrayKeys` asks for: a `_key` for every object in an array that lacks one. */
export const withArrayKeys = (document: JsonObject, newKey: () => string): JsonObject => {
  const keyed = (value: Json): Json => {
    if (isJsonObject(value)) return keyedObject(value)
    if (typeof value !== 'object' || value === null) return value
    return value.map((item) =>
      isJsonObject(item) ? {_key: newKey(), ...keyedObject(item)} : keyed(item),
    )
  }
  const keyedObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, keyed(value)]))
  return keyedObject(document)
}
