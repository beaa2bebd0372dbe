/**
 * The query room answers GROQ over one dataset: it plans queries, caches results, enforces limits,
 * and moves long queries to other threads. This file is its entry and decides where a query runs.
 */
import {createBudget, UNITS_AT_ONCE, type ArraySteps, type JsonText} from '@copydesk/groq/engine'

import type {JsonObject} from '../core/document.ts'
import {LakeError} from '../core/errors.ts'
import type {FastOption} from '../core/fast.ts'
import {
  MEMORY_SERVING_THREAD_TIME,
  QUICK_QUERY_TIME,
  QUERY_TIMEOUT,
  SERVING_THREAD_TIME,
} from '../core/limits.ts'
import {type Perspective, perspectiveName} from '../core/perspective.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {ChangedWhat} from '../store/history/recentChanges.ts'
import type {IndexDefinition} from '../store/indexes/values/valueIndexes.ts'
import {type Explanation, explain} from './explain.ts'
import {createIndexUpkeep} from './indexUpkeep.ts'
import {type QueryPlan, createPlanCache} from './planCache.ts'
import {areQueriesObserved, observeQuery} from './queryEvents.ts'
import {createResultCache} from './resultCache.ts'
import {type QueryOutcome, type QueryTask, runQueryPlan} from './runQueryPlan.ts'
import {type CopiedScans, createCopiedScans} from './scans/copiedScans.ts'
import {type ScanClient, type ScanPool, type WriteTurns, createScanPool} from './scans/scanPool.ts'
import {syncTagsOf} from './syncTags.ts'

export interface QueryService {
  /**
   * Runs a query. The response comes at once if it is cached or quickly computed, so that a server
   * need not wait for a promise. Queries that read thousands of documents run on another thread.
   * @throws LakeError 400 queryParseError or queryError; 429 when too many long queries wait; 503
   *   when the dataset is closed or its turn does not come.
   */
  answer(request: ServiceRequest): QueryResponse | Promise<QueryResponse>
  /**
   * Whether `answer` uses the serving thread for at most a millisecond: it did so the last few
   * times, or the query always goes to another thread.
   */
  isQuick(query: string, params: JsonObject): boolean
  /**
   * Waiting queries fail with 503.
   * @returns Resolves when the threads have ended.
   */
  close(): Promise<void>
}

export interface ServiceRequest {
  readonly query: string
  readonly params: JsonObject
  readonly perspective: Perspective
  /** False for readers who see only published documents without a dot in the id. */
  readonly includePrivate: boolean
  /** For `identity()`. */
  readonly identity?: string
  /** Whether the caller has no token: long queries of anonymous callers have their own queue. */
  readonly isAnonymous?: boolean
  /** Requests a source map: which field of which document each value came from. Not cached. */
  readonly resultSourceMap?: false | ArraySteps
  /** Requests how the result was computed. Not cached. */
  readonly explain?: boolean
  /** The signal is aborted when the client disconnects. */
  readonly client?: {readonly signal: AbortSignal}
}

export interface QueryResponse {
  readonly result: JsonText
  readonly syncTags: readonly string[]
  /** Duration in milliseconds. */
  readonly ms: number
  /** Whether the same request has the same result until the next commit to the dataset. */
  readonly cacheable: boolean
  readonly explain?: Explanation
  /** A `ContentSourceMap` as JSON. */
  readonly resultSourceMap?: JsonText
}

export interface QueryServiceOptions {
  readonly projectId: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Called with errors of background work; they are ignored by default. */
  readonly onError?: (error: unknown) => void
  /** How to take turns with writers; by default there are none. */
  readonly turns?: WriteTurns
  /** Value indexes to build before a query needs them. */
  readonly indexes?: readonly IndexDefinition[]
  /** Which optimisations it uses. */
  readonly fast?: FastOption | undefined
}

/** Thrown to stop a query that has used its time on the serving thread. */
class TakesLong extends Error {}
const refusal = (): Error => new TakesLong()

const NO_WRITERS: WriteTurns = {
  alone: (work) => work(),
  isBusy: false,
  onWaiting: undefined,
}

