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
import type {Plan} from './plans.ts'

/** What a reader asks, in the form that also goes to another thread. */
export interface Question {
  readonly query: string
  readonly params: JsonObject
  readonly perspective: Perspective
  readonly includePrivate: boolean
  readonly identity: string
  /** What `now()` answers, in milliseconds since 1970. */
  readonly now: number
  readonly projectId: string
  /** Asks where the parts of the answer come from, and how to write steps into arrays. */
  readonly sourceMap?: ArraySteps
  /** Asks what was done for the answer. */
  readonly explain?: true
}

export interface Outcome {
  readonly result: JsonText
  /** What the answer depends on, references that it followed included. */
  readonly dependencies: AnswerDependencies
  /** Where it was asked for: a `ContentSourceMap` as JSON, for it may be larger than the answer. */
  readonly sourceMap?: JsonText
  /** Where it was asked for. */
  readonly work?: Work
  /** Milliseconds. */
  readonly runTime: number
  readonly encodeTime: number
}

export interface AnswerDependencies extends ChangedWhat {
  /** The same as narrowly as it can be said, for sync tags. */
  readonly selections: readonly Selection[]
}

/**
 * Runs a query on one state of the dataset, start to end.
 *
 * @param budget For all of it: reading, evaluating, and writing the answer as JSON.
 * @throws 400 queryError when a limit is reached.
 */
export const runPlan = (
  store: DatasetStore,
  plan: Plan,
  question: Question,
  budget: Budget,
): Outcome => {
  const {params, perspective, includePrivate, identity, now, projectId} = question
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
    const answer = store.read((): (QueryResult & Pick<Outcome, 'sourceMap'>) | JsonResult => {
      if (question.sourceMap === undefined) {
        return runQueryOnJson(plan.query, options) ?? runQuery(plan.query, options)
      }
      const read = runQuery(plan.query, options)
      const map = sourceMapOf(plan.query, options, read.value, question.sourceMap)
      return {...read, sourceMap: asJsonText(JSON.stringify(map))}
    }, spendHere)
    const evaluated = performance.now()
    const {report} = answer
    const dereferenced = report.dereferenced()
    const result = 'json' in answer ? answer.json : asJsonText(JSON.stringify(answer.value))
    // Only bytes can be so many: what is long is no text.
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
      ...(question.explain && {
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

/** Of more documents than these it is not worth knowing which: the answer depends on everything. */
const MOST_IDS = 5000

const dependenciesOf = (
  {everything, types, ids, selections}: Dependencies,
  dereferenced: readonly string[],
): AnswerDependencies => {
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

/** Dependencies name groups: what a draft shows depends on the published document, and so on. */
const groupOf = (id: string): string => (id.includes('.') ? publishedId(id) : id)

/** What V8 throws when calls nest too deeply, and when a string grows beyond what it can hold. */
const isTooDeep = (error: unknown): boolean => error instanceof RangeError
