import {expect, it} from 'vitest'

import type {StoredDocument} from '../../document.ts'
import {DRAFTS, PUBLISHED} from '../../perspective.ts'
import type {Perspective} from '../../perspective.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import {openDataset} from '../../store/openDataset.ts'
import {commit, settle} from '../../store/testing.ts'
import {memorySource} from '../memorySource.ts'
import {prepareQuery, runQuery} from '../query.ts'
import type {DocumentSource} from '../source.ts'
import {compareEngines, explain, fuzzOptions, outcomeOf} from './compareEngines.ts'
import type {Case} from './compareEngines.ts'
import type {Random} from './random.ts'
import {names, randomDocuments, types} from './randomDocuments.ts'
import {params, randomQuery} from './randomQueries.ts'

/**
 * The planner over the store's indexes gives what a scan of the same documents gives: filters,
 * order push-down, counts, subqueries, through every perspective.
 */

const perspectives: readonly [Perspective, ...Perspective[]] = [
  'raw',
  PUBLISHED,
  DRAFTS,
  {layers: ['rA', 'drafts']},
  {layers: ['rB', 'rA']},
]

const answer = (source: DocumentSource, query: string) =>
  outcomeOf(() => runQuery(prepareQuery(query, params), {source, params, now: 0}).value)

/** Paths that random queries compare and order by. */
const paths = [...names, 'date', 'slug.current', '_updatedAt', 'tags[]', 'a.b'] as const

/** Has the store index most paths, as it does for queries that come often. */
const indexPaths = (store: DatasetStore, random: Random): void => {
  for (const type of [...types, '']) {
    for (const path of paths) {
      if (random.chance(0.8)) store.demand.miss({type, path, byReference: false}, 1_000_000)
    }
    store.demand.miss({type, path: random.pick(paths), byReference: type !== ''}, 1_000_000)
  }
  settle(store)
}

/** Estimates may be wrong without harm: these make the planner choose in every way it can. */
const withWildEstimates = (source: DocumentSource, random: Random): DocumentSource => {
  const {access} = source
  if (!access) return source
  return {
    ...source,
    access: {
      ...access,
      estimate: (wanted, atMost) =>
        access.estimate(wanted, atMost) === undefined
          ? undefined
          : random.pick([0, 1, 20, 500, 100_000]),
    },
  }
}

const plannedAgainstScan =
  (spoil: (source: DocumentSource) => DocumentSource) =>
  (random: Random): Case => {
    const store = openDataset({name: 'fuzz', smallestIndexed: 0})
    const documents = randomDocuments(random, true)
    commit(store, 'tx', {put: documents})
    if (random.chance(0.8)) indexPaths(store, random)
    const perspective = random.pick(perspectives)
    const indexed = store.source({perspective, includePrivate: true})
    const planned = spoil(random.chance(0.7) ? withWildEstimates(indexed, random) : indexed)
    const scanned = memorySource(indexed.scan())
    return {
      documents: {perspective, documents},
      answer: (query) => [answer(planned, query), answer(scanned, query)],
    }
  }

it('gives what a scan gives', () => {
  const options = fuzzOptions(8)
  const {compared, difference} = compareEngines(
    options,
    plannedAgainstScan((source) => source),
    randomQuery,
  )
  expect(difference && explain(difference)).toBeUndefined()
  expect(compared).toBeGreaterThan(100)
}, 3_600_000)

it('notices an index that leaves out a document', () => {
  const forgetful = (source: DocumentSource): DocumentSource => {
    const {access} = source
    if (!access) return source
    const leaveOut = (documents: Iterable<StoredDocument> | undefined) =>
      documents && [...documents].filter(({_id}) => _id !== 'p5')
    return {...source, access: {...access, read: (wanted) => leaveOut(access.read(wanted))}}
  }
  const {difference} = compareEngines(
    {seed: 1, milliseconds: 20_000},
    plannedAgainstScan(forgetful),
    randomQuery,
  )
  expect(difference).toBeDefined()
})

it('notices a walk that ends in the wrong order', () => {
  const confused = (source: DocumentSource): DocumentSource => {
    const {access} = source
    if (!access) return source
    const shuffle = (documents: Iterable<StoredDocument> | undefined) =>
      documents && [...documents].toReversed()
    return {...source, access: {...access, ordered: (walk) => shuffle(access.ordered(walk))}}
  }
  const {difference} = compareEngines(
    {seed: 1, milliseconds: 20_000},
    plannedAgainstScan(confused),
    randomQuery,
  )
  expect(difference).toBeDefined()
})
