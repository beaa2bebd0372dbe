/**
 * Runs a query plan on one state of the dataset, on whichever thread: evaluates it within a budget and
 * encodes the result as JSON.
 */
import {
  type Budget,
  spend,
  type Selection,
  type Dependencies,
  type QueryResult,
  type JsonResult,
  type RunOptions,
  runQuery,
  runQueryOnJson,
  type ArraySteps,
  sourceMapOf,
  asJsonText,
  type JsonText,
} from '@copydesk/groq/engine'

import type {JsonObject} from '../core/document.ts'
import {asLakeError, queryError} from '../core/errors.ts'
import {publishedId} from '../core/ids.ts'
import {MAX_RESULT_BYTES} from '../core/limits.ts'
import type {Perspective} from '../core/perspective.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {ChangedWhat} from '../store/history/recentChanges.ts'
import type {Work} from './explain.ts'
import {guardSource} from './guardedSource.ts'
import type {QueryPlan} from './planCache.ts'

/** A query and its context as plain values, which can be sent to another thread. */
export interface QueryTask {
  readonly query: string
  readonly params: JsonObject
  readonly perspective: Perspective
  readonly includePrivate: boolean
  readonly identity: string
  /** The value of `now()`, in milliseconds since 1970. */
  readonly now: number
  readonly projectId: string
  /** Requests a source map; the value says how paths write steps into arrays. */
  readonly sourceMap?: ArraySteps
  /** Requests what was done to compute the result. */
  readonly explain?: true
}

export interface QueryOutcome {
  readonly result: JsonText
  /** What the result depends on, including references that were followed. */
  readonly dependencies: ResultDependencies
  /** If requested: a `ContentSourceMap` as JSON, which may be larger than the result. */
  readonly sourceMap?: JsonText
  /** If requested. */
  readonly work?: Work
  /** Milliseconds. */
  readonly runTime: number
  readonly encodeTime: number
}

export interface ResultDependencies extends ChangedWhat {
  /** The same, as narrow as possible, for sync tags. */
  readonly selections: readonly Selection[]
}

/**
 * Runs a query from start to end on one state of the dataset.
 *
 * @param budget Pays for reading, evaluating and encoding.
 * @throws LakeError 400 queryError when a limit is reached.
 */
export const runQueryPlan = (
  store: DatasetStore,
  plan: QueryPlan,
  task: QueryTask,
  budget: Budget,
): QueryOutcome => {
  const {params, perspective, includePrivate, identity, now, projectId} = task
  const options: RunOptions = {
    source: guardSource(store.source({perspective, includePrivate}), budget),
    params,
    now,
    identity,
    projectId,
    dataset: store.name,
    budget,
  }
  const spendHere = (units: number): void => spend(budget, units)
  const parsedBefore = store.parsedDocuments
  const started = performance.now()
  try {
    const answer = store.read((): (QueryResult & Pick<QueryOutcome, 'sourceMap'>) | JsonResult => {
      if (task.sourceMap === undefined) {
        return runQueryOnJson(plan.query, options) ?? runQuery(plan.query, options)
      }
      const read = runQuery(plan.query, options)
      const map = sourceMapOf(plan.query, options, read.value, task.sourceMap)
      return {...read, sourceMap: asJsonText(JSON.stringify(map))}
    }, spendHere)
    const evaluated = performance.now()
    const {report} = answer
    const dereferenced = report.dereferenced()
    const result = 'json' in answer ? answer.json : asJsonText(JSON.stringify(answer.value))
    // Long results are always bytes, so the length is in bytes.
    if (result.length > MAX_RESULT_BYTES) {
      throw queryError(
        `The result has ${result.length} bytes, more than the ${MAX_RESULT_BYTES} allowed. ` +
          'Slice it, or project fewer fields.',
      )
    }
    return {
      result,
      dependencies: dependenciesOf(plan.dependencies(params), dereferenced),
      ...('sourceMap' in answer && {sourceMap: answer.sourceMap}),
      ...(task.explain && {
        work: {
          reads: report.reads(),
          candidates: report.documents,
          parsed: store.parsedDocuments - parsedBefore,
          dereferenced: dereferenced.length,
        },
      }),
      runTime: evaluated - started,
      encodeTime: performance.now() - evaluated,
    }
  } catch (error) {
    if (asLakeError(error) || !isTooDeep(error)) throw error
    throw queryError('The query or its result is nested too deeply.')
  }
}

/** A result that depends on more documents than this counts as depending on everything. */
const MOST_IDS = 5000

const dependenciesOf = (
  {everything, types, ids, selections}: Dependencies,
  dereferenced: readonly string[],
): ResultDependencies => {
  if (dereferenced.length === 0 && ids.length === 0) return {everything, types, ids, selections}
  if (dereferenced.length + ids.length > MOST_IDS) {
    return {everything: true, types: [], ids: [], selections: []}
  }
  const followed = dereferenced.map(groupOf)
  return {
    everything,
    types,
    ids: [...ids.map(groupOf), ...followed],
    selections: [
      ...selections.map((one) => (one.by === 'id' ? {...one, ids: one.ids.map(groupOf)} : one)),
      {by: 'id', ids: followed},
    ],
  }
}

/** Dependencies are groups: a perspective's document depends on the published one and its drafts. */
const groupOf = (id: string): string => (id.includes('.') ? publishedId(id) : id)

/** V8 throws a RangeError when calls nest too deeply and when a string becomes too long. */
const isTooDeep = (error: unknown): boolean => error instanceof RangeError
