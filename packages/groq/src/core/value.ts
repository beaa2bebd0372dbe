/**
 * What an expression evaluates to: plain JSON, and the few kinds of values that JSON lacks.
 * JSON values are shared with the documents they come from, so nothing here is changed in place.
 */
export type Value = null | boolean | number | string | readonly Value[] | ValueObject | Scalar

export interface ValueObject {
  readonly [key: string]: Value
}

/**
 * The base of values that JSON lacks (datetimes, paths, geographies, text queries): opaque to
 * attribute access, and written as JSON by `toJSON` when a query returns one.
 */
export abstract class Scalar {
  abstract toJSON(): Value
}

export const isObject = (value: Value): value is ValueObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Scalar)

export const isArray: (value: Value) => value is readonly Value[] = Array.isArray

/** Infinity and NaN are not GROQ numbers: they become null (specification, "Number"). */
export const toNumber = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Names that an array, or an object of JavaScript's own making, answers to. */
const inherited = new Set(
  [Object.prototype, Array.prototype].flatMap((prototype) => Object.getOwnPropertyNames(prototype)),
)
/** What the values that JSON lacks have in this program; a test knows all of them. */
const specialNames = new Set([
  'everything',
  'excluded',
  'geoJson',
  'matches',
  'milliseconds',
  'mostSteps',
  'pattern',
  'required',
  'toJSON',
])

const mayBeInherited = (name: string): boolean =>
  inherited.has(name) || specialNames.has(name) || /^\d/.test(name)

/** Reads one attribute; null when it is missing or the value is no object. */
export const attributeReader = (name: string): ((value: Value) => Value) =>
  mayBeInherited(name)
    ? (value) => (isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null)
    : // No other value has an attribute of such a name, so the checks would cost more than the read.
      (value) => (hasProperties(value) ? (value[name] ?? null) : null)

const hasProperties = (value: Value): value is ValueObject =>
  typeof value === 'object' && value !== null

/** Sets an attribute of an object under construction, `__proto__` included. */
export const setAttribute = (target: Record<string, Value>, name: string, value: Value): void => {
  if (name === '__proto__') {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  } else target[name] = value
}
