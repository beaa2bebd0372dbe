import {QueryError} from '../packages/groq/src/core/errors.ts'
import {type QueryReport, runQuery} from '../packages/groq/src/query/query.ts'
import type {Json, JsonObject} from '../packages/lake/src/core/document.ts'
import {createPlanCache} from '../packages/lake/src/query/planCache.ts'
import type {DatasetStore} from '../packages/lake/src/store/datasetStore.ts'
import type {Newsroom} from './newsroom.ts'
import {LIBRARY, type MeasuredQuery, PLAIN} from './queries.ts'

/** Runs queries in this process: plans and documents are cached, results are not. */
export type Ask = (
  text: string,
  params: JsonObject,
  timeLimit?: number,
) => {value: Json; report: QueryReport}

export const createAsk = (store: DatasetStore): Ask => {
  const plans = createPlanCache()
  const source = store.source({perspective: {layers: []}, includePrivate: true})
  return (text, params, timeLimit) =>
    store.read(() =>
      runQuery(plans.get(text, params).query, {
        source,
        params,
        now: 0,
        ...(timeLimit !== undefined && {timeLimit}),
      }),
    )
}

/** Loads the documents that a query needs; its indexes already exist. */
export const warmUp = (ask: (turn: number) => unknown): void => {
  const end = performance.now() + 2000
  for (let turn = 0; turn < 1000 && performance.now() < end; turn += 1) ask(turn)
}

/** The store builds an index after four misses; some count only together with others. */
const ASKED = 5
const ROUNDS = 4
/**
 * In milliseconds. A query that reads everything has missed its indexes long before it ends, but an
 * index is built only after many documents were read without it.
 */
const patience = ({articles}: Newsroom): number => Math.max(30, articles / 1000)

/**
 * Makes the store build the indexes that the measured queries need, as it would in its first
 * minutes. Does not wait for queries that are slow without their index.
 */
export const buildIndexes = (
  store: DatasetStore,
  newsroom: Newsroom,
  queries: readonly MeasuredQuery[] = [...PLAIN, ...LIBRARY],
): void => {
  const ask = createAsk(store)
  // The index of words is built without a miss.
  while (store.maintain(Date.now()));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const {text, params} of queries) {
      for (let turn = 0; turn < ASKED; turn += 1) {
        try {
          ask(text, params(newsroom, turn), patience(newsroom))
        } catch (error) {
          if (!(error instanceof QueryError)) throw error
        }
      }
    }
    if (!store.nextMaintenance()) return
    while (store.maintain(Date.now()));
  }
}
