import type {SQLOutputValue} from 'node:sqlite'

import {compareText, type ReadJson, asJsonText} from '@copydesk/groq/engine'

import type {RowReader} from '../caches/rememberedRows.ts'
import {textOf} from '../file/connection.ts'
import type {Loader} from '../indexes/accessPaths.ts'
import {type Place, placeOf} from '../indexes/values/place.ts'
import type {View} from './views.ts'

const WITH_ID = `SELECT CAST(json AS BLOB) FROM document JOIN body USING (number)
  WHERE grp = ? AND layer = ?`

/** As many documents by id are read at once. */
const FEW = 16
/** More are read one by one. */
const MOST_WITH_KEY = 2
const withKey = (condition: string): string => `SELECT json
  FROM key JOIN document USING (grp, layer) JOIN body USING (number)
  WHERE shape = ? AND layer = ? AND value = ?${condition}
  ORDER BY grp LIMIT ${MOST_WITH_KEY + 1}`

/**
 * Documents as the file holds them: JSON, neither parsed nor kept. For views that show
 * documents under their own ids.
 */
export const createStoredJson = (connection: RowReader, view: View): Loader<ReadJson> => {
  const shownWithKey = withKey(view.leavesOutDotted ? " AND instr(grp, '.') = 0" : '')

  const find = ({layer, group}: Place): Uint8Array | undefined => {
    const row = connection.one(WITH_ID, group, layer)
    return row && blobOf(row[0])
  }

  const reader = (place: Place): ReadJson => {
    return () => {
      const json = find(place)
      if (!json) throw new Error(`${place.layer}${place.group} is in an index, but not there`)
      return json
    }
  }

  function* eachOf(places: Iterable<Place>): Generator<ReadJson> {
    for (const place of places) yield reader(place)
  }

  function* eachId(ids: readonly string[]): Generator<ReadJson> {
    for (const id of ids.toSorted(compareText)) {
      for (const layer of view.layersOf(id)) {
        const json = find(placeOf(layer + id))
        if (json) yield () => json
      }
    }
  }

  return {
    load: (places) => (Array.isArray(places) ? places.map(reader) : eachOf(places)),
    loadIds: (ids) => (ids.length > FEW ? eachId(ids) : [...eachId(ids)]),
    // A slug finds its document in one step; only that of one layer needs no merging.
    loadKey(shape, key) {
      const layers = view.layers()
      const layer = layers.length === 1 ? layers[0] : undefined
      if (layer === undefined) return undefined
      const rows = connection.all(shownWithKey, shape.number, layer, key)
      return rows.length > MOST_WITH_KEY
        ? undefined
        : rows.map((row) => () => asJsonText(textOf(row[0])))
    },
  }
}

const blobOf = (value: SQLOutputValue | undefined): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw new TypeError(`expected bytes, found ${value}`)
  return value
}
