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

/** A query ready to run, and what is known about it whatever its parameters. */
export interface Plan {
  /** No other plan of this process has it: stands for the text in keys. */
  readonly number: number
  readonly query: PreparedQuery
  /** What its answers depend on, beside the references that they follow. */
  dependencies(params: JsonObject): Dependencies
  /** Whether its answers change by themselves. */
  readonly dependsOnTime: boolean
  /** Whether they differ by who asks. */
  readonly dependsOnIdentity: boolean
  /** Whether one step of it may take seconds, so that it can only run on another thread. */
  readonly mayStall: boolean
  /** Milliseconds that it took when it last ran on another thread; 0 if it never did. */
  scanTime: number
  /** Milliseconds that it takes on the serving thread; infinite if it never ran there. */
  timeHere: number
}

/** Plans by the text of the query: parsing costs more than many an answer. */
export interface Plans {
  /** @throws 400 queryParseError, or queryError for what is not supported. */
  get(text: string, params: JsonObject): Plan
  /**
   * The same where nobody may wait for long.
   * @returns Undefined for a text that would take long to parse.
   */
  getQuickly(text: string, params: JsonObject): Plan | undefined
  /** @returns Undefined for a text that has not been parsed yet, or not for long. */
  known(text: string, params: JsonObject): Plan | undefined
}

/**
 * Texts remembered. Front ends and the Studio send a few hundred different ones, and each takes some
 * 30 KB; pages that count up (`[40...60]`) are a text each. They are kept in two generations, so that
 * new ones by the hundred push out what has not been asked for meanwhile, and nothing else.
 */
const MAX_PLANS = 300

interface Generation {
  readonly plans: Map<string, Plan>
  /** Texts that need no look at the parameters before their plan can be found. */
  readonly plain: Map<string, Plan>
}

const newGeneration = (): Generation => ({plans: new Map(), plain: new Map()})

export const createPlans = (): Plans => {
  let young = newGeneration()
  let old = newGeneration()

  const keep = (text: string, params: JsonObject, plan: Plan): Plan => {
    if (young.plans.size >= MAX_PLANS / 2) {
      old = young
      young = newGeneration()
    }
    young.plans.set(queryKey(text, params), plan)
    if (shapeParameters(text).length === 0) young.plain.set(text, plan)
    return plan
  }

  const add = (text: string, params: JsonObject): Plan =>
    keep(text, params, createPlan(text, params))

  const find = (text: string, params: JsonObject): Plan | undefined => {
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

/** Plans so far. */
let made = 0

const createPlan = (text: string, params: JsonObject): Plan => {
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
