import {createBudget, UNITS_AT_ONCE, type ArraySteps, type JsonText} from '@copydesk/groq/engine'

import type {JsonObject} from '../core/document.ts'
import {LakeError} from '../core/errors.ts'
import {
  MAX_CACHED_RESULT_BYTES,
  MEMORY_SERVING_THREAD_TIME,
  QUICK_QUERY_TIME,
  QUERY_TIMEOUT,
  SERVING_THREAD_TIME,
} from '../core/limits.ts'
import {type Perspective, perspectiveName} from '../core/perspective.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {ChangedWhat} from '../store/history/recentChanges.ts'
import {createAnswers} from './answers.ts'
import {type Explanation, explain} from './explain.ts'
import {type Plan, createPlans} from './plans.ts'
import {areQueriesObserved, observeQuery} from './queryEvents.ts'
import {type Outcome, type Question, runPlan} from './runPlan.ts'
import {type CopiedScans, createCopiedScans} from './scans/copiedScans.ts'
import {type ScanClient, type ScanPool, type WriteTurns, createScanPool} from './scans/scanPool.ts'
import {syncTagsOf} from './syncTags.ts'
import {createUpkeep} from './upkeep.ts'

/** Answers GROQ over one dataset: plans, caches, limits, and a thread for what takes long. */
export interface QueryService {
  /**
   * At once where the answer is known or quickly found, so that a server need not wait for a
   * promise; else, when documents by the thousand must be read, from another thread.
   * @throws 400 queryParseError or queryError, 429 when too many long queries wait.
   */
  answer(request: QueryRequest): Answer | Promise<Answer>
  /**
   * Whether `answer` is known to keep the serving thread for a millisecond at most: it did so in the
   * last few times, or the query goes to another thread untried.
   */
  isQuick(query: string, params: JsonObject): boolean
  /**
   * Refuses what waits with a 503.
   * @returns Resolved when its threads have ended.
   */
  close(): Promise<void>
}

export interface QueryRequest {
  readonly query: string
  readonly params: JsonObject
  readonly perspective: Perspective
  /** False for readers who see only published documents without a dot in the id. */
  readonly includePrivate: boolean
  /** For `identity()`. */
  readonly identity?: string
  /** Asked without a token: if it takes long, it waits with others like it. */
  readonly isAnonymous?: boolean
  /** Asks which field of which document each value came from; worked out anew as well. */
  readonly resultSourceMap?: false | ArraySteps
  /** Asks how the answer came about; the answer is worked out anew then. */
  readonly explain?: boolean
  /** Whose signal is aborted when it goes away. */
  readonly client?: {readonly signal: AbortSignal}
}

export interface Answer {
  readonly result: JsonText
  readonly syncTags: readonly string[]
  /** Milliseconds it took. */
  readonly ms: number
  /** Whether the same request has the same answer until the dataset's next commit. */
  readonly cacheable: boolean
  readonly explain?: Explanation
  /** A `ContentSourceMap` as JSON. */
  readonly resultSourceMap?: JsonText
}

export interface QueryServiceOptions {
  readonly projectId: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of failures of work that no answer waits for; ignored unless given. */
  readonly onError?: (error: unknown) => void
  /** How to take turns with those who write; nobody else does unless given. */
  readonly turns?: WriteTurns
}

/** Thrown through a query that has kept the serving thread for long enough. */
class TakesLong extends Error {}
const refusal = (): Error => new TakesLong()

const NOBODY_ELSE: WriteTurns = {
  alone: (work) => work(),
  isBusy: false,
  onWaiting: undefined,
}

