import type {Json, JsonObject} from '../lake/src/document.ts'
import {type QueryReport, runQuery} from '../lake/src/groq/query.ts'
import {createPlans} from '../lake/src/query/plans.ts'
import type {DatasetStore} from '../lake/src/store/datasetStore.ts'

/** Queries in this process, from text to value: plans and documents are kept, answers are not. */
export type Ask = (text: string, params: JsonObject) => {value: Json; report: QueryReport}

export const createAsk = (store: DatasetStore): Ask => {
  const plans = createPlans()
  const source = store.source({perspective: {layers: []}, includePrivate: true})
  return (text, params) =>
    store.read(() => runQuery(plans.get(text, params).query, {source, params, now: 0}))
}

/** Asks until the indexes that the query misses are there, and the documents that it reads known. */
export const warmUp = (store: DatasetStore, ask: (turn: number) => unknown): void => {
  for (let turn = 0; turn < 5; turn += 1) ask(turn)
  // A walk by reference is missed for longer until an index is worth it.
  const end = performance.now() + 2000
  for (let turn = 0; turn < 2000 && performance.now() < end; turn += 1) ask(turn % 100)
  while (store.maintain(Date.now()));
  for (let turn = 0; turn < 100 && performance.now() < end + 2000; turn += 1) ask(turn)
}
