/** Copies of a schema that each differ from it in one place: what a parity test has to notice. */

export interface Planted {
  /** Where, and what was done there: `3/attributes/slug gets a field`. */
  readonly place: string
  readonly schema: unknown
}

type Json = Record<string, unknown>

/**
 * The differences worth planting in one object of the schema: a name, and what to set. An
 * undefined value means that the object offers no place for it.
 */
export type Planter = (node: Json, path: readonly string[]) => Readonly<Record<string, Json>>

export function plantDifferences(schema: unknown, planter: Planter): Planted[] {
  return objectsIn(schema, []).flatMap(({node, path}) =>
    Object.entries(planter(node, path))
      .filter(([, change]) => Object.values(change).every((value) => value !== undefined))
      .map(([deed, change]) => {
        const copy = structuredClone(schema)
        Object.assign(objectAt(copy, path), change)
        return {place: `${path.join('/')} ${deed}`, schema: copy}
      }),
  )
}

function objectsIn(
  value: unknown,
  path: readonly string[],
): {node: Json; path: readonly string[]}[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => objectsIn(one, [...path, String(index)]))
  }
  if (!isObject(value)) return []
  const inside = Object.entries(value).flatMap(([key, one]) => objectsIn(one, [...path, key]))
  return [{node: value, path}, ...inside]
}

function objectAt(root: unknown, path: readonly string[]): Json {
  const found = path.reduce<unknown>(
    (value, key) =>
      Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : value,
    root,
  )
  if (!isObject(found)) throw new Error(`Nothing at /${path.join('/')}.`)
  return found
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
