import {QueryError} from '../packages/groq/src/core/errors.ts'
import {type QueryReport, runQuery} from '../packages/groq/src/query/query.ts'
import type {Json, JsonObject} from '../packages/lake/src/core/document.ts'
import {createPlans} from '../packages/lake/src/query/plans.ts'
import type {DatasetStore} from '../packages/lake/src/store/datasetStore.ts'
import type {Newsroom} from './newsroom.ts'
import {LIBRARY, PLAIN} from './queries.ts'

/** Queries in this process, from text to value: plans and documents are kept, answers are not. */
export type Ask = (
  text: string,
  params: JsonObject,
  timeLimit?: number,
) => {value: Json; report: QueryReport}

export const createAsk = (store: DatasetStore): Ask => {
  const plans = createPlans()
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

/** Reads the documents that a query needs, which its indexes are there for already. */
export const warmUp = (ask: (turn: number) => unknown): void => {
  const end = performance.now() + 2000
  for (let turn = 0; turn < 1000 && performance.now() < end; turn += 1) ask(turn)
}

/** Misses after which the store builds an index are four; some count only with others there. */
const ASKED = 5
const ROUNDS = 4
/**
 * Milliseconds: a query that reads everything has missed its indexes long before it is done, but an
 * index is built only when many documents were read for want of it.
 */
const patience = ({articles}: Newsroom): number => Math.max(30, articles / 1000)

/**
 * Has the store build the indexes that the measured queries miss, as it would in the first minutes
 * of service. Queries that take long without are not awaited.
 */
export const buildIndexes = (store: DatasetStore, newsroom: Newsroom): void => {
  const ask = createAsk(store)
  // The index of words needs nobody to ask for it.
  while (store.maintain(Date.now()));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const {text, params} of [...PLAIN, ...LIBRARY]) {
      for (let turn = 0; turn < ASKED; turn += 1) {
        try {
          ask(text, params(newsroom, turn), patience(newsroom))
        } catch (error) {
          if (!(error instanceof QueryError)) throw error
        }
      }
    }
    if (!store.isMaintenanceDue()) return
    while (store.maintain(Date.now()));
  }
}
