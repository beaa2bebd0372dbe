/** Functions of the namespace `geo::`. */
import type {Value} from '../core/value.ts'
import type {Execution} from '../execution/execution.ts'
import {Geography, geographyOf} from '../geometry/geography.ts'
import {chargeRelation, contains, distance, intersects} from '../geometry/geometry.ts'
import {binary, unary} from './groqFunction.ts'
import type {GroqFunction, Namespace} from './groqFunction.ts'

/**
 * Geography (specification, "Geography Extension"). Whether lines of thousands of points are valid
 * or meet takes the library seconds, so every function that may be given some says so.
 */
const stalling = (geoFunction: GroqFunction): GroqFunction => ({...geoFunction, mayStall: true})

const both =
  (apply: (first: Geography, second: Geography) => Value) =>
  (first: Value, second: Value, execution: Execution) => {
    const left = geographyOf(first, execution)
    const right = geographyOf(second, execution)
    if (!left || !right) return null
    chargeRelation(left.geoJson, right.geoJson, execution)
    return apply(left, right)
  }

export const geoFunctions: Namespace = {
  latLng: binary(
    'latitude, longitude',
    'The point at a latitude and longitude',
    (lat, lng, execution) => geographyOf({lat, lng}, execution),
  ),
  contains: stalling(
    binary('outer, inner', 'Whether all of the second lies in the first', both(contains)),
  ),
  intersects: stalling(binary('first, second', 'Whether the two share a point', both(intersects))),
  distance: stalling(binary('first, second', 'Metres between two points', both(distance))),
}

export const geoConstructor = stalling(
  unary(
    'value',
    'The geography of GeoJSON or of `{lat, lng}`; null for anything else',
    geographyOf,
  ),
)
