/** Room query: prepares a query and executes it. Start here for the engine. */
import type {ExprNode} from 'groq-js'

import {compileExpression} from '../compile/expression.ts'
import {missingParameter} from '../compile/scopes.ts'
import type {Json, JsonObject, StoredDocument} from '../core/document.ts'
import {queryCancelled, queryError, queryParseError} from '../core/errors.ts'
import type {JsonText} from '../core/jsonText.ts'
import {MAX_JOINED_BYTES, MAX_RESULT_BYTES, QUERY_TIMEOUT} from '../core/limits.ts'
import {type Budget, createBudget, spend} from '../execution/budget.ts'
import type {Evaluate, FastWays} from '../execution/compiler.ts'
import type {Execution, Scope} from '../execution/execution.ts'
import {type FastOption, type Optimisations, optimisationsOf} from '../execution/optimisations.ts'
import {nodesOf} from '../parse/ast.ts'
import {parseQuery} from '../parse/parse.ts'
import {shapeParameters} from '../parse/shapeParameters.ts'
import type {DocumentSource} from '../source/source.ts'
import {
  assertResultSize,
  mayBeLarge,
  mayGiveSpecial,
  plainValue,
  repetitionsOf,
  spendOnResult,
} from './result.ts'

/**
 * GROQ from text to answer: `prepareQuery` once, `runQuery` as often as wanted.
 *
 *     const query = prepareQuery('*[_type == "article" && slug.current == $slug][0]', {slug})
 *     const {value, report} = runQuery(query, {source, params: {slug}})
 *
 * A prepared query holds no documents and no parameters, so keep it: under `queryKey(text, params)`,
 * which is the text and the values of the few parameters that decide how the text is read
 * (see shapeParameters.ts). Everything is synchronous; executions do not interleave.
 *
 * Beside it: `dependencies.ts` (what an answer depends on), `matcher.ts` (the filter of a query
 * as a predicate over one document), `source.ts` (what the store must offer),
 * `sourceMap/sourceMapOf.ts` (which field each part of an answer comes from).
 */
export interface PreparedQuery {
  readonly text: string
  readonly tree: ExprNode
  /** Names of the parameters it mentions: all must be given to `runQuery`. */
  readonly parameters: readonly string[]
  readonly evaluate: Evaluate
  /** For answers that are whole documents: their JSON, where they need not be parsed. */
  readonly wholeJson?: FastWays['wholeJson']
  readonly optimisations: Optimisations
  /** Its answer may hold datetimes and the like, to be turned into JSON. */
  readonly mayGiveSpecial: boolean
  /** See result.ts. */
  readonly repetitions: number
}

export interface PrepareOptions {
  /** `delta` allows `before()`, `after()` and `delta::`. */
  readonly mode?: 'normal' | 'delta'
  /** Which optimisations it uses: all unless given, none if false. The result is the same. */
  readonly fast?: FastOption
}

/** @throws 400 queryParseError, or queryError for a function that is not supported. */
export const prepareQuery = (
  text: string,
  params: JsonObject = {},
  {mode = 'normal', fast}: PrepareOptions = {},
): PreparedQuery => {
  try {
    const tree = parseQuery(text, {mode, params: shapeValues(text, params)})
    return prepareTree(tree, text, optimisationsOf(fast))
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(text) : error
  }
}

const tooDeep = (text: string) =>
  queryParseError('The query is nested too deeply', text, 0, text.length)

/** Prepares a tree that was derived from a parsed one. */
export const prepareTree = (
  tree: ExprNode,
  text: string,
  optimisations = optimisationsOf(),
): PreparedQuery => {
  const nodes = [...nodesOf(tree)]
  const names = nodes.flatMap((node) => (node.type === 'Parameter' ? [node.name] : []))
  const {evaluate, fast} = compileExpression(tree, optimisations)
  return {
    text,
    tree,
    parameters: [...new Set(names)],
    evaluate,
    optimisations,
    ...(fast?.wholeJson && {wholeJson: fast.wholeJson}),
    mayGiveSpecial: !optimisations.has('jsonAsIs') || mayGiveSpecial(tree),
    repetitions: optimisations.has('smallResults') ? repetitionsOf(tree) : Infinity,
  }
}

/** A cache key for the prepared query: its text, and the parameters that shape its tree. */
export const queryKey = (text: string, params: JsonObject = {}): string => {
  if (shapeParameters(text).length === 0) return text
  const shape = shapeValues(text, params)
  return Object.keys(shape).length === 0 ? text : `${text}\n${JSON.stringify(shape)}`
}

/** The given parameters that decide how the text is read. */
export const shapeValues = (text: string, params: JsonObject): JsonObject =>
  Object.fromEntries(
    shapeParameters(text).flatMap((name) => {
      const value = Object.hasOwn(params, name) ? params[name] : undefined
      return value === undefined ? [] : [[name, value]]
    }),
  )