export const createQueryService = (
  store: DatasetStore,
  {projectId, now, onError = () => {}, turns = NOBODY_ELSE}: QueryServiceOptions,
): QueryService => {
  const plans = createPlans()
  const answers = createAnswers(MAX_CACHED_RESULT_BYTES)
  const pool: ScanPool | undefined =
    store.file === undefined ? undefined : createScanPool({name: store.name, file: store.file})
  const elsewhere: CopiedScans = pool ?? createCopiedScans(store)
  const timeHere = pool ? SERVING_THREAD_TIME : MEMORY_SERVING_THREAD_TIME
  const upkeep = createUpkeep(store, pool, turns, now, onError)

  const runHere = (plan: Plan, question: Question): Outcome => {
    const mostAtOnce = UNITS_AT_ONCE
    const budget = createBudget({timeLimit: timeHere, mostAtOnce, refusal})
    let took = timeHere
    try {
      const outcome = runPlan(store, plan, question, budget)
      took = outcome.runTime + outcome.encodeTime
      return outcome
    } finally {
      // On a busy machine the thread may have waited for a processor: once is not enough.
      plan.timeHere = Math.min(took, 2 * plan.timeHere + QUICK_QUERY_TIME / 10)
    }
  }

  /** What stalls now and then is not worth a copy of a dataset in memory each time. */
  const isTriedHere = (plan: Plan): boolean => plan.scanTime <= timeHere && !(pool && plan.mayStall)

  /** @param plan Undefined where the text must not be parsed here. */
  const runElsewhere = async (
    plan: Plan | undefined,
    question: Question,
    client: ScanClient,
  ): Promise<Outcome> => {
    const {signal} = client
    try {
      const {outcome, demand} = await elsewhere.query(question, plan?.scanTime ?? 0, client)
      if (plan) plan.scanTime = outcome.runTime
      store.indexUsage.add(demand)
      upkeep.wake()
      return outcome
    } catch (error) {
      store.noteFault(error)
      // What ran into a limit is not to be tried here first, or before what takes less.
      if (plan && !signal?.aborted && !isAboutTheLake(error)) plan.scanTime = QUERY_TIMEOUT
      throw error
    }
  }

  /** @param explained Called with how the answer came about, even if the caller did not ask. */
  const answer = (
    request: QueryRequest,
    explained?: (explanation: Explanation) => void,
  ): Answer | Promise<Answer> => {
    const started = performance.now()
    const {query, params, perspective, includePrivate, identity = ''} = request
    const {resultSourceMap = false} = request
    const view = includePrivate ? perspectiveName(perspective) : 'public'
    const {revision} = store
    const plan = plans.getQuickly(query, params)
    const key = plan ? keyOf(view, plan.dependsOnIdentity ? identity : '', plan, params) : ''
    const isCacheable = plan !== undefined && !plan.dependsOnTime
    const elapsed = (): number => Math.round(performance.now() - started)

    if (isCacheable && !request.explain && !resultSourceMap) {
      const includeUnpublished = view !== 'public' && view !== 'published'
      const hasChanged = (what: ChangedWhat, since: number): boolean =>
        store.changedSince(since, what, includeUnpublished)
      const kept = answers.get(key, revision, hasChanged)
      if (kept) {
        return {result: kept.result, syncTags: kept.syncTags, ms: elapsed(), cacheable: true}
      }
    }

    const finish = (outcome: Outcome, thread: Explanation['thread']): Answer => {
      const syncTags = syncTagsOf(outcome.dependencies)
      const {result, dependencies, sourceMap, work} = outcome
      const explanation = work && explain(outcome, work, thread, started)
      if (explanation) explained?.(explanation)
      if (isCacheable) answers.set(key, revision, {result, dependencies, syncTags})
      return {
        result,
        syncTags,
        ms: elapsed(),
        cacheable: isCacheable,
        ...(sourceMap && {resultSourceMap: sourceMap}),
        ...(request.explain && explanation && {explain: explanation}),
      }
    }

    upkeep.wake()
    const question: Question = {
      query,
      params,
      perspective,
      includePrivate,
      identity,
      now: now(),
      projectId,
      ...(resultSourceMap && {sourceMap: resultSourceMap}),
      ...((request.explain || explained) && {explain: true}),
    }
    if (plan && isTriedHere(plan)) {
      try {
        return finish(runHere(plan, question), 'serving')
      } catch (error) {
        if (!(error instanceof TakesLong)) throw error
      }
    }
    // Read no sooner: a signal of a request costs as much as a quick answer.
    const client: ScanClient = {
      asker: request.isAnonymous ? 'anonymous' : 'known',
      signal: request.client?.signal,
    }
    return runElsewhere(plan, question, client).then((outcome) => finish(outcome, 'scan'))
  }

  return {
    answer: (request) =>
      areQueriesObserved()
        ? observeQuery(store.name, request.query, (explained) => answer(request, explained))
        : answer(request),
    isQuick(query, params) {
      const plan = plans.known(query, params)
      return plan !== undefined && (plan.timeHere <= QUICK_QUERY_TIME || !isTriedHere(plan))
    },
    close() {
      upkeep.stop()
      return elsewhere.close()
    },
  }
}

/** Too many at once, or closed: nothing about the query. */
const isAboutTheLake = (error: unknown): boolean =>
  error instanceof LakeError && (error.status === 429 || error.status === 503)

const keyOf = (view: string, identity: string, {number}: Plan, params: JsonObject): string =>
  `${number}\n${view}\n${identity}\n${JSON.stringify(params)}`
