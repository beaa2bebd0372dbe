/**
 * Parses and prepares queries, and caches the plans by query string: parsing costs more than running
 * many a query.
 */
import {
  nodesOf,
  type Dependencies,
  prepareDependencies,
  functionNamed,
  isQuicklyParsed,
  type PreparedQuery,
  prepareQuery,
  queryKey,
} from '@copydesk/groq/engine'

import {createCache} from '../core/cache/cache.ts'
import type {JsonObject} from '../core/document.ts'
import {type FastOption, isFast} from '../core/fast.ts'

/** A query that is ready to run, and what is known about it for any parameters. */
export interface QueryPlan {
  /** Unique in this process; used in cache keys instead of the query string. */
  readonly number: number
  readonly query: PreparedQuery
  /** What its results depend on, without the references that they follow. */
  dependencies(params: JsonObject): Dependencies
  /** Whether its results change with time. */
  readonly dependsOnTime: boolean
  /** Whether its results depend on the caller's identity. */
  readonly dependsOnIdentity: boolean
  /** Whether a single step may take seconds, so that it must run on another thread. */
  readonly mayStall: boolean
  /** Milliseconds of its last run on another thread; 0 if there was none. */
  scanTime: number
  /** Milliseconds it takes on the serving thread; Infinity if it never ran there. */
  timeHere: number
}

export interface PlanCache {
  /** @throws LakeError 400 queryParseError, or queryError for an unsupported feature. */
  get(text: string, params: JsonObject): QueryPlan
  /**
   * Like `get`, for callers that cannot wait long.
   * @returns Undefined for a query that would take long to parse.
   */
  getQuickly(text: string, params: JsonObject): QueryPlan | undefined
  /** @returns Undefined unless the plan is cached. */
  known(text: string, params: JsonObject): QueryPlan | undefined
}

/** Measured heap size of a plan: a base, and so much for each character of the query. */
const PLAN_BYTES = 5000
const BYTES_PER_CHARACTER = 75

/**
 * Front ends and the Studio send a few hundred different queries; every page (`[40...60]`) is a query
 * of its own.
 */
export const createPlanCache = (fast?: FastOption): PlanCache => {
  const cache = createCache<QueryPlan>('plans', {fast})

  const add = (text: string, params: JsonObject): QueryPlan => {
    const plan = createPlan(text, params, isFast(fast, 'engine'))
    cache.set(queryKey(text, params), plan, PLAN_BYTES + BYTES_PER_CHARACTER * text.length)
    return plan
  }

  const find = (text: string, params: JsonObject): QueryPlan | undefined =>
    cache.get(queryKey(text, params))

  return {
    get: (text, params) => find(text, params) ?? add(text, params),
    known: find,
    getQuickly: (text, params) =>
      find(text, params) ?? (isQuicklyParsed(text) ? add(text, params) : undefined),
  }
}

/** Number of plans made so far. */
let made = 0

const createPlan = (text: string, params: JsonObject, fast: boolean): QueryPlan => {
  const query = prepareQuery(text, params, {fast})
  const dependencies = prepareDependencies(query)
  const {time, identity} = dependencies()
  return {
    number: ++made,
    query,
    dependencies,
    dependsOnTime: time,
    dependsOnIdentity: identity,
    mayStall: nodesOf(query.tree).some(
      (node) => node.type === 'FuncCall' && functionNamed(node.namespace, node.name)?.mayStall,
    ),
    scanTime: 0,
    timeHere: Infinity,
  }
}
