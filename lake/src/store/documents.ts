import type {StoredDocument} from '../document.ts'
import {isJsonObject} from '../document.ts'
import {type Connection, numberOf, textOf} from './connection.ts'
import type {Counters} from './counters.ts'
import type {DocumentCache} from './documentCache.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER, type Place, placeOf} from './place.ts'
import type {Postings} from './postings.ts'

/**
 * The documents of a dataset by their own ids, with everything that must change along with one:
 * indexes, counters and whether the drafts perspective shows the published document beneath.
 */
export interface Documents {
  get(id: string): StoredDocument | undefined
  has(id: string): boolean
  /** Inside a transaction only. */
  put(document: StoredDocument): void
  /** Inside a transaction only. */
  delete(id: string): void
}

/** A draft or version that stands for a deletion: publishing it deletes the document. */
export const standsForDeletion = (document: StoredDocument): boolean =>
  isJsonObject(document._system) && document._system.delete === true

export const createDocuments = (
  connection: Connection,
  cache: DocumentCache,
  counters: Counters,
  postings: Postings,
): Documents => {
  const get = (id: string): StoredDocument | undefined => {
    const cached = cache.get(id)
    if (cached) return cached
    const {layer, group} = placeOf(id)
    const row = connection.one(
      'SELECT body FROM document WHERE grp = ? AND layer = ?',
      group,
      layer,
    )
    if (!row) return undefined
    const body = textOf(row[0])
    const document: StoredDocument = JSON.parse(body)
    cache.set(id, document, body.length)
    return document
  }

  const isHidden = ({layer, group}: Place): boolean =>
    connection.one('SELECT hidden FROM document WHERE grp = ? AND layer = ?', group, layer)?.[0] ===
    1

  /** The published document under a draft that appears or disappears. */
  const setHidden = (group: string, hidden: boolean): void => {
    const document = get(group)
    if (!document) return
    const place = {layer: PUBLISHED_LAYER, group}
    connection.run(
      `UPDATE document SET hidden = ? WHERE grp = ? AND layer = '${PUBLISHED_LAYER}'`,
      Number(hidden),
      group,
    )
    postings.update(place, {document, hidden: !hidden}, {document, hidden})
    counters.add(document._type, place, !hidden, -1)
    counters.add(document._type, place, hidden, 1)
  }

  const insert = (place: Place, document: StoredDocument, body: string): void => {
    const hidden =
      place.layer === PUBLISHED_LAYER ? isStoredDraft(place.group) : standsForDeletion(document)
    connection.run(
      'INSERT INTO document (layer, grp, type, hidden, body) VALUES (?, ?, ?, ?, ?)',
      place.layer,
      place.group,
      document._type,
      Number(hidden),
      body,
    )
    postings.update(place, undefined, {document, hidden})
    counters.add(document._type, place, hidden, 1)
    if (place.layer === DRAFTS_LAYER) setHidden(place.group, true)
  }

  const isStoredDraft = (group: string): boolean =>
    connection.one(`SELECT 1 FROM document WHERE grp = ? AND layer = '${DRAFTS_LAYER}'`, group) !==
    undefined

  const replace = (
    place: Place,
    before: StoredDocument,
    document: StoredDocument,
    body: string,
  ): void => {
    const wasHidden = isHidden(place)
    const hidden = place.layer === PUBLISHED_LAYER ? wasHidden : standsForDeletion(document)
    connection.run(
      'UPDATE document SET type = ?, hidden = ?, body = ? WHERE grp = ? AND layer = ?',
      document._type,
      Number(hidden),
      body,
      place.group,
      place.layer,
    )
    postings.update(place, {document: before, hidden: wasHidden}, {document, hidden})
    counters.add(before._type, place, wasHidden, -1)
    counters.add(document._type, place, hidden, 1)
  }

  return {
    get,
    has(id) {
      if (cache.get(id)) return true
      const {layer, group} = placeOf(id)
      return (
        connection.one('SELECT 1 FROM document WHERE grp = ? AND layer = ?', group, layer) !==
        undefined
      )
    },
    put(document) {
      const place = placeOf(document._id)
      const before = get(document._id)
      const body = JSON.stringify(document)
      if (before) replace(place, before, document, body)
      else insert(place, document, body)
      cache.set(document._id, document, body.length)
    },
    delete(id) {
      const before = get(id)
      if (!before) return
      const place = placeOf(id)
      const row = connection.one(
        'DELETE FROM document WHERE grp = ? AND layer = ? RETURNING number, hidden',
        place.group,
        place.layer,
      )
      const hidden = row?.[1] === 1
      connection.run('DELETE FROM token WHERE rowid = ?', numberOf(row?.[0]))
      postings.update(place, {document: before, hidden}, undefined)
      counters.add(before._type, place, hidden, -1)
      cache.delete(id)
      if (place.layer === DRAFTS_LAYER) setHidden(place.group, false)
    },
  }
}