export const createQueryService = (
  store: DatasetStore,
  {projectId, now, onError = () => {}, turns = NO_WRITERS, indexes = [], fast}: QueryServiceOptions,
): QueryService => {
  const plans = createPlanCache(fast)
  const resultCache = createResultCache(fast)
  const pool: ScanPool | undefined =
    store.file === undefined
      ? undefined
      : createScanPool({name: store.name, file: store.file, indexes, fast})
  const scans: CopiedScans = pool ?? createCopiedScans(store)
  const timeHere = pool ? SERVING_THREAD_TIME : MEMORY_SERVING_THREAD_TIME
  const upkeep = createIndexUpkeep({store, pool, turns, now, onError, watches: indexes.length > 0})

  const runHere = (plan: QueryPlan, task: QueryTask): QueryOutcome => {
    const mostAtOnce = UNITS_AT_ONCE
    const budget = createBudget({timeLimit: timeHere, mostAtOnce, refusal})
    let took = timeHere
    try {
      const outcome = runQueryPlan(store, plan, task, budget)
      took = outcome.runTime + outcome.encodeTime
      return outcome
    } finally {
      // On a busy machine the thread may have waited for a processor, so one slow run is not enough.
      plan.timeHere = Math.min(took, 2 * plan.timeHere + QUICK_QUERY_TIME / 10)
    }
  }

  /** Whether to try the query on the serving thread first. Copying a dataset in memory to a file for
   * another thread costs more than an occasional slow query. */
  const isTriedHere = (plan: QueryPlan): boolean =>
    plan.scanTime <= timeHere && !(pool && plan.mayStall)

  /** @param plan Undefined for a query that is too long to parse on this thread. */
  const runElsewhere = async (
    plan: QueryPlan | undefined,
    task: QueryTask,
    client: ScanClient,
  ): Promise<QueryOutcome> => {
    const {signal} = client
    try {
      const {outcome, indexUsage: demand} = await scans.query(task, plan?.scanTime ?? 0, client)
      if (plan) plan.scanTime = outcome.runTime
      store.indexUsage.add(demand)
      upkeep.wake()
      return outcome
    } catch (error) {
      store.noteFault(error)
      // After reaching a limit, the query runs neither here nor before shorter ones.
      if (plan && !signal?.aborted && !isUnrelatedToQuery(error)) plan.scanTime = QUERY_TIMEOUT
      throw error
    }
  }

  /** @param explained Called with how the answer came about, even if the caller did not ask. */
  const answer = (
    request: ServiceRequest,
    explained?: (explanation: Explanation) => void,
  ): QueryResponse | Promise<QueryResponse> => {
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
      const kept = resultCache.get(key, revision, hasChanged)
      if (kept) {
        return {result: kept.result, syncTags: kept.syncTags, ms: elapsed(), cacheable: true}
      }
    }

    const finish = (outcome: QueryOutcome, thread: Explanation['thread']): QueryResponse => {
      const syncTags = syncTagsOf(outcome.dependencies)
      const {result, dependencies, sourceMap, work} = outcome
      const explanation = work && explain(outcome, work, thread, started)
      if (explanation) explained?.(explanation)
      if (isCacheable) resultCache.set(key, revision, {result, dependencies, syncTags})
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
    const task: QueryTask = {
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
        return finish(runHere(plan, task), 'serving')
      } catch (error) {
        if (!(error instanceof TakesLong)) throw error
      }
    }
    // Read late, because creating a request's signal costs as much as a quick query.
    const client: ScanClient = {
      callerKind: request.isAnonymous ? 'anonymous' : 'known',
      signal: request.client?.signal,
    }
    return runElsewhere(plan, task, client).then((outcome) => finish(outcome, 'scan'))
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
      return scans.close()
    },
  }
}

/** Whether an error is about load or a closed dataset, not about the query. */
const isUnrelatedToQuery = (error: unknown): boolean =>
  error instanceof LakeError && (error.status === 429 || error.status === 503)

const keyOf = (view: string, identity: string, {number}: QueryPlan, params: JsonObject): string =>
  `${number}\n${view}\n${identity}\n${JSON.stringify(params)}`
