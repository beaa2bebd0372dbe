import {
  backup,
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'

/**
 * One SQLite connection with its prepared statements, rows as arrays.
 * Reads fetch all their rows at once, so a statement may be used again while an outer reader of
 * the same statement still works on its rows: subqueries nest.
 */
export interface Connection {
  one(sql: string, ...values: SQLInputValue[]): Row | undefined
  all(sql: string, ...values: SQLInputValue[]): readonly Row[]
  /** @returns Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number
  /** Several statements without values: schema, pragmas. */
  script(sql: string): void
  /** Has this done before the next statement is, once; undefined takes it back. */
  beforeNext(first: (() => void) | undefined): void
  /** Copies the whole database into a file, in portions between which others may work. */
  copyTo(file: string): Promise<void>
  close(): void
}

export type Row = readonly SQLOutputValue[]

const isRow = (value: unknown): value is Row => Array.isArray(value)
const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value)

/** How long a statement waits for another process that is writing: longer than any transaction. */
const BUSY_TIMEOUT = 10_000

export const connect = (path: string, options: {readOnly?: boolean} = {}): Connection => {
  const database = new DatabaseSync(path, {
    readOnly: options.readOnly ?? false,
    timeout: BUSY_TIMEOUT,
    returnArrays: true,
    enableForeignKeyConstraints: false,
  })
  const statements = new Map<string, StatementSync>()
  let before: (() => void) | undefined
  const prepare = (sql: string): StatementSync => {
    if (before) {
      const first = before
      before = undefined
      first()
    }
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = database.prepare(sql)))
    return statement
  }
  return {
    one(sql, ...values) {
      const row: unknown = prepare(sql).get(...values)
      return isRow(row) ? row : undefined
    },
    all(sql, ...values) {
      const rows: unknown = prepare(sql).all(...values)
      return isRows(rows) ? rows : []
    },
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    script: (sql) => database.exec(sql),
    beforeNext: (first) => void (before = first),
    async copyTo(file) {
      await backup(database, file)
    },
    close: () => database.close(),
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
