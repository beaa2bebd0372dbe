import type {RowReader} from './rememberedRows.ts'

/**
 * Counts what readers of the file do, so that a query that reads much can be stopped between two
 * statements: the caller of `during` is told of each statement and each document before it is parsed,
 * and may throw. Writers, and what keeps the store's own memory up to date, are not counted: they
 * must not be stopped half-way.
 */
export interface ReadMeter {
  /** @param spend As in packages/groq/src/execution/budget.ts. */
  during<T>(spend: (units: number) => void, work: () => T): T
  /** Counts a document that is about to be parsed. */
  parses(characters: number): void
  /** The same reader, counted. */
  through(reader: RowReader): RowReader
}

/** Units of a statement, and of each row that it gives. */
const UNITS_OF_STATEMENT = 50
const UNITS_OF_ROW = 8
/** Characters of JSON that are parsed in the time of one unit. */
const CHARACTERS_PER_UNIT = 8

const uncounted = (): void => {}

export const createReadMeter = (): ReadMeter => {
  let spend: (units: number) => void = uncounted
  return {
    during(spendNow, work) {
      const before = spend
      spend = spendNow
      try {
        return work()
      } finally {
        spend = before
      }
    },
    parses: (characters) => spend(Math.trunc(characters / CHARACTERS_PER_UNIT)),
    through: ({one, all}) => ({
      one(sql, ...values) {
        spend(UNITS_OF_STATEMENT)
        return one(sql, ...values)
      },
      all(sql, ...values) {
        spend(UNITS_OF_STATEMENT)
        const rows = all(sql, ...values)
        spend(UNITS_OF_ROW * rows.length)
        return rows
      },
    }),
  }
}
