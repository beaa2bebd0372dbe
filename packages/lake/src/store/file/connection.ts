import {
  backup,
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'

import {makePrivateFile} from '../../access/privateFile.ts'
import {temporarilyUnavailable} from '../../core/errors.ts'
import {storageFault, storageFaultKind} from './storageFault.ts'

/**
 * One SQLite connection with its prepared statements, rows as arrays.
 * Reads fetch all their rows at once, so a statement may be used again while an outer reader of
 * the same statement still works on its rows: subqueries nest.
 *
 * Transactions begin and end here and nowhere else. Errors of SQLite come out as `storageFault`
 * makes them.
 */
export interface Connection {
  one(sql: string, ...values: SQLInputValue[]): Row | undefined
  all(sql: string, ...values: SQLInputValue[]): readonly Row[]
  /** @returns Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number
  /** Several statements without values: schema, pragmas. */
  script(sql: string): void
  /**
   * Runs `work` in a transaction that writes: when this returns all of it is committed, and when it
   * throws nothing is, whatever failed. What is thrown is the first cause, never a consequence.
   */
  write<T>(work: () => T): T
  /** Begins a transaction that only reads. */
  beginReading(): void
  /** Ends it. Does not throw: there is nothing to lose. */
  endReading(): void
  /** Whether a transaction is open: SQLite may have ended it by itself. */
  readonly isTransaction: boolean
  /** Another connection to the file has failed so. */
  noteFault(error: unknown): void
  /** Has this done before the next statement is, once; undefined takes it back. */
  beforeNext(first: (() => void) | undefined): void
  /** From now on this connection reads the state that the file has at this call, and no other. */
  takeState(): void
  /**
   * Copies the whole database, as it is at this call, into a file, in portions between which others
   * may work: what they write is not in it, and does not make it begin again.
   * @throws When the connection is closed meanwhile: the file is not whole then.
   */
  copyTo(file: string): Promise<void>
  /** From now on every use throws what a client may be told: 503. */
  close(): void
}

export type Row = readonly SQLOutputValue[]

/** What goes wrong on purpose with a statement, in tests. */
export interface StatementFailure {
  readonly error: Error
  /** Whether SQLite ends the transaction by itself, as it does on a full disk. */
  readonly rollsBack: boolean
}

export interface ConnectOptions {
  readonly readOnly?: boolean
  /** For messages: `the dataset "production"`; the path unless given. */
  readonly subject?: string
  /** Told once when SQLite finds the file damaged. */
  readonly onDamage?: (error: unknown) => void
  /** Asked before each statement but ROLLBACK whether it fails. */
  readonly fault?: (sql: string) => StatementFailure | undefined
}

const isRow = (value: unknown): value is Row => Array.isArray(value)
const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value)

/** A transaction sees the state that its first read finds. */
const TAKE_STATE = 'BEGIN; SELECT 1 FROM sqlite_master LIMIT 1'

/** How long a statement waits for another process that is writing: longer than any transaction. */
const BUSY_TIMEOUT = 10_000

