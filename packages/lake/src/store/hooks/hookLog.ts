/**
 * The messages of webhooks and the attempts to deliver them: the queue of what is to be sent, and the
 * log of what was.
 */
import {type Row, numberOf, textOf} from '../file/sqliteConnection.ts'
import {openHookFile} from './hookFile.ts'
import {createHookProgress, type HookProgress} from './hookProgress.ts'

/** A message is queued, is being sent, and ends as success or failure. */
export type MessageStatus = 'queued' | 'sending' | 'success' | 'failure'

/** What a message is about and says. */
export interface NewMessage {
  /** The same for the same change, however often the message is made. */
  readonly id: string
  readonly hook: string
  readonly dataset: string
  readonly document: string
  readonly operation: string
  readonly transactionId: string
  /** ISO 8601 in UTC. */
  readonly transactionTime: string
  /** JSON. */
  readonly payload: string
}

/** Times are in milliseconds since 1970. */
export interface Message extends NewMessage {
  readonly createdAt: number
  readonly updatedAt: number
  readonly status: MessageStatus
  /** How many attempts failed. */
  readonly failures: number
  /** HTTP status of the last answer; null if there was none. */
  readonly resultCode: number | null
  /** When it was tried for the first time; null until then. */
  readonly firstTriedAt: number | null
}

export interface AttemptResult {
  /** Null if the message was delivered. */
  readonly failure: 'http' | 'network' | 'timeout' | 'other' | null
  readonly resultCode: number | null
  /** The beginning of the answer, or why there is none. */
  readonly resultBody: string
}

export interface Attempt extends AttemptResult {
  readonly id: string
  readonly message: string
  readonly hook: string
  readonly startedAt: number
  /** Null while it runs. */
  readonly endedAt: number | null
  /** In milliseconds. */
  readonly duration: number | null
}

export interface HookLog {
  readonly progress: HookProgress
  /** Runs `work` in one transaction. */
  write<T>(work: () => T): T
  /** Adds a message to the queue, unless it is there. */
  add(message: NewMessage, now: number): void
  /** Adds a message that cannot be sent, with an attempt that says why. */
  addFailed(message: NewMessage, attempt: string, reason: string, now: number): void
  /** Number of messages that wait, and their bytes. */
  waiting(hook: string): {readonly count: number; readonly bytes: number}
  /**
   * The next message to send: the oldest that is due, but none about a document of which an earlier
   * message waits.
   */
  next(hook: string, now: number): Message | undefined
  /** When the next waiting message is due; undefined if none waits. */
  nextDue(hook: string): number | undefined
  message(id: string): Message | undefined
  /** The newest first. */
  messages(hook: string, limit: number): readonly Message[]
  attempt(id: string): Attempt | undefined
  /** The newest first. */
  attempts(hook: string, limit: number): readonly Attempt[]
  /** Notes that a request begins. */
  begin(message: Message, attempt: string, now: number): void
  /** Notes how a request ended. @param retryAt When to send again; null if the message has ended. */
  end(attempt: Attempt, result: AttemptResult, retryAt: number | null): void
  /** Puts messages whose request did not end, because the lake did, back into the queue. */
  recover(now: number): void
  /** Ends all waiting messages of a webhook as failures. */
  cancel(hook: string, now: number): void
  /** Deletes messages that have ended: those before a time, and all but the newest of a webhook. */
  tidy(hook: string, before: number, keep: number): void
  /** Deletes everything of webhooks that are not among these. */
  keepOnly(hooks: readonly string[]): void
  close(): void
}

const MESSAGE = `number, id, hook, dataset, document, operation, transaction_id, transaction_time,
  payload, created_at, updated_at, status, failures, result_code, first_tried_at`
const ATTEMPT = `id, message, hook, started_at, ended_at, duration, failure, result_code, result_body`

