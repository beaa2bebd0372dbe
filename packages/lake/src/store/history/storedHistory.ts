/**
 * The history of a dataset in SQLite: its transactions, and the body that each document had before
 * each change. Answers what a document was at any revision or time.
 */
import type {Commit} from '../../core/commit.ts'
import type {StoredDocument} from '../../core/document.ts'
import {idPartsOf, releaseLayer} from '../documents/idParts.ts'
import {type Connection, type Row, numberOf, textOf} from '../file/sqliteConnection.ts'
import {filterSql, type TransactionFilter} from './transactionFilter.ts'

export interface History {
  /** Sequence number of the last recorded transaction; 0 if there is none. */
  last(): number
  /** Its time (ISO 8601 in UTC); undefined if there is none. */
  lastTimestamp(): string | undefined
  has(transactionId: string): boolean
  record(commit: Commit): void
  /** Deletes every recorded change of one document, for `purge`. */
  deleteDocument(id: string): void
  /** Deletes the transactions before this sequence, but never the last one. */
  trim(before: number): void

  transaction(transactionId: string): Transaction | undefined
  /** Ascending by sequence unless `reverse`. Read in portions, so a long history needs no memory. */
  transactions(filter: TransactionFilter): Iterable<Transaction>
  /** What a transaction did to each document, in the order it first touched them. */
  changes(sequence: number): readonly StateChange[]
  /** The first transaction after a sequence, without its documents; undefined if there is none. */
  next(sequence: number): TransactionHead | undefined
  /**
   * A part of `changes`, for transactions of any size: the wanted ones among the first `limit` from a
   * position on.
   */
  changesFrom(
    sequence: number,
    position: number,
    limit: number,
    isWanted: (id: string) => boolean,
  ): ChangePart
  /** Like `changes`, but without bodies: only whether each document existed before and after. */
  outlines(sequence: number): readonly ChangeOutline[]
  /**
   * When the documents of a group (the published one, its draft, its versions) or the versions in a
   * release were created, changed and deleted; ascending. Reads no bodies.
   */
  lifecycle(of: {readonly group: string} | {readonly release: string}): Iterable<LifecycleChange>
  /**
   * The sequence of the last transaction at or before the time (ISO 8601 in UTC); 0 for none. Files
   * of older lakes may contain times that go back; a transaction after a later time counts as later.
   */
  sequenceAt(time: string): number
  /**
   * The document after the transaction with this sequence; null if it did not exist, or if history
   * was trimmed to a later sequence.
   */
  documentAt(id: string, sequence: number): StoredDocument | null
  /** The current document, or the one before its last deletion. */
  lastState(id: string): StoredDocument | undefined
}

export interface TransactionHead {
  readonly sequence: number
  readonly id: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly author: string
}

export interface Transaction extends TransactionHead {
  /** Ids of the documents that it changed. */
  readonly documentIds: readonly string[]
}

export interface StateChange {
  readonly id: string
  readonly before: StoredDocument | null
  readonly after: StoredDocument | null
}

export interface ChangePart {
  readonly changes: readonly StateChange[]
  /** Position of the next part; null at the end of the transaction. */
  readonly next: number | null
}

export interface ChangeOutline {
  readonly id: string
  /** Whether the document existed before the change, and after it. */
  readonly existed: boolean
  readonly exists: boolean
}

export interface LifecycleChange extends ChangeOutline {
  readonly sequence: number
  readonly transactionId: string
  readonly timestamp: string
  readonly author: string
}

const PORTION = 200

/** The number of the first change after those of the transaction `?1`. */
const FIRST_CHANGE_AFTER = `coalesce(
  (SELECT first_change FROM transaction_log WHERE sequence > ?1 ORDER BY sequence LIMIT 1), 9e15)`

const parse = (body: string | null): StoredDocument | null => {
  if (body === null) return null
  const document: StoredDocument = JSON.parse(body)
  return document
}

const bodyOf = (row: Row | undefined, column: number): string | null => {
  const value = row?.[column]
  return typeof value === 'string' ? value : null
}

const headOf = (row: Row): TransactionHead => ({
  sequence: numberOf(row[0]),
  id: textOf(row[1]),
  timestamp: textOf(row[2]),
  author: textOf(row[3]),
})

