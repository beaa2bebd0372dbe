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
  shapeParameters,
} from '@copydesk/groq/engine'

import type {JsonObject} from '../core/document.ts'

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

/**
 * Front ends and the Studio send a few hundred different queries, each of about 30 KB as a plan;
 * every page (`[40...60]`) is a query of its own. Two generations ensure that many new queries evict
 * only plans that were not used in the meantime.
 */
const MAX_PLANS = 300

interface Generation {
  readonly plans: Map<string, QueryPlan>
  /** Plans of queries that do not depend on parameters. */
  readonly plain: Map<string, QueryPlan>
}

const newGeneration = (): Generation => ({plans: new Map(), plain: new Map()})

export const createPlanCache = (): PlanCache => {
  let young = newGeneration()
  let old = newGeneration()

  const keep = (text: string, params: JsonObject, plan: QueryPlan): QueryPlan => {
    if (young.plans.size >= MAX_PLANS / 2) {
      old = young
      young = newGeneration()
    }
    young.plans.set(queryKey(text, params), plan)
    if (shapeParameters(text).length === 0) young.plain.set(text, plan)
    return plan
  }

  const add = (text: string, params: JsonObject): QueryPlan =>
    keep(text, params, createPlan(text, params))

  const find = (text: string, params: JsonObject): QueryPlan | undefined => {
    const plain = young.plain.get(text)
    if (plain) return plain
    const key = queryKey(text, params)
    const plan = young.plans.get(key)
    if (plan) return plan
    const kept = old.plans.get(key)
    return kept && keep(text, params, kept)
  }

  return {
    get: (text, params) => find(text, params) ?? add(text, params),
    known: find,
    getQuickly: (text, params) =>
      find(text, params) ?? (isQuicklyParsed(text) ? add(text, params) : undefined),
  }
}

/** Number of plans made so far. */
let made = 0

const createPlan = (text: string, params: JsonObject): QueryPlan => {
  const query = prepareQuery(text, params)
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
