/**
 * One SQLite connection with prepared statements; rows are arrays. The only code that begins and
 * ends transactions. Errors of SQLite become LakeErrors (see storageFault.ts).
 */
import type {DatabaseSync, SQLInputValue, SQLOutputValue} from 'node:sqlite'

import {makePrivateFile} from '../../access/privateFile.ts'
import {createCache} from '../../core/cache/cache.ts'
import {temporarilyUnavailable} from '../../core/errors.ts'
import type {FastOption} from '../../core/fast.ts'
import {backup, openDatabase, prepare as prepareIn, type Statement} from './sqlite.ts'
import {storageFault, storageFaultKind} from './storageFault.ts'

/**
 * Reads fetch all their rows at once, so an inner query may use the same statement while an outer
 * one still works on its rows.
 */
export interface Connection {
  one(sql: string, ...values: SQLInputValue[]): Row | undefined
  all(sql: string, ...values: SQLInputValue[]): readonly Row[]
  /** @returns Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number
  /** Several statements without values: schema, pragmas. */
  script(sql: string): void
  /**
   * Runs `work` in a write transaction. When this returns, all of it is committed; when it throws,
   * nothing is, whatever failed. It throws the first error, never a consequence of it.
   */
  write<T>(work: () => T): T
  /**
   * Runs a part of the work of `write`. When it throws, what it did is undone, and the transaction
   * can go on without it, unless SQLite has ended the transaction.
   */
  part<T>(work: () => T): T
  /** Begins a read transaction. */
  beginReading(): void
  /** Ends the read transaction. Does not throw. */
  endReading(): void
  /** Whether a transaction is open. SQLite may have ended it by itself after an error. */
  readonly isTransaction: boolean
  /** Reports an error of another connection to the same file. */
  noteFault(error: unknown): void
  /** Calls `first` once before the next statement; undefined cancels that. */
  beforeNext(first: (() => void) | undefined): void
  /** From now on this connection reads only the state that the file has at this call. */
  takeState(): void
  /**
   * Copies the database as it is at this call into a file, in portions with pauses for other work.
   * Writes during the copy are not included and do not restart it.
   * @throws If the connection is closed during the copy; the file is then incomplete.
   */
  copyTo(file: string): Promise<void>
  /** Closes the connection. Any later use throws a LakeError of status 503. */
  close(): void
}

export type Row = readonly SQLOutputValue[]

/** How a statement fails on purpose, in tests. */
export interface StatementFailure {
  readonly error: Error
  /** Whether the transaction is rolled back too, as SQLite does on a full disk. */
  readonly rollsBack: boolean
}

export interface ConnectOptions {
  readonly readOnly?: boolean
  /** The file's name in messages: `the dataset "production"`. Default: the path. */
  readonly subject?: string
  /** Called once if SQLite finds the file damaged. */
  readonly onDamage?: (error: unknown) => void
  /** Whether it keeps prepared statements. */
  readonly fast?: FastOption | undefined
  /** Called before each statement except ROLLBACK; a result makes the statement fail. */
  readonly fault?: (sql: string) => StatementFailure | undefined
}

const isRow = (value: unknown): value is Row => Array.isArray(value)
const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value)

/** A transaction sees the state at its first read. */
const TAKE_STATE = 'BEGIN; SELECT 1 FROM sqlite_master LIMIT 1'

/** Measured size of a prepared statement, most of it in SQLite's memory. */
const STATEMENT_BYTES = 4000

/** Milliseconds to wait for another process that is writing: longer than any transaction takes. */
const BUSY_TIMEOUT = 10_000

export const connect = (path: string, options: ConnectOptions = {}): Connection => {
  const {readOnly = false, subject = path, fault, onDamage} = options
  // SQLite gives its log files the same mode.
  if (path !== ':memory:' && !readOnly) makePrivateFile(path)
  const database = opened(path, readOnly, subject)
  const statements = createCache<Statement>('statements', {fast: options.fast})
  let before: (() => void) | undefined
  let isClosed = false
  const demandOpen = (): void => {
    if (isClosed) {
      throw temporarilyUnavailable('The dataset was closed or emptied meanwhile. Try again.')
    }
  }
  let isWriting = false
  let isDamaged = false
  /** The error after which SQLite ended the write transaction: nothing may be added to it. */
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

  const prepare = (sql: string): Statement => {
    if (before) {
      const first = before
      before = undefined
      first()
    }
    demandOpen()
    if (lost !== undefined) throw lost
    if (fault) inject(sql)
    const known = statements.get(sql)
    if (known) return known
    const statement = prepareIn(database, sql)
    statements.set(sql, statement, STATEMENT_BYTES + 2 * sql.length)
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
   * SQLite counts the pauses it intended, and a signal cuts a pause short: under a CPU profiler,
   * which sends a thousand signals a second, its ten seconds pass in a third of a second.
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

  /** Closes any open transaction. Ignores errors, which would hide the cause. */
  const rollBack = (): void => {
    if (!database.isTransaction) return
    try {
      database.exec('ROLLBACK')
    } catch {
      // SQLite has ended the transaction anyway.
    }
  }

  /** Without its part the transaction can go on; if that fails, all of it is lost. */
  const undoPart = (cause: unknown): void => {
    if (lost !== undefined) return
    try {
      database.exec('ROLLBACK TO part; RELEASE part')
    } catch {
      lost = cause
      rollBack()
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
    part(work) {
      run('SAVEPOINT part')
      try {
        const result = work()
        run('RELEASE part')
        return result
      } catch (error) {
        undoPart(error)
        throw lost ?? error
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
      // A database in memory has only this connection.
      const source = path === ':memory:' ? database : opened(path, true, subject)
      try {
        if (source !== database) source.exec(TAKE_STATE)
        makePrivateFile(file)
        // SQLite does not notice that the source was closed during the copy.
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
    return openDatabase(path, {
      readOnly,
      timeout: BUSY_TIMEOUT,
      enableForeignKeyConstraints: false,
    })
  } catch (error) {
    throw storageFault(error, subject, path)
  }
}

/** The value of a TEXT column. @throws TypeError for any other value: a bug or a damaged file. */
export const textOf = (value: SQLOutputValue | undefined): string => {
  if (typeof value !== 'string') throw new TypeError(`expected text in a column, found ${value}`)
  return value
}

/** The value of a numeric column. @throws TypeError for any other value. */
export const numberOf = (value: SQLOutputValue | undefined): number => {
  if (typeof value !== 'number')
    throw new TypeError(`expected a number in a column, found ${value}`)
  return value
}

/** The first rows whose second column adds up to at most `bytes`; at least one row. */
export const within = (bytes: number, rows: readonly Row[]): readonly Row[] => {
  let left = bytes
  const end = rows.findIndex(([, size], index) => (left -= Number(size ?? 0)) < 0 && index > 0)
  return end < 0 ? rows : rows.slice(0, end)
}
