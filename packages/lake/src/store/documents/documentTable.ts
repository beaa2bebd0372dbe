/**
 * Reads and writes the stored documents by id. A change of a document also changes its index rows,
 * the counters, and the `hidden` mark of the published document that a draft covers.
 */
import {standsForDeletion} from '@copydesk/groq/engine'

import type {StoredDocument} from '../../core/document.ts'
import type {DocumentCache, Shown} from '../fast/documentCache.ts'
import {type Connection, type Row, numberOf, textOf} from '../file/sqliteConnection.ts'
import type {IndexRows} from '../indexes/indexRows.ts'
import type {Counters} from './counters.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER, type IdParts, idPartsOf} from './idParts.ts'

export interface DocumentTable {
  find(id: string): Shown | undefined
  /** The document if it is in the cache. */
  peek(id: string): Shown | undefined
  /**
   * Those of the documents that exist, in as few reads as possible.
   * @param isScan Whether this is part of a long list: then documents are cached only while there
   *   is room.
   */
  findMany(ids: readonly string[], isScan: boolean): ReadonlyMap<string, Shown>
  /**
   * Like `findMany`, but parses a document when the returned function is called for its id, which
   * may happen once per id. So a long list needs few documents in memory at a time.
   */
  findInTurn(ids: readonly string[], isScan: boolean): (id: string) => Shown | undefined
  has(id: string): boolean
  /** Inside a transaction only. @returns The document before, if there was one. */
  put(document: StoredDocument): StoredDocument | undefined
  /** Inside a transaction only. @returns The document before, if there was one. */
  delete(id: string): StoredDocument | undefined
  /** Call this when a transaction has ended. */
  settle(): void
  /** How many documents were parsed, because no cache had them. */
  readonly parsed: number
}

/** How many new documents of one transaction are cached. */
const MOST_KEPT_NEW = 20

export const createDocumentTable = (
  connection: Connection,
  cache: DocumentCache,
  counters: Counters,
  indexRows: IndexRows,
  /** Called with the length of each document before it is parsed; may throw to end the read. */
  parses: (characters: number) => void,
): DocumentTable => {
  let parsed = 0
  /** How many documents the open transaction has created. */
  let created = 0

  /** @param row Group, JSON, hidden. */
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
      // Costs half as much as a list of one.
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
    const {layer, group} = idPartsOf(id)
    const row = rowOf(layer, group)
    if (!row) return undefined
    const {shown, length} = shownOf(row)
    cache.set(id, shown, length)
    return shown
  }

  const findInTurn: DocumentTable['findInTurn'] = (ids, isScan) => {
    const known = new Map<string, Shown>()
    const missing = new Map<string, string[]>()
    for (const id of ids) {
      const shown = cache.get(id)
      if (shown) {
        known.set(id, shown)
        continue
      }
      const {layer, group} = idPartsOf(id)
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

  /** Updates the published document when its draft appears or disappears. */
  const setHidden = (group: string, hidden: boolean): void => {
    const before = find(group)
    if (!before || before.hidden === hidden) return
    const {document} = before
    const parts = {layer: PUBLISHED_LAYER, group}
    connection.run(
      `UPDATE document SET hidden = ? WHERE grp = ? AND layer = '${PUBLISHED_LAYER}'`,
      Number(hidden),
      group,
    )
    indexRows.update(parts, before, {document, hidden})
    counters.add(document._type, parts, before.hidden, -1)
    counters.add(document._type, parts, hidden, 1)
    cache.delete(group)
  }

  const isStoredDraft = (group: string): boolean =>
    connection.one(`SELECT 1 FROM document WHERE grp = ? AND layer = '${DRAFTS_LAYER}'`, group) !==
    undefined

  const insert = ({layer, group}: IdParts, document: StoredDocument, body: string): boolean => {
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
    {layer, group}: IdParts,
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
      const schedule = findInTurn(ids, isScan)
      const found = new Map<string, Shown>()
      for (const id of ids) {
        const shown = schedule(id)
        if (shown) found.set(id, shown)
      }
      return found
    },
    findInTurn,
    has(id) {
      if (cache.get(id)) return true
      const {layer, group} = idPartsOf(id)
      return (
        connection.one('SELECT 1 FROM document WHERE grp = ? AND layer = ?', group, layer) !==
        undefined
      )
    },
    put(document) {
      const parts = idPartsOf(document._id)
      const before = find(document._id)
      const body = JSON.stringify(document)
      const hidden = before ? replace(parts, before, document, body) : insert(parts, document, body)
      const after = {document, hidden}
      indexRows.update(parts, before, after)
      counters.add(document._type, parts, hidden, 1)
      // An import must not evict documents that are being read, and few of the new documents are
      // read soon.
      if (before) cache.set(document._id, after, body.length)
      else if (++created <= MOST_KEPT_NEW) cache.offer(document._id, after, body.length)
      return before?.document
    },
    delete(id) {
      const before = find(id)
      if (!before) return undefined
      const parts = idPartsOf(id)
      const row = connection.one(
        'DELETE FROM document WHERE grp = ? AND layer = ? RETURNING number',
        parts.group,
        parts.layer,
      )
      const number = numberOf(row?.[0])
      connection.run('DELETE FROM body WHERE number = ?', number)
      connection.run('DELETE FROM token WHERE rowid = ?', number)
      indexRows.update(parts, before, undefined)
      counters.add(before.document._type, parts, before.hidden, -1)
      cache.delete(id)
      if (parts.layer === DRAFTS_LAYER) setHidden(parts.group, false)
      return before.document
    },
    settle() {
      created = 0
    },
    get parsed() {
      return parsed
    },
  }
}
