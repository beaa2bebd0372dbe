/** Copies of a JSON value that each differ from it in one place: what a test has to notice. */

export interface Planted {
  /** Where, and what was done there: `/3/attributes/slug: optional`. */
  readonly place: string
  readonly value: unknown
}

type Json = Record<string, unknown>

/** What to put in an object's place: each replacement by a name that says what is different. */
export type Planter = (node: Json, path: readonly string[]) => Readonly<Record<string, unknown>>

export function plantDifferences(
  value: unknown,
  planter: Planter,
  path: readonly string[] = [],
  whole: (part: unknown) => unknown = (part) => part,
): Planted[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) =>
      plantDifferences(one, planter, [...path, String(index)], (part) =>
        whole(value.with(index, part)),
      ),
    )
  }
  if (!isObject(value)) return []
  const here = Object.entries(planter(value, path)).map(([deed, replacement]) => ({
    place: `/${path.join('/')}: ${deed}`,
    value: whole(replacement),
  }))
  const inside = Object.entries(value).flatMap(([key, one]) =>
    plantDifferences(one, planter, [...path, key], (part) => whole({...value, [key]: part})),
  )
  return [...here, ...inside]
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object without one of its fields. */
export function without(object: Json, field: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== field))
}
