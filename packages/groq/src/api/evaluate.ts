/** The public functions `evaluate` and `parse`: a query and documents in, the answer out. */
import type {Json, JsonObject, StoredDocument} from '../core/document.ts'
import {QueryError} from '../core/errors.ts'
import type {PerspectiveName} from '../core/perspective.ts'
import {shapeParameters} from '../parse/shapeParameters.ts'
import {
  prepareQuery,
  type PreparedQuery,
  type QueryResult,
  queryKey,
  runQuery,
} from '../query/query.ts'
import type {DocumentSource} from '../source/source.ts'
import {createMemorySource, type QueryDocument} from './createMemorySource.ts'

/**
 * The public functions of the package: a query and documents in, the exact answer out. Options that
 * are `undefined` count as left out.
 */
export interface EvaluateOptions {
  /** What `*` reads. Copied as JSON; see `createMemorySource` for many queries over the same. */
  readonly documents?: Iterable<QueryDocument> | undefined
  /** What `*` reads, in place of `documents` and `perspective`. */
  readonly source?: DocumentSource | undefined
  /** Values of `$name`, by name. A query that mentions one which is not here is refused. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** Which version of each of the `documents` the query sees; `raw` unless given. */
  readonly perspective?: PerspectiveName | undefined
  /** What `now()` answers: a date, an RFC 3339 string, or milliseconds since 1970. */
  readonly now?: Date | string | number | undefined
  /** What `identity()` answers; the empty string unless given. */
  readonly identity?: string | undefined
  /** What `sanity::projectId()` answers; null unless given. */
  readonly projectId?: string | undefined
  /** What `sanity::dataset()` answers; null unless given. */
  readonly dataset?: string | undefined
  /** The document before a change, null if it did not exist: for `before()` and `delta::`. */
  readonly before?: QueryDocument | null | undefined
  /** The document after a change, null if it was deleted: for `after()` and `delta::`. */
  readonly after?: QueryDocument | null | undefined
  /** Milliseconds after which the query is stopped; 60,000 unless given. */
  readonly timeLimit?: number | undefined
  /** Bytes of JSON that the answer may have; 64 MB unless given. */
  readonly maxResultBytes?: number | undefined
}

export interface ParseOptions {
  /** Only parameters in brackets matter, as in `[0...$n]`: they decide how the query is read. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** `delta` allows `before()`, `after()` and `delta::`; `normal` unless given. */
  readonly mode?: 'normal' | 'delta' | undefined
}

/** A query that was checked, to be evaluated any number of times. */
export interface ParsedQuery {
  readonly query: string
  readonly mode: 'normal' | 'delta'
  /** Names of the parameters that it mentions, sorted: `evaluate` needs a value for each. */
  readonly parameters: readonly string[]
}

/**
 * Evaluates a query and returns its answer as JSON.
 *
 * @example
 * const titles = evaluate('*[_type == "article" && year > $year] | order(year).title', {
 *   documents: [
 *     {_id: 'a', _type: 'article', title: 'Old', year: 1999},
 *     {_id: 'b', _type: 'article', title: 'New', year: 2026},
 *   ],
 *   params: {year: 2020},
 * })
 * // ['New']
 *
 * @throws QueryError for a query that does not parse, lacks a parameter or reaches a limit;
 *   TypeError for an option that is not of its kind.
 */
export const evaluate = (query: string | ParsedQuery, options: EvaluateOptions = {}): Json =>
  execute(query, options).value

/** As `evaluate`, with the report of what was read. */
export const execute = (query: string | ParsedQuery, options: EvaluateOptions): QueryResult => {
  const {documents = [], perspective, identity, projectId, dataset, timeLimit} = options
  const {before, after, maxResultBytes} = options
  const mode = before === undefined && after === undefined ? 'normal' : 'delta'
  const params = jsonOf(options.params ?? {}, 'params')
  const executable =
    typeof query === 'string' ? prepareQuery(query, params, {mode}) : preparedFor(query, params)
  if (options.source && (options.documents ?? perspective) !== undefined) {
    throw new TypeError('Give either a source, or documents with a perspective.')
  }
  const source = options.source ?? createMemorySource(documents, {perspective})
  return runQuery(executable, {
    source,
    params,
    identity,
    projectId,
    dataset,
    timeLimit,
    now: millisecondsOf(options.now),
    before: before && changedDocument(before),
    after: after && changedDocument(after),
    mostBytes: maxResultBytes,
  })
}

/**
 * Checks a query, and prepares it to be evaluated many times.
 *
 * @example
 * const bySlug = parse('*[slug.current == $slug][0]')
 * bySlug.parameters // ['slug']
 * evaluate(bySlug, {documents, params: {slug: 'first'}})
 *
 * @throws QueryError with the place of the mistake, or for a function that is not supported.
 */
export const parse = (query: string, options: ParseOptions = {}): ParsedQuery => {
  const {mode = 'normal'} = options
  const given = jsonOf(options.params ?? {}, 'params')
  const inBrackets = shapeParameters(query)
  const missing = inBrackets.filter((name) => !Object.hasOwn(given, name))
  const prepared = prepareAsAny(query, mode, given, missing)
  const parameters = [...new Set([...prepared.parameters, ...inBrackets])].toSorted()
  return {query, mode, parameters}
}

/** What a parameter in brackets may be, while its value is not known: `a[$x]`, `a[0...$n]`. */
const STAND_INS: readonly (number | string | undefined)[] = [undefined, 1, '']

/** @throws What is wrong with the query whatever the missing parameters are. */
const prepareAsAny = (
  query: string,
  mode: ParsedQuery['mode'],
  given: JsonObject,
  missing: readonly string[],
): PreparedQuery => {
  let failure: unknown
  for (const value of missing.length === 0 ? [undefined] : STAND_INS) {
    const assumed =
      value === undefined ? {} : Object.fromEntries(missing.map((name) => [name, value]))
    try {
      return prepareQuery(query, {...given, ...assumed}, {mode})
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      failure = error
    }
  }
  throw failure
}

/** Parsed queries as they are executed, by the values of their parameters in brackets. */
const prepared = new WeakMap<ParsedQuery, Map<string, PreparedQuery>>()
const MAX_PREPARED = 100

const preparedFor = (parsed: ParsedQuery, params: JsonObject): PreparedQuery => {
  const {query, mode} = parsed
  let byKey = prepared.get(parsed)
  if (!byKey) prepared.set(parsed, (byKey = new Map()))
  const key = queryKey(query, params)
  let found = byKey.get(key)
  if (!found) {
    found = prepareQuery(query, params, {mode})
    if (byKey.size >= MAX_PREPARED) byKey.clear()
    byKey.set(key, found)
  }
  return found
}

const changedDocument = (document: QueryDocument): StoredDocument =>
  JSON.parse(JSON.stringify(document))

const jsonOf = (value: Readonly<Record<string, unknown>>, option: string): JsonObject => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${option} must be an object.`)
  }
  return JSON.parse(JSON.stringify(value))
}

const millisecondsOf = (now: EvaluateOptions['now']): number | undefined => {
  if (now === undefined) return undefined
  const milliseconds = new Date(now).getTime()
  if (Number.isNaN(milliseconds)) {
    throw new TypeError(
      'now must be a date, a string such as "2026-01-31T12:00:00Z", or milliseconds since 1970.',
    )
  }
  return milliseconds
}
