/**
 * Reads a dataset's file directly, while the lake runs or afterwards, with SQL and JSON only, so
 * that a fault in the lake's reading cannot hide one in its writing.
 */
import {statSync} from 'node:fs'
import {DatabaseSync} from 'node:sqlite'

import type {JsonObject} from '../../../packages/lake/src/core/document.ts'

export interface StoredRow {
  readonly number: number
  readonly layer: string
  readonly group: string
  readonly type: string
  readonly hidden: number
  readonly document: JsonObject
}

export interface LoggedTransaction {
  readonly sequence: number
  readonly id: string
  readonly timestamp: string
  readonly changes: readonly {readonly id: string; readonly before: JsonObject | null}[]
}

/** One consistent state of the file. */
export interface StoredFile {
  readonly documents: ReadonlyMap<string, StoredRow>
  /** Of the transactions after `since`. */
  readonly log: readonly LoggedTransaction[]
  /** The number of all transactions, and the id of the one at `since`. */
  readonly transactions: number
  readonly atSince: string | undefined
  /** Runs a statement on the same state; returns SQLite's values. */
  rows(sql: string, ...values: (string | number)[]): readonly Readonly<Record<string, unknown>>[]
}

/** The content of a dataset without a file. */
export const NOTHING: StoredFile = {
  documents: new Map(),
  log: [],
  transactions: 0,
  atSince: undefined,
  rows: () => [],
}

const parse = (json: unknown): JsonObject => {
  const document: JsonObject = JSON.parse(String(json))
  return document
}

/**
 * Opens the file, runs `work` on one state of it, and closes it. While a lake runs, a request in
 * progress may replace the folder between the opening of the file and that of its log; then it is
 * read again.
 */
export const withStoredFile = <T>(
  file: string,
  since: number,
  work: (stored: StoredFile) => T,
): T => {
  const {ino} = statSync(file)
  try {
    return readStoredFile(file, since, work)
  } catch (error) {
    if (statSync(file, {throwIfNoEntry: false})?.ino === ino) throw error
    return readStoredFile(file, since, work)
  }
}

const readStoredFile = <T>(file: string, since: number, work: (stored: StoredFile) => T): T => {
  const database = new DatabaseSync(file, {readOnly: true, timeout: 20_000})
  const rows: StoredFile['rows'] = (sql, ...values) => database.prepare(sql).all(...values)
  try {
    database.exec('BEGIN')
    // A lake that opens a dataset for the first time has made the file, and not yet its tables.
    if (rows('SELECT name FROM sqlite_master LIMIT 1').length === 0) return work(NOTHING)
    const documents = new Map<string, StoredRow>()
    for (const row of rows(
      'SELECT number, layer, grp, type, hidden, json FROM document LEFT JOIN body USING (number)',
    )) {
      const layer = String(row['layer'])
      const group = String(row['grp'])
      documents.set(layer + group, {
        number: Number(row['number']),
        layer,
        group,
        type: String(row['type']),
        hidden: Number(row['hidden']),
        document: parse(row['json'] ?? '{}'),
      })
    }
    const changes = Map.groupBy(
      rows(
        'SELECT sequence, layer, grp, before FROM change WHERE sequence > ? ORDER BY number',
        since,
      ),
      (row) => Number(row['sequence']),
    )
    const log = rows(
      'SELECT sequence, id, timestamp FROM transaction_log WHERE sequence > ? ORDER BY sequence',
      since,
    ).map((row) => ({
      sequence: Number(row['sequence']),
      id: String(row['id']),
      timestamp: String(row['timestamp']),
      changes: (changes.get(Number(row['sequence'])) ?? []).map((change) => ({
        id: String(change['layer']) + String(change['grp']),
        before: change['before'] === null ? null : parse(change['before']),
      })),
    }))
    const [count] = rows('SELECT count(*) AS n FROM transaction_log')
    const [at] = rows('SELECT id FROM transaction_log WHERE sequence = ?', since)
    return work({
      documents,
      log,
      transactions: Number(count?.['n']),
      atSince: at && String(at['id']),
      rows,
    })
  } finally {
    database.close()
  }
}
