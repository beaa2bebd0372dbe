import type {SQLOutputValue} from 'node:sqlite'

import {compareText} from '../groq/compare.ts'
import type {Connection} from './connection.ts'
import type {Key} from './keyValues.ts'
import {type Place, placeOf} from './place.ts'
import type {Shape} from './shapes.ts'
import type {View} from './views.ts'

/**
 * Documents as the file holds them: JSON in UTF-8, neither parsed nor kept. For views that show
 * documents under their own ids.
 */
export interface StoredJson {
  /** In the order of the places, read a few at a time. */
  load(places: Iterable<Place>): Iterable<Uint8Array>
  /** Those that the view shows, in `_id` order. */
  loadIds(ids: readonly string[]): Iterable<Uint8Array>
  /** All with the key in an index, in `_id` order, if they are few: what a slug is asked for by. */
  loadKey(shape: Shape, key: Key): readonly Uint8Array[] | undefined
}

/** Documents read at once at the beginning of a list, and at most. */
const FIRST_WINDOW = 4
const LAST_WINDOW = 32

const ONE = `SELECT CAST(json AS BLOB) FROM document JOIN body USING (number)
  WHERE grp = ? AND layer = ?`
const MANY = `SELECT grp, CAST(json AS BLOB) FROM document JOIN body USING (number)
  WHERE grp IN (SELECT value FROM json_each(?)) AND layer = ?`

/** More are read bit by bit. */
const MOST_WITH_KEY = 2
const WITH_KEY = `SELECT grp, CAST(json AS BLOB)
  FROM key JOIN document USING (grp, layer) JOIN body USING (number)
  WHERE shape = ? AND layer = ? AND value = ? ORDER BY grp LIMIT ${MOST_WITH_KEY + 1}`

export const createStoredJson = (connection: Connection, view: View): StoredJson => {
  const one = ({layer, group}: Place): Uint8Array | undefined => {
    const row = connection.one(ONE, group, layer)
    return row && bytesOf(row[0])
  }

  const many = (places: readonly Place[]): readonly Uint8Array[] => {
    const [place] = places
    // Half the price of a list of one.
    if (place && places.length === 1) return asList(one(place))
    const found = new Map<string, Uint8Array>()
    for (const [layer, inLayer] of Map.groupBy(places, (each) => each.layer)) {
      const groups = JSON.stringify(inLayer.map(({group}) => group))
      for (const row of connection.all(MANY, groups, layer)) {
        found.set(layer + String(row[0]), bytesOf(row[1]))
      }
    }
    return places.flatMap(({layer, group}) => asList(found.get(layer + group)))
  }

  function* inWindows(places: Iterable<Place>): Generator<Uint8Array> {
    let window: Place[] = []
    let size = FIRST_WINDOW
    for (const place of places) {
      if (window.push(place) < size) continue
      yield* many(window)
      window = []
      size = Math.min(size * 2, LAST_WINDOW)
    }
    yield* many(window)
  }

  const load: StoredJson['load'] = (places) =>
    Array.isArray(places) && places.length <= FIRST_WINDOW ? many(places) : inWindows(places)

  return {
    load,
    loadKey(shape, key) {
      const [layer, ...others] = view.layers()
      if (layer === undefined || others.length > 0) return undefined
      const rows = connection.all(WITH_KEY, shape.number, layer, key)
      if (rows.length > MOST_WITH_KEY) return undefined
      const {accepts} = view
      return rows
        .filter((row) => accepts?.({layer, group: String(row[0])}) ?? true)
        .map((row) => bytesOf(row[1]))
    },
    loadIds: (ids) =>
      load(
        ids
          .toSorted(compareText)
          .flatMap((id) => view.layersOf(id).map((layer) => placeOf(layer + id))),
      ),
  }
}

const asList = <T>(item: T | undefined): readonly T[] => (item === undefined ? [] : [item])

const bytesOf = (value: SQLOutputValue | undefined): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw new TypeError(`expected bytes, found ${value}`)
  return value
}