export const connect = (path: string, options: ConnectOptions = {}): Connection => {
  const {readOnly = false, subject = path, fault, onDamage} = options
  // SQLite gives the files beside it the same mode.
  if (path !== ':memory:' && !readOnly) makePrivateFile(path)
  const database = opened(path, readOnly, subject)
  const statements = new Map<string, StatementSync>()
  let before: (() => void) | undefined
  let isClosed = false
  const demandOpen = (): void => {
    if (isClosed) {
      throw temporarilyUnavailable('The dataset was closed or emptied meanwhile. Ask again.')
    }
  }
  let isWriting = false
  let isDamaged = false
  /** Why SQLite has ended the transaction that writes: nothing more may be written as part of it. */
  let lost: unknown

  const failed = (error: unknown): unknown => {
    const found = storageFault(error, subject, path)
    if (!isDamaged && storageFaultKind(found) === 'damaged') {
      isDamaged = true
      onDamage?.(found)
    }
    if (isWriting && lost === undefined && !database.isTransaction) lost = found
    return found
  }

  const inject = (sql: string): void => {
    const failure = fault?.(sql)
    if (!failure) return
    if (failure.rollsBack && database.isTransaction) database.exec('ROLLBACK')
    throw failure.error
  }

  const prepare = (sql: string): StatementSync => {
    if (before) {
      const first = before
      before = undefined
      first()
    }
    demandOpen()
    if (lost !== undefined) throw lost
    if (fault) inject(sql)
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = database.prepare(sql)))
    return statement
  }

  const run = (sql: string, ...values: SQLInputValue[]): number => {
    try {
      return Number(prepare(sql).run(...values).changes)
    } catch (error) {
      throw failed(error)
    }
  }

  /**
   * SQLite adds up the pauses that it meant to make, and a signal cuts a pause short: under a CPU
   * profiler, which sends a thousand a second, its ten seconds are over after a third of one.
   */
  const beginWriting = (): void => {
    const end = performance.now() + BUSY_TIMEOUT
    for (;;) {
      try {
        run('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (storageFaultKind(error) !== 'busy' || performance.now() > end) throw error
      }
    }
  }

  /** After this no transaction is open. Its own failure would only hide the cause. */
  const rollBack = (): void => {
    if (!database.isTransaction) return
    try {
      database.exec('ROLLBACK')
    } catch {
      // SQLite has left the transaction all the same.
    }
  }

  return {
    one(sql, ...values) {
      try {
        const row: unknown = prepare(sql).get(...values)
        return isRow(row) ? row : undefined
      } catch (error) {
        throw failed(error)
      }
    },
    all(sql, ...values) {
      try {
        const rows: unknown = prepare(sql).all(...values)
        return isRows(rows) ? rows : []
      } catch (error) {
        throw failed(error)
      }
    },
    run,
    script(sql) {
      try {
        if (lost !== undefined) throw lost
        if (fault) inject(sql)
        database.exec(sql)
      } catch (error) {
        throw failed(error)
      }
    },
    write(work) {
      if (isWriting) throw new Error('A transaction is open already: one cannot hold another.')
      rollBack()
      beginWriting()
      isWriting = true
      try {
        const result = work()
        run('COMMIT')
        return result
      } catch (error) {
        rollBack()
        throw lost ?? error
      } finally {
        isWriting = false
        lost = undefined
      }
    },
    beginReading: () => void run('BEGIN'),
    endReading() {
      if (isClosed || !database.isTransaction) return
      try {
        run('COMMIT')
      } catch {
        rollBack()
      }
    },
    get isTransaction() {
      return database.isTransaction
    },
    noteFault: (error) => void failed(error),
    beforeNext: (first) => void (before = first),
    async copyTo(file) {
      demandOpen()
      // In memory there is no other connection to the same documents.
      const source = path === ':memory:' ? database : opened(path, true, subject)
      try {
        if (source !== database) source.exec(TAKE_STATE)
        makePrivateFile(file)
        // SQLite takes no notice when the source is closed in the middle.
        await backup(source, file, {progress: demandOpen})
        demandOpen()
      } catch (error) {
        throw storageFault(error, subject, file)
      } finally {
        if (source !== database) source.close()
      }
    },
    takeState: () => database.exec(TAKE_STATE),
    close: () => {
      if (isClosed) return
      isClosed = true
      statements.clear()
      database.close()
    },
  }
}

const opened = (path: string, readOnly: boolean, subject: string): DatabaseSync => {
  try {
    return new DatabaseSync(path, {
      readOnly,
      timeout: BUSY_TIMEOUT,
      returnArrays: true,
      enableForeignKeyConstraints: false,
    })
  } catch (error) {
    throw storageFault(error, subject, path)
  }
}

/** A column that the schema declares as text; anything else is a bug or a damaged file. */
export const textOf = (value: SQLOutputValue | undefined): string => {
  if (typeof value !== 'string') throw new TypeError(`expected text in a column, found ${value}`)
  return value
}

/** A column that the schema declares as a number. */
export const numberOf = (value: SQLOutputValue | undefined): number => {
  if (typeof value !== 'number')
    throw new TypeError(`expected a number in a column, found ${value}`)
  return value
}

/** The first rows, whose second columns add up to so many bytes at most; one at least. */
export const within = (bytes: number, rows: readonly Row[]): readonly Row[] => {
  let left = bytes
  const end = rows.findIndex(([, size], index) => (left -= Number(size ?? 0)) < 0 && index > 0)
  return end < 0 ? rows : rows.slice(0, end)
}
