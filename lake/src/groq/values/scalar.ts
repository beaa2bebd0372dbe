import type {Value} from '../value.ts'

/**
 * The base of values that JSON lacks (datetimes, paths, geographies, text queries): opaque to
 * attribute access, and written as JSON by `toJSON` when a query returns one.
 */
export abstract class Scalar {
  abstract toJSON(): Value
}
