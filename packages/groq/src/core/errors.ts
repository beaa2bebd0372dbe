/** The errors of queries, with the kinds and words of Sanity's API. */
import type {JsonObject} from './document.ts'

/** What is wrong with a query. The kinds and words are those of Sanity's API. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  /** `queryParseError` for text that is not GROQ, `queryError` for what cannot be answered. */
  readonly type: 'queryParseError' | 'queryError'
  /** More about it: for a `queryParseError` the `query`, and `start` and `end` in UTF-16 units. */
  readonly details: JsonObject

  constructor(type: QueryError['type'], description: string, details: JsonObject = {}) {
    super(description)
    this.type = type
    this.details = details
  }
}

/** GROQ that does not parse. `start` and `end` are offsets into `query` in UTF-16 code units. */
export const queryParseError = (
  description: string,
  query: string,
  start: number,
  end: number,
): QueryError => new QueryError('queryParseError', description, {query, start, end})

/** GROQ that parses but cannot be answered: a missing parameter, a limit, an unknown function. */
export const queryError = (description: string, extra: JsonObject = {}): QueryError =>
  new QueryError('queryError', description, extra)

/** A query that was cancelled because its caller has gone. */
export const queryCancelled = (): QueryError =>
  queryError('The query was cancelled because its client went away.')

/** The JSON of a result is larger than allowed. */
export const resultTooLarge = (maxBytes: number): QueryError =>
  queryError(
    `The result has more than the ${maxBytes} bytes allowed. Slice it, or project fewer fields.`,
  )
