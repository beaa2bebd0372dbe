import {type StoredDocument, isJsonObject} from '../../core/document.ts'
import type {DocumentCache, Shown} from '../caches/documentCache.ts'
import {type Connection, type Row, numberOf, textOf} from '../file/connection.ts'
import type {Counters} from '../file/counters.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER, type Place, placeOf} from '../indexes/values/place.ts'
import type {Postings} from '../indexes/words/postings.ts'

/**
 * The documents of a dataset by their own ids, with everything that must change along with one:
 * indexes, counters and whether the drafts perspective shows the published document beneath.
 */
export interface Documents {
  find(id: string): Shown | undefined
  /** Only if it need not be read. */
  peek(id: string): Shown | undefined
  /**
   * The documents with these ids, as far as they exist, in as few reads as possible.
   * @param isScan Part of a long list: what it reads is kept only where there is room.
   */
  findMany(ids: readonly string[], isScan: boolean): ReadonlyMap<string, Shown>
  /**
   * As `findMany`, but each document is parsed when it is asked for, once at most: of a long list,
   * few need be in memory at a time, and those die young.
   */
  findInTurn(ids: readonly string[], isScan: boolean): (id: string) => Shown | undefined
  has(id: string): boolean
  /** Inside a transaction only. @returns The document as it was. */
  put(document: StoredDocument): StoredDocument | undefined
  /** Inside a transaction only. @returns The document as it was. */
  delete(id: string): StoredDocument | undefined
  /** A transaction has ended. */
  settle(): void
  /** Documents parsed so far: what caches could not give. */
  readonly parsed: number
}

/** A draft or version that stands for a deletion: publishing it deletes the document. */
export const standsForDeletion = (document: StoredDocument): boolean =>
  isJsonObject(document._system) && document._system.delete === true

/** New documents that are kept at hand, of one transaction. */
const MOST_KEPT_NEW = 20

