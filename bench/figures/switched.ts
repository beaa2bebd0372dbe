/** The figures in which an optimisation can show: queries that can be prepared with and without it. */
import {asJsonText} from '../../packages/groq/src/core/jsonText.ts'
import type {FastOption} from '../../packages/groq/src/execution/optimisations.ts'
import {
  type PreparedQuery,
  prepareQuery,
  runQuery,
  runQueryOnJson,
} from '../../packages/groq/src/query/query.ts'
import type {DocumentSource} from '../../packages/groq/src/source/source.ts'
import type {JsonObject, StoredDocument} from '../../packages/lake/src/core/document.ts'
import type {DatasetStore} from '../../packages/lake/src/store/datasetStore.ts'
import {openDataset} from '../../packages/lake/src/store/openDataset.ts'
import {commit} from '../../packages/lake/src/store/testCommits.ts'
import {buildIndexes} from '../asker.ts'
import {EVALUATED, SWITCHED} from '../engineQueries.ts'
import type {Newsroom} from '../newsroom.ts'
import {LIBRARY, type MeasuredQuery, PLAIN} from '../queries.ts'
import type {BuiltLake} from '../workspace.ts'

/** A figure with a switch. */
export interface Switched {
  readonly name: string
  /** The measured call, with the optimisations that the option names. */
  prepare(fast: FastOption): (turn: number) => unknown
  /** Called before each call, and not measured. */
  readonly before?: () => void
}

/** The figures of one newsroom; `close` ends its use. */
export interface SwitchedFigures {
  readonly figures: readonly Switched[]
  close(): void
}

/** A query whose documents and index rows are in memory: the result is a JavaScript value, as in groq-js. */
const inMemory = (
  store: DatasetStore,
  source: DocumentSource,
  newsroom: Newsroom,
  {name, text, params}: MeasuredQuery,
): Switched => ({
  name,
  prepare: (fast) => {
    const queries = preparedOnce(text, fast)
    return (turn) => {
      const given = params(newsroom, turn)
      return store.read(() => runQuery(queries(given), {source, params: given, now: 0}))
    }
  },
})

/** The same, with the result as JSON, as a server sends it. */
const asJson = (
  store: DatasetStore,
  source: DocumentSource,
  newsroom: Newsroom,
  {name, text, params}: MeasuredQuery,
): Switched => ({
  name: `${name}, as JSON`,
  prepare: (fast) => {
    const queries = preparedOnce(text, fast)
    return (turn) => {
      const given = params(newsroom, turn)
      const options = {source, params: given, now: 0}
      return store.read(() => {
        const query = queries(given)
        const json = runQueryOnJson(query, options)?.json
        return json ?? asJsonText(JSON.stringify(runQuery(query, options).value))
      })
    }
  },
})

/** The same, with nothing in memory: as after a start, or after another process has written. */
const cold = (store: DatasetStore, other: DatasetStore, figure: Switched): Switched => ({
  ...figure,
  name: `${figure.name}, nothing in memory`,
  before: () => {
    commit(other, `tx-${performance.now()}`, {put: [note]})
    store.catchUp()
  },
})

const note: StoredDocument = {
  _id: 'bench-note',
  _type: 'note',
  _rev: 'bench',
  _createdAt: '2020-01-01T00:00:00Z',
  _updatedAt: '2020-01-01T00:00:00Z',
}

/** Prepared with the first parameters: no measured query is read differently with others. */
const preparedOnce = (text: string, fast: FastOption): ((params: JsonObject) => PreparedQuery) => {
  let query: PreparedQuery | undefined
  return (params) => (query ??= prepareQuery(text, params, {fast}))
}

/** Reading a query: what is sent for the first time must be prepared. */
const preparing = ({name, text, params}: MeasuredQuery, newsroom: Newsroom): Switched => ({
  name: `preparing ${name}`,
  prepare: (fast) => {
    const given = params(newsroom, 0)
    return () => prepareQuery(text, given, {fast})
  },
})

const named = (name: string): readonly MeasuredQuery[] =>
  [...PLAIN, ...LIBRARY].filter((query) => query.name === name)

export const switchedFigures = ({newsroom, file}: BuiltLake): SwitchedFigures => {
  const store = openDataset({name: 'production', file, flushesCommits: false})
  const other = openDataset({name: 'production', file, flushesCommits: false})
  const source = store.source({perspective: {layers: []}, includePrivate: true})
  const measured = (query: MeasuredQuery) => inMemory(store, source, newsroom, query)
  buildIndexes(store, newsroom, SWITCHED)
  const figures = [
    ...[...PLAIN, ...LIBRARY, ...SWITCHED].map(measured),
    ...[...named('by slug'), ...SWITCHED.filter(({isWhole}) => isWhole)].map((query) =>
      asJson(store, source, newsroom, query),
    ),
    ...[...named('by slug'), ...named('frontPage')].map((query) =>
      cold(store, other, asJson(store, source, newsroom, query)),
    ),
    ...EVALUATED.map(({name, text, documents}): Switched => {
      const memory = documents(newsroom)
      return {
        name,
        prepare: (fast) => {
          const query = prepareQuery(text, {}, {fast})
          return () => runQuery(query, {source: memory, now: 0})
        },
      }
    }),
    ...[...named('by slug'), ...named('frontPage')].map((query) => preparing(query, newsroom)),
  ]
  return {
    figures,
    close: () => {
      store.close()
      other.close()
    },
  }
}
