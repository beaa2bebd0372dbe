import type {Json} from '../core/document.ts'
import {Scalar} from '../core/value.ts'
import {isArray, setAttribute} from '../core/value.ts'
import type {Value} from '../core/value.ts'

/**
 * The JSON of a value: datetimes, paths and geographies become what they are written as.
 * @param mayHaveSpecial False where no function was called that makes such values: then the value
 *   is JSON already, and is given back as it is.
 */
export const plainValue = (value: Value, mayHaveSpecial: boolean): Json =>
  isPlain(value, mayHaveSpecial) ? value : convert(value)

const isPlain = (_value: Value, mayHaveSpecial: boolean): _value is Json => !mayHaveSpecial

const convert = (value: Value): Json => {
  if (typeof value !== 'object' || value === null) return value
  if (isArray(value)) return value.map(convert)
  if (value instanceof Scalar) return convert(value.toJSON())
  const result: Record<string, Json> = {}
  for (const [name, inner] of Object.entries(value)) setAttribute(result, name, convert(inner))
  return result
}
