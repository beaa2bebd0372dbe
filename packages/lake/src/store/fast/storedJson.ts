/**
 * Reads documents as JSON from the file, without parsing or caching them: for query results that
 * hand on whole documents. Works for perspectives that show documents under their own ids.
 */
import type {SQLOutputValue} from 'node:sqlite'
import {isUint8Array} from 'node:util/types'

import {compareText, type ReadJson, asJsonText} from '@copydesk/groq/engine'

import {type IdParts, idPartsOf} from '../documents/idParts.ts'
import type {View} from '../documents/views.ts'
import {textOf} from '../file/sqliteConnection.ts'
import type {Loader} from '../indexes/read/accessPaths.ts'
import type {RowReader} from './rememberedRows.ts'

const WITH_ID = `SELECT CAST(json AS BLOB) FROM document JOIN body USING (number)
  WHERE grp = ? AND layer = ?`

/** Up to this many documents by id are read at once. */
const FEW = 16
/** Up to this many documents with one key are read in one statement. */
const MOST_WITH_KEY = 2
const withKey = (condition: string): string => `SELECT json
  FROM key JOIN document USING (grp, layer) JOIN body USING (number)
  WHERE shape = ? AND layer = ? AND value = ?${condition}
  ORDER BY grp LIMIT ${MOST_WITH_KEY + 1}`

export const createStoredJson = (connection: RowReader, view: View): Loader<ReadJson> => {
  const shownWithKey = withKey(view.leavesOutDotted ? " AND instr(grp, '.') = 0" : '')

  const find = ({layer, group}: IdParts): Uint8Array | undefined => {
    const row = connection.one(WITH_ID, group, layer)
    return row && blobOf(row[0])
  }

  const reader = (parts: IdParts): ReadJson => {
    return () => {
      const json = find(parts)
      if (!json) throw new Error(`${parts.layer}${parts.group} has an index entry but no document`)
      return json
    }
  }

  function* eachOf(ids: Iterable<IdParts>): Generator<ReadJson> {
    for (const parts of ids) yield reader(parts)
  }

  function* eachId(ids: readonly string[]): Generator<ReadJson> {
    for (const id of ids.toSorted(compareText)) {
      for (const layer of view.layersOf(id)) {
        const json = find(idPartsOf(layer + id))
        if (json) yield () => json
      }
    }
  }

  return {
    load: (ids) => (Array.isArray(ids) ? ids.map(reader) : eachOf(ids)),
    loadIds: (ids) => (ids.length > FEW ? eachId(ids) : [...eachId(ids)]),
    // Finds a document by slug in one statement. Only for one layer, where nothing is merged.
    loadKey(index, key) {
      const layers = view.layers()
      const layer = layers.length === 1 ? layers[0] : undefined
      if (layer === undefined) return undefined
      const rows = connection.all(shownWithKey, index.number, layer, key)
      return rows.length > MOST_WITH_KEY
        ? undefined
        : rows.map((row) => () => asJsonText(textOf(row[0])))
    },
  }
}

const blobOf = (value: SQLOutputValue | undefined): Uint8Array => {
  if (!isUint8Array(value)) throw new TypeError(`expected bytes, found ${value}`)
  return value
}