export interface RunOptions {
  readonly source: DocumentSource
  readonly params?: JsonObject
  /** Milliseconds since 1970, for `now()`. */
  readonly now?: number
  /** For `identity()`. */
  readonly identity?: string
  readonly projectId?: string
  readonly dataset?: string
  /** Delta mode: the document before and after a change. */
  readonly before?: StoredDocument | null
  readonly after?: StoredDocument | null
  /** What `@` is outside all scopes. */
  readonly root?: Json
  /** Milliseconds that it may take; not looked at where a budget is given. */
  readonly timeLimit?: number
  /** What it may use, together with everything else that has the same budget. */
  readonly budget?: Budget
  /** Bytes that the result may have as JSON. */
  readonly mostBytes?: number
  /** Called from time to time: true ends the query. */
  readonly cancelled?: () => boolean
}

export interface QueryResult {
  readonly value: Json
  readonly report: QueryReport
}

/** What the query did, for explain. */
export interface QueryReport {
  reads(): readonly {
    /** The access that found documents, such as `type article` or `everything`. */
    readonly access: string
    readonly times: number
    readonly candidates: number
  }[]
  /** Candidates read, all accesses together. */
  readonly documents: number
  /** Ids of references that were followed, whether or not they led to a document. */
  dereferenced(): readonly string[]
}

/** @throws 400 queryError when a parameter is missing or a limit is reached. */
export const runQuery = (query: PreparedQuery, options: RunOptions): QueryResult =>
  execute(query, options, (scope) => {
    const value = query.evaluate(scope)
    const {mostBytes = MAX_RESULT_BYTES} = options
    const {execution} = scope
    spendOnResult(execution.budget, value)
    const work = {repetitions: query.repetitions, steps: execution.steps}
    if (options.mostBytes !== undefined || mayBeLarge(value, work, mostBytes)) {
      assertResultSize(value, mostBytes)
    }
    return {value: plainValue(value, query.mayGiveSpecial), report: reportOf(execution)}
  })

/** A result as JSON. */
export interface JsonResult {
  readonly json: JsonText
  readonly report: QueryReport
}

/**
 * The answer without parsing its documents; undefined where that is impossible and `runQuery` is
 * needed.
 * @throws 400 queryError when a parameter is missing or a limit is reached.
 */
export const runQueryOnJson = (
  query: PreparedQuery,
  options: RunOptions,
): JsonResult | undefined => {
  const {wholeJson} = query
  if (!wholeJson || !options.source.json) return undefined
  return execute(query, options, (scope) => {
    const json = wholeJson(scope)
    return json === undefined ? undefined : {json, report: reportOf(scope.execution)}
  })
}

/** To start and end an execution takes about as long as to visit this many elements. */
const UNITS_OF_EXECUTION = 16

const execute = <Result>(
  query: PreparedQuery,
  options: RunOptions,
  work: (scope: Scope) => Result,
): Result => {
  const {params = {}} = options
  assertParameters(query, params)
  const execution = startExecution(options)
  try {
    spend(execution.budget, UNITS_OF_EXECUTION)
    return work({execution, value: options.root ?? null, parent: undefined})
  } catch (error) {
    // V8's own limits were reached before ours: a string too long, calls too deep.
    throw error instanceof RangeError
      ? queryError(`The query asks for too much: ${error.message}`)
      : error
  } finally {
    for (const forget of execution.whenDone) forget()
  }
}

/** @throws 400 queryError for the first parameter that the query mentions and that is missing. */
export const assertParameters = ({parameters}: PreparedQuery, params: JsonObject): void => {
  for (const name of parameters) {
    if (!Object.hasOwn(params, name)) throw missingParameter(name)
  }
}

const budgetFor = ({timeLimit = QUERY_TIMEOUT, cancelled}: RunOptions): Budget =>
  createBudget(cancelled ? {timeLimit, check: () => assertWanted(cancelled)} : {timeLimit})

const assertWanted = (cancelled: () => boolean): void => {
  if (cancelled()) throw queryCancelled()
}

const startExecution = (options: RunOptions): Execution => ({
  source: options.source,
  params: options.params ?? {},
  timestamp: options.now ?? Date.now(),
  identity: options.identity ?? '',
  projectId: options.projectId ?? null,
  dataset: options.dataset ?? null,
  before: options.before ?? null,
  after: options.after ?? null,
  whenDone: [],
  report: {reads: new Map(), documents: 0, dereferenced: []},
  budget: options.budget ?? budgetFor(options),
  steps: 0,
  allowance: MAX_JOINED_BYTES,
})

/** Methods rather than getters: V8 keeps a shape for each object that is written with one. */
const reportOf = ({report}: Execution): QueryReport => ({
  reads() {
    const byAccess = Map.groupBy(report.reads.values(), ({describe}) => describe())
    return [...byAccess].map(([access, reads]) => ({
      access,
      times: total(reads, ({times}) => times),
      candidates: total(reads, ({candidates}) => candidates),
    }))
  },
  documents: report.documents,
  dereferenced: () => [...new Set(report.dereferenced)],
})

const total = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0)
