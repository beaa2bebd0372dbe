/** Relations between geometries (contains, intersects, distance), by the library JSTS. */
import {createRequire} from 'node:module'

import {isArray, isObject} from '../core/value.ts'
import type {Value, ValueObject} from '../core/value.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'

/**
 * Plane geometry, by JSTS. The library is large, so it is loaded by the first query that asks
 * for it (Node loads ES modules synchronously through `require` since 22.12).
 */
const load = createRequire(import.meta.url)

/** A geography, or anything with one's GeoJSON. */
interface Shape {
  readonly geoJson: ValueObject
}

interface Geometry {
  contains(other: Geometry): boolean
  intersects(other: Geometry): boolean
  isValid(): boolean
}

let reader: {read(geoJson: ValueObject): Geometry} | undefined

const jsts = () => {
  if (!reader) {
    load('jsts/org/locationtech/jts/monkey.js')
    const {default: GeoJsonReader} = load('jsts/org/locationtech/jts/io/GeoJSONReader.js')
    reader = new GeoJsonReader()
  }
  return reader
}

const geometries = new WeakMap<ValueObject, Geometry | null>()

/** Null when JSTS refuses it: rings that are not closed, lines of a single point. */
const geometryOf = (geoJson: ValueObject): Geometry | null => {
  let geometry = geometries.get(geoJson)
  if (geometry === undefined) {
    try {
      geometry = jsts()?.read(geoJson) ?? null
    } catch {
      geometry = null
    }
    geometries.set(geoJson, geometry)
  }
  return geometry
}

/** Positions and numbers in a geometry; each is charged as it is counted. */
const sizeOf = (value: Value, execution: Execution): number => {
  charge(execution, 1)
  if (isArray(value)) return value.reduce<number>((sum, part) => sum + sizeOf(part, execution), 1)
  if (!isObject(value)) return 1
  return (
    sizeOf(value['coordinates'] ?? null, execution) + sizeOf(value['geometries'] ?? null, execution)
  )
}

/**
 * Counts what it takes to find out whether a geometry is valid, which nothing interrupts: at the
 * worst, each part of a line is compared with each other.
 */
export const chargeGeometry = (geoJson: ValueObject, execution: Execution): void => {
  const size = sizeOf(geoJson, execution)
  charge(execution, size * (50 + (size >> 3)))
}

/** The same for whether two geometries meet. */
export const chargeRelation = (
  first: ValueObject,
  second: ValueObject,
  execution: Execution,
): void => {
  const sizes = [sizeOf(first, execution), sizeOf(second, execution)]
  charge(
    execution,
    sizes.reduce((product, size) => product * (8 + (size >> 1)), 1),
  )
}

/** The parts of a collection, all the way down; the geometry itself when it is no collection. */
const partsOf = (geoJson: ValueObject): readonly ValueObject[] => {
  const {geometries: members = null} = geoJson
  return isArray(members) ? members.filter(isObject).flatMap(partsOf) : [geoJson]
}

export const isValidGeometry = (geoJson: ValueObject): boolean =>
  partsOf(geoJson).every(
    (part) => !repeatsPoint(part['coordinates'] ?? null) && geometryOf(part)?.isValid() === true,
  )

/** Whether a line or ring names the same position twice in a row. Points may coincide. */
const repeatsPoint = (coordinates: Value): boolean => {
  if (!isArray(coordinates) || !isArray(coordinates[0] ?? null)) return false
  return coordinates.some((part, index) => {
    if (!isArray(part)) return false
    if (isArray(part[0] ?? null)) return repeatsPoint(part)
    const before = coordinates[index - 1] ?? null
    return isArray(before) && before[0] === part[0] && before[1] === part[1]
  })
}

/** Whether every part of the inner geography lies within some part of the outer one. */
export const contains = (outer: Shape, inner: Shape): boolean =>
  partsOf(inner.geoJson).every((part) =>
    partsOf(outer.geoJson).some((whole) => relate(whole, part, 'contains')),
  )

export const intersects = (first: Shape, second: Shape): boolean =>
  partsOf(first.geoJson).some((a) =>
    partsOf(second.geoJson).some((b) => relate(a, b, 'intersects')),
  )

const relate = (a: ValueObject, b: ValueObject, relation: 'contains' | 'intersects'): boolean => {
  const [first, second] = [geometryOf(a), geometryOf(b)]
  return first !== null && second !== null && first[relation](second)
}

/** Equatorial radius of the Earth in metres (WGS 84). */
const earthRadius = 6_378_137

/** Great-circle distance in metres, by the haversine formula; null unless both are points. */
export const distance = (from: Shape, to: Shape): number | null => {
  const [start, end] = [positionOf(from), positionOf(to)]
  if (!start || !end) return null
  const latitudes = radians(end.latitude - start.latitude)
  const longitudes = radians(end.longitude - start.longitude)
  const chord =
    Math.sin(latitudes / 2) ** 2 +
    Math.cos(radians(start.latitude)) *
      Math.cos(radians(end.latitude)) *
      Math.sin(longitudes / 2) ** 2
  return earthRadius * 2 * Math.atan2(Math.sqrt(chord), Math.sqrt(1 - chord))
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

const positionOf = ({geoJson}: Shape) => {
  const {type, coordinates = null} = geoJson
  if (type !== 'Point' || !isArray(coordinates)) return null
  const [longitude, latitude] = coordinates
  return typeof longitude === 'number' && typeof latitude === 'number'
    ? {longitude, latitude}
    : null
}