/** @param path Of the SQLite file; null keeps the log in memory. */
export const openHookLog = (path: string | null): HookLog => {
  const connection = openHookFile(path)
  const {one, all, run} = connection
  const add = (message: NewMessage, status: MessageStatus, now: number): boolean =>
    run(
      `INSERT OR IGNORE INTO message (id, hook, dataset, document, operation, transaction_id,
         transaction_time, payload, created_at, updated_at, status, failures, due_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?9)`,
      message.id,
      message.hook,
      message.dataset,
      message.document,
      message.operation,
      message.transactionId,
      message.transactionTime,
      message.payload,
      now,
      status,
      status === 'failure' ? 1 : 0,
    ) > 0
  return {
    progress: createHookProgress(connection),
    write: connection.write,
    add: (message, now) => void add(message, 'queued', now),
    addFailed: (message, attempt, reason, now) => {
      if (!add(message, 'failure', now)) return
      run(
        `INSERT INTO attempt (id, message, hook, started_at, ended_at, duration, failure, result_body)
         VALUES (?1, ?2, ?3, ?4, ?4, 0, 'other', ?5)`,
        attempt,
        message.id,
        message.hook,
        now,
        reason,
      )
    },
    waiting: (hook) => {
      const row = one(
        `SELECT count(*), coalesce(sum(length(payload)), 0) FROM message
         WHERE hook = ? AND status = 'queued'`,
        hook,
      )
      return {count: numberOf(row?.[0]), bytes: numberOf(row?.[1])}
    },
    next: (hook, now) => {
      const row = one(
        `SELECT ${MESSAGE} FROM message AS m
         WHERE hook = ?1 AND status = 'queued' AND due_at <= ?2 AND NOT EXISTS (
           SELECT 1 FROM message AS earlier
           WHERE earlier.hook = ?1 AND earlier.dataset = m.dataset
             AND earlier.document = m.document AND earlier.number < m.number
             AND earlier.status IN ('queued', 'sending'))
         ORDER BY number LIMIT 1`,
        hook,
        now,
      )
      return row && messageOf(row)
    },
    nextDue: (hook) => {
      // Of each document only the oldest message: the others wait for it.
      const row = one(
        `SELECT min(due_at) FROM (
           SELECT min(number), due_at FROM message
           WHERE hook = ? AND status = 'queued' GROUP BY dataset, document)`,
        hook,
      )
      const due = row?.[0]
      return typeof due === 'number' ? due : undefined
    },
    message: (id) => {
      const row = one(`SELECT ${MESSAGE} FROM message WHERE id = ?`, id)
      return row && messageOf(row)
    },
    messages: (hook, limit) =>
      all(
        `SELECT ${MESSAGE} FROM message WHERE hook = ? ORDER BY number DESC LIMIT ?`,
        hook,
        limit,
      ).map(messageOf),
    attempt: (id) => {
      const row = one(`SELECT ${ATTEMPT} FROM attempt WHERE id = ?`, id)
      return row && attemptOf(row)
    },
    attempts: (hook, limit) =>
      all(
        `SELECT ${ATTEMPT} FROM attempt WHERE hook = ? ORDER BY number DESC LIMIT ?`,
        hook,
        limit,
      ).map(attemptOf),
    begin: ({id, hook}, attempt, now) =>
      connection.write(() => {
        run(
          `UPDATE message SET status = 'sending', updated_at = ?1,
             first_tried_at = coalesce(first_tried_at, ?1) WHERE id = ?2`,
          now,
          id,
        )
        run(
          'INSERT INTO attempt (id, message, hook, started_at) VALUES (?, ?, ?, ?)',
          attempt,
          id,
          hook,
          now,
        )
      }),
    end: ({id, message, endedAt, duration}, {failure, resultCode, resultBody}, retryAt) =>
      connection.write(() => {
        run(
          `UPDATE attempt SET ended_at = ?, duration = ?, failure = ?, result_code = ?,
             result_body = ? WHERE id = ?`,
          endedAt,
          duration,
          failure,
          resultCode,
          resultBody,
          id,
        )
        const ended = failure === null ? 'success' : 'failure'
        run(
          `UPDATE message SET status = ?, updated_at = ?, failures = failures + ?,
             result_code = ?, due_at = coalesce(?, due_at) WHERE id = ?`,
          retryAt === null ? ended : 'queued',
          endedAt,
          failure === null ? 0 : 1,
          resultCode,
          retryAt,
          message,
        )
      }),
    recover: (now) =>
      connection.write(() => {
        run(
          `UPDATE attempt SET ended_at = ?, failure = 'other',
             result_body = 'The lake ended before the answer came.' WHERE ended_at IS NULL`,
          now,
        )
        run(`UPDATE message SET status = 'queued' WHERE status = 'sending'`)
      }),
    cancel: (hook, now) =>
      void run(
        `UPDATE message SET status = 'failure', updated_at = ? WHERE hook = ? AND status = 'queued'`,
        now,
        hook,
      ),
    tidy: (hook, before, keep) =>
      connection.write(() => {
        const oldest = one(
          `SELECT number FROM message WHERE hook = ? AND status IN ('success', 'failure')
           ORDER BY number DESC LIMIT 1 OFFSET ?`,
          hook,
          keep,
        )?.[0]
        run(
          `DELETE FROM message WHERE hook = ?1 AND status IN ('success', 'failure')
             AND (updated_at < ?2 OR number <= ?3)`,
          hook,
          before,
          typeof oldest === 'number' ? oldest : 0,
        )
        run(
          `DELETE FROM attempt WHERE hook = ?1
             AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = attempt.message)`,
          hook,
        )
      }),
    keepOnly: (hooks) =>
      connection.write(() => {
        for (const table of ['progress', 'message', 'attempt']) {
          run(
            `DELETE FROM ${table} WHERE hook NOT IN (SELECT value FROM json_each(?))`,
            JSON.stringify(hooks),
          )
        }
      }),
    close: connection.close,
  }
}

const numberOrNull = (value: Row[number] | undefined): number | null =>
  typeof value === 'number' ? value : null

const STATUSES: readonly MessageStatus[] = ['queued', 'sending', 'success', 'failure']
const FAILURES = ['http', 'network', 'timeout', 'other'] as const

const messageOf = (row: Row): Message => ({
  id: textOf(row[1]),
  hook: textOf(row[2]),
  dataset: textOf(row[3]),
  document: textOf(row[4]),
  operation: textOf(row[5]),
  transactionId: textOf(row[6]),
  transactionTime: textOf(row[7]),
  payload: textOf(row[8]),
  createdAt: numberOf(row[9]),
  updatedAt: numberOf(row[10]),
  status: STATUSES.find((status) => status === row[11]) ?? 'failure',
  failures: numberOf(row[12]),
  resultCode: numberOrNull(row[13]),
  firstTriedAt: numberOrNull(row[14]),
})

const attemptOf = (row: Row): Attempt => ({
  id: textOf(row[0]),
  message: textOf(row[1]),
  hook: textOf(row[2]),
  startedAt: numberOf(row[3]),
  endedAt: numberOrNull(row[4]),
  duration: numberOrNull(row[5]),
  failure: FAILURES.find((failure) => failure === row[6]) ?? null,
  resultCode: numberOrNull(row[7]),
  resultBody: typeof row[8] === 'string' ? row[8] : '',
})
