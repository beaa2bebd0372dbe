/**
 * Builds value indexes. Reads the documents while others may write, sorts what the indexes say about
 * them, and writes the rows in that order, in short transactions: rows in random order take many
 * times as long. What changes meanwhile is in history, and is read again at the end.
 */
import {compareText} from '@copydesk/groq/engine'

import type {StoredDocument} from '../../core/document.ts'
import type {IdParts} from '../documents/idParts.ts'
import {type Connection, numberOf, textOf, within} from '../file/sqliteConnection.ts'
import type {IndexRow, IndexRows} from './indexRows.ts'
import {compareKeys} from './values/keyValues.ts'
import type {ValueIndex, ValueIndexes} from './values/valueIndexes.ts'

export interface IndexBuild {
  /** What is to be done next; undefined when no index is being built. */
  next(): 'read' | 'write' | undefined
  /** Reads some documents: a few milliseconds, in no transaction. */
  read(): void
  /** Writes some rows: a few milliseconds, inside a transaction of its own. */
  write(): void
}

/** Documents read in one step, and the bytes of their JSON; at least one document. */
const DOCUMENTS_PER_STEP = 100
const BYTES_PER_STEP = 256 * 1024
/** Rows written in one step. Writers wait for it. */
const ROWS_PER_STEP = 1000
/** Documents read again in one step. */
const CHANGED_PER_STEP = 20
/** Rows that are sorted together. */
const MOST_ROWS = 32_768

/** Indexes that are built together: rows from some of the documents, first read, then written. */
interface Batch {
  readonly indexes: readonly ValueIndex[]
  /** The last change in history when the batch was begun. */
  readonly since: number
  /** The last change looked at. */
  seen: number
  /** Documents that have changed meanwhile, by id. */
  readonly changed: Map<string, IdParts>
  rows: IndexRow[]
  /** Number of the last document read. */
  through: number
  /** Whether all its documents are read. */
  isRead: boolean
  /** Whether there are no documents after it. */
  isLast: boolean
  written: number
}

export const createIndexBuild = (
  connection: Connection,
  valueIndexes: ValueIndexes,
  indexRows: IndexRows,
): IndexBuild => {
  let batch: Batch | undefined

  const lastChange = (): number =>
    numberOf(connection.one('SELECT coalesce(max(number), 0) FROM change')?.[0])

  const isBuilding = (index: ValueIndex): boolean => {
    const found = valueIndexes.find(index)
    return found?.number === index.number && !found.isReady
  }

  /** The indexes being built that have come as far as the first of them. */
  const begin = (): Batch | undefined => {
    const building = connection.all(
      "SELECT number, through FROM shape WHERE state = 'building' ORDER BY through, number",
    )
    const through = numberOf(building[0]?.[1] ?? 0)
    const numbers = building.filter(([, each]) => each === through).map(([number]) => number)
    const indexes = valueIndexes.all().filter(({number}) => numbers.includes(number))
    if (indexes.length === 0) return undefined
    const since = lastChange()
    return {
      indexes,
      since,
      seen: since,
      changed: new Map(),
      rows: [],
      through,
      isRead: false,
      isLast: false,
      written: 0,
    }
  }

  const bodyOf = (number: number): StoredDocument | undefined => {
    const row = connection.one('SELECT json FROM body WHERE number = ?', number)
    return row && JSON.parse(textOf(row[0]))
  }

  const readOn = (one: Batch): void => {
    const types = [...new Set(one.indexes.map(({type}) => type))]
    const next = connection.all(
      // An index on types would sort all the rest of the documents in each step.
      `SELECT number, octet_length(json), layer, grp
       FROM document NOT INDEXED JOIN body USING (number)
       WHERE number > ?${types.includes('') ? '' : ' AND type IN (SELECT value FROM json_each(?))'}
       ORDER BY number LIMIT ${DOCUMENTS_PER_STEP}`,
      one.through,
      ...(types.includes('') ? [] : [JSON.stringify(types)]),
    )
    const documents = within(BYTES_PER_STEP, next)
    for (const [number, , layer, group] of documents) {
      one.through = numberOf(number)
      // If it is gone by now, history says so.
      const document = bodyOf(one.through)
      if (!document) continue
      const parts = {layer: textOf(layer), group: textOf(group)}
      for (const index of one.indexes) {
        one.rows.push(...indexRows.rowsFor(parts, one.through, document, index))
      }
    }
    one.isLast = documents.length === next.length && next.length < DOCUMENTS_PER_STEP
    if (!one.isLast && one.rows.length < MOST_ROWS) return
    one.rows.sort(compareRows)
    one.isRead = true
  }

  /** @returns False if history does not say any more what has changed. */
  const noteChanges = (one: Batch): boolean => {
    if (one.since > 0 && !connection.one('SELECT 1 FROM change WHERE number = ?', one.since)) {
      return false
    }
    const last = lastChange()
    if (last === one.seen) return true
    const rows = connection.all('SELECT layer, grp FROM change WHERE number > ?', one.seen)
    for (const row of rows) {
      const parts = {layer: textOf(row[0]), group: textOf(row[1])}
      one.changed.set(parts.layer + parts.group, parts)
    }
    one.seen = last
    return true
  }

  const writeRows = (one: Batch): void => {
    const end = Math.min(one.written + ROWS_PER_STEP, one.rows.length)
    for (; one.written < end; one.written += 1) {
      const row = one.rows[one.written]
      if (row && !one.changed.has(row.layer + row.group)) indexRows.addRow(row)
    }
  }

  const writeChanged = (one: Batch): void => {
    const parts = [...one.changed].slice(0, CHANGED_PER_STEP)
    for (const [id, {layer, group}] of parts) {
      one.changed.delete(id)
      const row = connection.one(
        `SELECT number, type FROM document WHERE grp = ? AND layer = ?`,
        group,
        layer,
      )
      const number = row && numberOf(row[0])
      const document = number === undefined ? undefined : bodyOf(number)
      if (number === undefined || !document) continue
      for (const index of one.indexes) {
        for (const each of indexRows.rowsFor({layer, group}, number, document, index)) {
          indexRows.addRow(each)
        }
      }
    }
  }

  const finish = ({indexes, through, isLast}: Batch): void => {
    for (const {number} of indexes) {
      connection.run(
        'UPDATE shape SET through = ?, state = ? WHERE number = ?',
        through,
        isLast ? 'ready' : 'building',
        number,
      )
    }
    valueIndexes.forget()
  }

  return {
    next() {
      if (batch) return batch.isRead ? 'write' : 'read'
      return valueIndexes.all().some(({isReady}) => !isReady) ? 'read' : undefined
    },
    read() {
      batch ??= begin()
      if (batch) readOn(batch)
    },
    write() {
      const one = batch
      if (!one) return
      // Kept only if the step succeeds: after a failure everything is read again.
      batch = undefined
      if (!one.indexes.every(isBuilding) || !noteChanges(one)) return
      if (one.written < one.rows.length) writeRows(one)
      else writeChanged(one)
      if (one.written === one.rows.length && one.changed.size === 0) finish(one)
      else batch = one
    },
  }
}

const compareRows = (a: IndexRow, b: IndexRow): number =>
  a.index.number - b.index.number ||
  a.target - b.target ||
  compareText(a.layer, b.layer) ||
  compareKeys(a.key, b.key) ||
  compareText(a.group, b.group)
