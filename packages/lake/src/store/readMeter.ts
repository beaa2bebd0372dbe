/**
 * Part of the store as a whole: counts what a query reads through any of its rooms, so that an
 * expensive query can be stopped between two statements. The function given to `during` is called
 * with the cost of each statement, and of each document before it is parsed; it may throw. Writers and
 * updates of the store's own memory are not counted, because they must not be stopped half-way.
 */
import type {RowReader} from './fast/rememberedRows.ts'

export interface ReadMeter {
  /** @param spend Called with units as in packages/groq/src/execution/budget.ts. */
  during<T>(spend: (units: number) => void, work: () => T): T
  /** Counts a document that is about to be parsed. */
  parses(characters: number): void
  /** The same reader, counted. */
  through(reader: RowReader): RowReader
}

/** Cost of a statement, and of each row it returns, in units. */
const UNITS_OF_STATEMENT = 50
const UNITS_OF_ROW = 8
/** Characters of JSON that are parsed in the time that one unit stands for. */
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
