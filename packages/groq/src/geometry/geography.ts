/** Room geometry: geographic values. This file: reading GeoJSON and `{lat, lng}`. */
import {Scalar} from '../core/value.ts'
import {isArray, isObject} from '../core/value.ts'
import type {Value, ValueObject} from '../core/value.ts'
import type {Execution} from '../execution/execution.ts'
import {chargeGeometry, isValidGeometry} from './geometry.ts'

/** A point, line, area or collection of them on the globe, as GeoJSON. */
export class Geography extends Scalar {
  readonly geoJson: ValueObject

  constructor(geoJson: ValueObject) {
    super()
    this.geoJson = geoJson
  }

  toJSON(): ValueObject {
    return this.geoJson
  }
}

/**
 * Reads GeoJSON geometries (no features) and points as `{lat, lng}` or `{lat, lon}`;
 * null for anything else, and for geometries that cross themselves or repeat a point.
 * @param execution Charged with what there is to check.
 */
export const geographyOf = (value: Value, execution: Execution): Geography | null => {
  if (value instanceof Geography) return value
  if (!isObject(value)) return null
  chargeGeometry(value, execution)
  const geoJson = latitudeAndLongitude(value) ?? geometryOf(value)
  return geoJson && isValidGeometry(geoJson) ? new Geography(geoJson) : null
}

const latitudeAndLongitude = (value: ValueObject): ValueObject | null => {
  const {lat, lng = null, lon = null} = value
  if (typeof lat !== 'number' || (lng === null) === (lon === null)) return null
  const longitude = lng ?? lon
  return typeof longitude === 'number' ? {type: 'Point', coordinates: [longitude, lat]} : null
}

/** How deeply each kind of geometry nests its positions. */
const depths: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
}

const geometryOf = (value: ValueObject): ValueObject | null => {
  const {type, coordinates = null, geometries = null} = value
  if (typeof type !== 'string') return null
  if (type === 'GeometryCollection') {
    if (!isArray(geometries)) return null
    const members = geometries.map((member) => (isObject(member) ? geometryOf(member) : null))
    return members.includes(null) ? null : {type, geometries: members}
  }
  const depth = Object.hasOwn(depths, type) ? depths[type] : undefined
  return depth !== undefined && hasPositions(coordinates, depth) ? {type, coordinates} : null
}

const hasPositions = (value: Value, depth: number): boolean => {
  if (!isArray(value)) return false
  if (depth > 0) return value.length > 0 && value.every((part) => hasPositions(part, depth - 1))
  return value.length >= 2 && value.every((ordinate) => typeof ordinate === 'number')
}