export const createDocuments = (
  connection: Connection,
  cache: DocumentCache,
  counters: Counters,
  postings: Postings,
  /** Whether a transaction is running that writes. */
  isWriting: () => boolean,
  /** Told how long a document is before it is parsed; what it throws ends the reading. */
  parses: (characters: number) => void,
): Documents => {
  let parsed = 0
  /**
   * Ids that the running transaction has looked for in vain: who creates a document asks whether it
   * is there, and so does storing it. (Others cannot write meanwhile.)
   */
  const absent = new Set<string>()
  /** Documents that the running transaction has created. */
  let created = 0

  /** @param row Id without layer, body, hidden. */
  const shownOf = ([, json, hidden]: Row): {shown: Shown; length: number} => {
    const body = textOf(json)
    parses(body.length)
    const document: StoredDocument = JSON.parse(body)
    parsed += 1
    return {shown: {document, hidden: hidden === 1}, length: body.length}
  }

  const rowOf = (layer: string, group: string): Row | undefined =>
    connection.one(
      `SELECT grp, json, hidden FROM document JOIN body USING (number)
       WHERE grp = ? AND layer = ?`,
      group,
      layer,
    )

  const rowsOf = (layer: string, groups: readonly string[]): readonly Row[] => {
    const [group = ''] = groups
    if (groups.length === 1) {
      // Half the price of a list of one.
      const row = rowOf(layer, group)
      return row ? [row] : []
    }
    return connection.all(
      `SELECT grp, json, hidden FROM document JOIN body USING (number)
       WHERE grp IN (SELECT value FROM json_each(?)) AND layer = ?`,
      JSON.stringify(groups),
      layer,
    )
  }

  const find = (id: string): Shown | undefined => {
    const cached = cache.get(id)
    if (cached) return cached
    if (absent.has(id)) return undefined
    const {layer, group} = placeOf(id)
    const row = rowOf(layer, group)
    if (!row) {
      if (isWriting()) absent.add(id)
      return undefined
    }
    const {shown, length} = shownOf(row)
    cache.set(id, shown, length)
    return shown
  }

  const findInTurn: Documents['findInTurn'] = (ids, isScan) => {
    const known = new Map<string, Shown>()
    const missing = new Map<string, string[]>()
    for (const id of ids) {
      const shown = cache.get(id)
      if (shown) {
        known.set(id, shown)
        continue
      }
      const {layer, group} = placeOf(id)
      const groups = missing.get(layer)
      if (groups) groups.push(group)
      else missing.set(layer, [group])
    }
    const rows = new Map<string, Row>()
    for (const [layer, groups] of missing) {
      for (const row of rowsOf(layer, groups)) rows.set(layer + textOf(row[0]), row)
    }
    return (id) => {
      const row = rows.get(id)
      if (!row) return known.get(id)
      rows.delete(id)
      const {shown, length} = shownOf(row)
      if (isScan) cache.offer(id, shown, length)
      else cache.set(id, shown, length)
      return shown
    }
  }

  /** The published document under a draft that appears or disappears. */
  const setHidden = (group: string, hidden: boolean): void => {
    const before = find(group)
    if (!before || before.hidden === hidden) return
    const {document} = before
    const place = {layer: PUBLISHED_LAYER, group}
    connection.run(
      `UPDATE document SET hidden = ? WHERE grp = ? AND layer = '${PUBLISHED_LAYER}'`,
      Number(hidden),
      group,
    )
    postings.update(place, before, {document, hidden})
    counters.add(document._type, place, before.hidden, -1)
    counters.add(document._type, place, hidden, 1)
    cache.delete(group)
  }

  const isStoredDraft = (group: string): boolean =>
    connection.one(`SELECT 1 FROM document WHERE grp = ? AND layer = '${DRAFTS_LAYER}'`, group) !==
    undefined

  const insert = ({layer, group}: Place, document: StoredDocument, body: string): boolean => {
    const hidden = layer === PUBLISHED_LAYER ? isStoredDraft(group) : standsForDeletion(document)
    const row = connection.one(
      'INSERT INTO document (layer, grp, type, hidden) VALUES (?, ?, ?, ?) RETURNING number',
      layer,
      group,
      document._type,
      Number(hidden),
    )
    connection.run('INSERT INTO body (number, json) VALUES (?, ?)', numberOf(row?.[0]), body)
    if (layer === DRAFTS_LAYER) setHidden(group, true)
    return hidden
  }

  const replace = (
    {layer, group}: Place,
    before: Shown,
    document: StoredDocument,
    body: string,
  ): boolean => {
    const hidden = layer === PUBLISHED_LAYER ? before.hidden : standsForDeletion(document)
    const row = connection.one(
      'UPDATE document SET type = ?, hidden = ? WHERE grp = ? AND layer = ? RETURNING number',
      document._type,
      Number(hidden),
      group,
      layer,
    )
    connection.run('UPDATE body SET json = ? WHERE number = ?', body, numberOf(row?.[0]))
    counters.add(before.document._type, {layer, group}, before.hidden, -1)
    return hidden
  }

  return {
    find,
    peek: cache.get,
    findMany(ids, isScan) {
      const inTurn = findInTurn(ids, isScan)
      const found = new Map<string, Shown>()
      for (const id of ids) {
        const shown = inTurn(id)
        if (shown) found.set(id, shown)
      }
      return found
    },
    findInTurn,
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
      const before = find(document._id)
      const body = JSON.stringify(document)
      const hidden = before ? replace(place, before, document, body) : insert(place, document, body)
      absent.delete(document._id)
      const after = {document, hidden}
      postings.update(place, before, after)
      counters.add(document._type, place, hidden, 1)
      // An import of many new documents must not push out what is being read; nor is it worth
      // keeping them alive, when most of them nobody reads soon.
      if (before) cache.set(document._id, after, body.length)
      else if (++created <= MOST_KEPT_NEW) cache.offer(document._id, after, body.length)
      return before?.document
    },
    delete(id) {
      const before = find(id)
      if (!before) return undefined
      const place = placeOf(id)
      const row = connection.one(
        'DELETE FROM document WHERE grp = ? AND layer = ? RETURNING number',
        place.group,
        place.layer,
      )
      const number = numberOf(row?.[0])
      connection.run('DELETE FROM body WHERE number = ?', number)
      connection.run('DELETE FROM token WHERE rowid = ?', number)
      postings.update(place, before, undefined)
      counters.add(before.document._type, place, before.hidden, -1)
      cache.delete(id)
      if (place.layer === DRAFTS_LAYER) setHidden(place.group, false)
      return before.document
    },
    settle() {
      absent.clear()
      created = 0
    },
    get parsed() {
      return parsed
    },
  }
}