export const createHistory = (
  connection: Connection,
  current: (id: string) => StoredDocument | undefined,
): History => {
  const nextChange = (): number =>
    numberOf(
      connection.one(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0) + 1",
      )?.[0],
    )

  /** The state before the document's first change at or after `from`. */
  const stateBefore = (
    id: string,
    column: 'number' | 'sequence',
    from: number,
  ): StoredDocument | null => {
    const {layer, group} = idPartsOf(id)
    const row = connection.one(
      `SELECT before FROM change
       WHERE grp = ? AND layer = ? AND ${column} >= ? ORDER BY number LIMIT 1`,
      group,
      layer,
      from,
    )
    return row ? parse(bodyOf(row, 0)) : (current(id) ?? null)
  }

  const transactionOf = (row: Row): Transaction => ({
    ...headOf(row),
    documentIds: changesOf(numberOf(row[0])).map((change) => textOf(change[1]) + textOf(change[2])),
  })

  const changesOf = (sequence: number): readonly Row[] =>
    connection.all(
      `SELECT number, layer, grp, before FROM change
       WHERE sequence = ?1
         AND number >= (SELECT first_change FROM transaction_log WHERE sequence = ?1)
         AND number < ${FIRST_CHANGE_AFTER}
       ORDER BY number`,
      sequence,
    )

  const last = (): number =>
    numberOf(connection.one('SELECT coalesce(max(sequence), 0) FROM transaction_log')?.[0])

  /** The first sequence that history still knows. */
  const historyFrom = (): number => {
    const row = connection.one("SELECT value FROM meta WHERE name = 'history_from'")
    return row ? numberOf(row[0]) : 1
  }

  return {
    last,
    lastTimestamp() {
      const row = connection.one(
        'SELECT timestamp FROM transaction_log ORDER BY sequence DESC LIMIT 1',
      )
      return row && textOf(row[0])
    },
    has: (transactionId) =>
      connection.one('SELECT 1 FROM transaction_log WHERE id = ?', transactionId) !== undefined,
    record(commit) {
      const first = nextChange()
      connection.run(
        `INSERT INTO transaction_log (sequence, id, timestamp, author, first_change)
         VALUES (?, ?, ?, ?, ?)`,
        commit.sequence,
        commit.transactionId,
        commit.timestamp,
        commit.author,
        first,
      )
      for (const [index, {id, before}] of commit.changes.entries()) {
        const {layer, group} = idPartsOf(id)
        connection.run(
          'INSERT INTO change (number, sequence, layer, grp, before) VALUES (?, ?, ?, ?, ?)',
          first + index,
          commit.sequence,
          layer,
          group,
          before && JSON.stringify(before),
        )
      }
    },
    deleteDocument(id) {
      const {layer, group} = idPartsOf(id)
      connection.run('DELETE FROM change WHERE grp = ? AND layer = ?', group, layer)
    },
    trim(before) {
      const first = Math.min(before, last())
      connection.run('DELETE FROM change WHERE sequence < ?', first)
      connection.run('DELETE FROM transaction_log WHERE sequence < ?', first)
      connection.run("REPLACE INTO meta (name, value) VALUES ('history_from', ?)", first)
    },
    transaction(transactionId) {
      const row = connection.one(
        'SELECT sequence, id, timestamp, author FROM transaction_log WHERE id = ?',
        transactionId,
      )
      return row && transactionOf(row)
    },
    *transactions(filter) {
      const {sql, values} = filterSql(filter)
      const direction = filter.reverse ? 'DESC' : 'ASC'
      let left = filter.limit ?? Infinity
      let cursor = filter.reverse ? Number.MAX_SAFE_INTEGER : 0
      while (left > 0) {
        const rows = connection.all(
          `SELECT sequence, id, timestamp, author FROM transaction_log AS t
           WHERE sequence ${filter.reverse ? '<' : '>'} ? AND ${sql}
           ORDER BY sequence ${direction} LIMIT ${PORTION}`,
          cursor,
          ...values,
        )
        for (const row of rows) {
          if (left-- <= 0) return
          yield transactionOf(row)
        }
        const last = rows.at(-1)
        if (!last || rows.length < PORTION) return
        cursor = numberOf(last[0])
      }
    },
    changes(sequence) {
      return changesOf(sequence).map((row) => {
        const id = textOf(row[1]) + textOf(row[2])
        const after = stateBefore(id, 'number', numberOf(row[0]) + 1)
        return {id, before: parse(bodyOf(row, 3)), after}
      })
    },
    next(sequence) {
      const row = connection.one(
        `SELECT sequence, id, timestamp, author FROM transaction_log
         WHERE sequence > ? ORDER BY sequence LIMIT 1`,
        sequence,
      )
      return row && headOf(row)
    },
    changesFrom(sequence, position, limit, isWanted) {
      const first = numberOf(
        connection.one(
          'SELECT first_change FROM transaction_log WHERE sequence = ?',
          sequence,
        )?.[0],
      )
      const rows = connection.all(
        `SELECT number, layer, grp FROM change
         WHERE sequence = ?1 AND number >= ?2 AND number < ${FIRST_CHANGE_AFTER}
         ORDER BY number LIMIT ?3`,
        sequence,
        first + position,
        limit,
      )
      const changes = rows.flatMap((row) => {
        const id = textOf(row[1]) + textOf(row[2])
        if (!isWanted(id)) return []
        const number = numberOf(row[0])
        const stored = connection.one('SELECT before FROM change WHERE number = ?', number)
        return [
          {id, before: parse(bodyOf(stored, 0)), after: stateBefore(id, 'number', number + 1)},
        ]
      })
      const last = rows.at(-1)
      const isEnd = last === undefined || rows.length < limit
      return {changes, next: isEnd ? null : numberOf(last[0]) - first + 1}
    },
    outlines: (sequence) =>
      connection
        .all(
          `SELECT c.layer, c.grp, c.before IS NOT NULL,
             coalesce(
               (SELECT n.before IS NOT NULL FROM change AS n
                WHERE n.grp = c.grp AND n.layer = c.layer AND n.number > c.number
                ORDER BY n.number LIMIT 1),
               EXISTS (SELECT 1 FROM document AS d WHERE d.grp = c.grp AND d.layer = c.layer))
           FROM change AS c
           WHERE c.sequence = ?1
             AND c.number >= (SELECT first_change FROM transaction_log WHERE sequence = ?1)
             AND c.number < ${FIRST_CHANGE_AFTER}
           ORDER BY c.number`,
          sequence,
        )
        .map((row) => ({
          id: textOf(row[0]) + textOf(row[1]),
          existed: row[2] === 1,
          exists: row[3] === 1,
        })),
    *lifecycle(of) {
      const [column, value] =
        'group' in of ? ['grp', of.group] : ['layer', releaseLayer(of.release)]
      const rows = connection.all(
        `SELECT t.sequence, t.id, t.timestamp, t.author, c.layer, c.grp, c.before IS NOT NULL,
           coalesce(
             lead(c.before IS NOT NULL) OVER (PARTITION BY c.layer, c.grp ORDER BY c.number),
             EXISTS (SELECT 1 FROM document AS d WHERE d.grp = c.grp AND d.layer = c.layer))
         FROM change AS c JOIN transaction_log AS t USING (sequence)
         WHERE c.${column} = ? ORDER BY c.number`,
        value,
      )
      for (const row of rows) {
        const {id: transactionId, ...head} = headOf(row)
        yield {
          ...head,
          transactionId,
          id: textOf(row[4]) + textOf(row[5]),
          existed: row[6] === 1,
          exists: row[7] === 1,
        }
      }
    },
    sequenceAt: (time) =>
      numberOf(
        connection.one(
          `SELECT coalesce(
             (SELECT max(sequence) FROM transaction_log WHERE sequence <
               (SELECT min(sequence) FROM transaction_log WHERE timestamp > ?1)),
             (SELECT max(sequence) FROM transaction_log
               WHERE NOT EXISTS (SELECT 1 FROM transaction_log WHERE timestamp > ?1)),
             0)`,
          time,
        )?.[0],
      ),
    documentAt: (id, sequence) =>
      sequence + 1 < historyFrom() ? null : stateBefore(id, 'sequence', sequence + 1),
    lastState(id) {
      const document = current(id)
      if (document) return document
      const {layer, group} = idPartsOf(id)
      const row = connection.one(
        `SELECT before FROM change
         WHERE grp = ? AND layer = ? AND before IS NOT NULL ORDER BY number DESC LIMIT 1`,
        group,
        layer,
      )
      return parse(bodyOf(row, 0)) ?? undefined
    },
  }
}
