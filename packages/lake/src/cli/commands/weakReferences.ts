import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'

/** Strong references made weak for as long as their targets may be missing, and strong again. */
const isStrong = (value: Json): value is JsonObject =>
  isJsonObject(value) && typeof value['_ref'] === 'string' && value['_weak'] !== true

export const weakened = (document: JsonObject): JsonObject => {
  const result = weaken(document)
  return isJsonObject(result) ? result : document
}

const weaken = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(weaken)
  if (!isJsonObject(value)) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, weaken(child)]),
  )
  return isStrong(value) ? {...inner, _weak: true} : inner
}

/** The patch that undoes `weakened`, or null when there is nothing to undo. */
export const strengthening = (document: JsonObject): JsonObject | null => {
  const unset = strongPaths(document, '').map((path) => `${path}._weak`)
  return unset.length === 0 ? null : {patch: {id: document['_id'] ?? null, unset}}
}

/** Paths of strong references in JSONMatch: `authors[0].author`, `['odd name']`. */
const strongPaths = (value: Json, path: string): string[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => strongPaths(item, `${path}[${index}]`))
  }
  if (!isJsonObject(value)) return []
  const here = isStrong(value) ? [path] : []
  return Object.entries(value).reduce<string[]>(
    (paths, [name, child]) => [...paths, ...strongPaths(child, step(path, name))],
    here,
  )
}

const step = (path: string, name: string): string => {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}
