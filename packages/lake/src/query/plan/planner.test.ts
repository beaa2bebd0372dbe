import {
  bytesOf,
  memorySource,
  prepareQuery,
  runQuery,
  runQueryOnJson,
  type AccessPaths,
  type DocumentSource,
  type FastOption,
  optimisationNames,
} from '@copydesk/groq/engine'
import {
  compareEngines,
  explain,
  fuzzOptions,
  PLANTED_FAULT,
  SEARCHES,
  outcomeOf,
  type Case,
  type Random,
  names,
  randomDocuments,
  types,
  params,
  randomQuery,
  randomQueryForDocuments,
} from '@copydesk/groq/testing'
import {expect, it} from 'vitest'

import type {StoredDocument} from '../../core/document.ts'
import {isPrivateId} from '../../core/ids.ts'
import {DRAFTS, PUBLISHED} from '../../core/perspective.ts'
import type {Perspective} from '../../core/perspective.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import {openDataset} from '../../store/openDataset.ts'
import {commit, settle} from '../../store/testCommits.ts'

/**
 * The planner over the store's indexes gives what a scan of the same documents gives: filters,
 * order push-down, counts, subqueries, through every perspective, and for readers without a token.
 */

const perspectives: readonly [Perspective, ...Perspective[]] = [
  'raw',
  PUBLISHED,
  DRAFTS,
  {layers: ['rA', 'drafts']},
  {layers: ['rB', 'rA']},
]

const answerWith = (source: DocumentSource, query: string, fast: FastOption) =>
  outcomeOf(() => runQuery(prepareQuery(query, params, {fast}), {source, params, now: 0}).value)

const answer = (source: DocumentSource, query: string) => answerWith(source, query, true)

/** No optimisations, then all but one, each in turn. */
const reducedModes: readonly FastOption[] = [
  false,
  ...optimisationNames.map((name) => ({without: [name]})),
]
let asked = 0
const reducedAnswer = (source: DocumentSource, query: string) =>
  answerWith(source, query, reducedModes[asked++ % reducedModes.length] ?? false)

/** The result computed without parsing documents; undefined if that is not possible. */
const unreadAnswer = (source: DocumentSource, query: string) => {
  let isKnown = true
  const outcome = outcomeOf(() => {
    const found = runQueryOnJson(prepareQuery(query, params), {source, params, now: 0})
    isKnown = found !== undefined
    return found && JSON.parse(new TextDecoder().decode(bytesOf(found.json)))
  })
  return isKnown ? outcome : undefined
}

/** Run often enough, these make the store index the paths that random queries use. */
const frequentQueries = [...names, 'date', 'slug.current', '_updatedAt', 'a.b'].flatMap((path) => [
  ...types.map((type) => `*[_type == "${type}"] | order(${path})[0]`),
  `*[_type == "article" && references("p1")] | order(${path})[0]`,
  `*[${path} == "apple"]`,
  '*[_type == "article" && "apple" in tags]',
])

const askOften = (store: DatasetStore): void => {
  const source = store.source({perspective: 'raw', includePrivate: true})
  for (const query of frequentQueries) {
    for (let times = 0; times < 10; times++) answer(source, query)
  }
  settle(store)
}

/** Wrong estimates must not change results: these make the planner take every choice. */
const withWildEstimates = (source: DocumentSource, random: Random): DocumentSource => {
  const {access} = source
  if (!access) return source
  return {
    ...source,
    access: {
      ...access,
      storesScores: false,
      estimate: (wanted, atMost) =>
        access.estimate(wanted, atMost) === undefined
          ? undefined
          : random.pick([0, 1, 20, 500, 100_000]),
    },
  }
}

/** What anonymous callers see, by the rule for ids only. */
const publicDocuments = (store: DatasetStore): readonly StoredDocument[] =>
  [...store.source({perspective: 'raw', includePrivate: true}).scan()].filter(
    ({_id}) => !isPrivateId(_id),
  )

const plannedAgainstScan =
  (spoil: (source: DocumentSource) => DocumentSource, ask: typeof unreadAnswer = answer) =>
  (random: Random): Case => {
    // Once in five without the store's optimisations.
    const smallestIndexed = random.pick([0, 0, 8])
    const store = openDataset({name: 'fuzz', smallestIndexed, fast: random.chance(0.8)})
    const documents = randomDocuments(random, true)
    commit(store, 'tx', {put: documents})
    if (random.chance(0.8)) askOften(store)
    const perspective = random.pick(perspectives)
    const includePrivate = random.chance(0.75)
    const indexed = store.source({perspective, includePrivate})
    const planned = spoil(random.chance(0.7) ? withWildEstimates(indexed, random) : indexed)
    const scanned = memorySource(includePrivate ? indexed.scan() : publicDocuments(store))
    return {
      documents: {perspective, includePrivate, documents},
      answer: (query) => {
        const outcome = ask(planned, query)
        return outcome && [outcome, answer(scanned, query)]
      },
    }
  }

for (const {seconds, tags} of SEARCHES) {
  it(`finds what a scan finds, for ${seconds} s`, {tags, timeout: 3_600_000}, () => {
    const options = fuzzOptions(seconds, 200)
    const {compared, difference} = compareEngines(
      options,
      plannedAgainstScan((source) => source),
      randomQuery,
    )
    expect(difference && explain(difference)).toBeUndefined()
    expect(compared).toBeGreaterThan(100)
  })
}

for (const {seconds, tags} of SEARCHES) {
  it(
    `hands on what a scan gives without a look into it, for ${seconds} s`,
    {tags, timeout: 3_600_000},
    () => {
      const {compared, difference} = compareEngines(
        fuzzOptions(seconds, 200),
        plannedAgainstScan((source) => source, unreadAnswer),
        randomQueryForDocuments,
      )
      expect(difference && explain(difference)).toBeUndefined()
      expect(compared).toBeGreaterThan(100)
    },
  )
}

it(
  'finds without optimisations what it finds with them',
  {tags: ['long'], timeout: 3_600_000},
  () => {
    const {compared, difference} = compareEngines(
      fuzzOptions(20, 200),
      plannedAgainstScan((source) => source, reducedAnswer),
      randomQuery,
    )
    expect(difference && explain(difference)).toBeUndefined()
    expect(compared).toBeGreaterThan(100)
  },
)

const moreThanAsked = (source: DocumentSource): DocumentSource => {
  const {json} = source
  if (!json) return source
  const read: typeof json.read = (access) =>
    json.read(access.by === 'value' ? {by: 'type', types: ['article']} : access)
  return {...source, json: {...json, read}}
}

it('detects documents that were passed on wrongly', {timeout: 300_000}, () => {
  const {difference} = compareEngines(
    PLANTED_FAULT,
    plannedAgainstScan(moreThanAsked, unreadAnswer),
    randomQueryForDocuments,
  )
  expect(difference).toBeDefined()
})

/** The source with every list of documents from an index changed. */
const spoilt = (
  method: 'read' | 'ordered',
  spoil: (documents: StoredDocument[]) => StoredDocument[],
) => {
  const spoilRun = (documents: Iterable<StoredDocument> | undefined) =>
    documents && spoil([...documents])
  return (source: DocumentSource): DocumentSource => {
    const {access} = source
    if (!access) return source
    const faulty: Partial<AccessPaths> =
      method === 'read'
        ? {read: (wanted) => spoilRun(access.read(wanted))}
        : {ordered: (walk) => spoilRun(access.ordered(walk))}
    return {...source, access: {...access, ...faulty}}
  }
}

const plantedFaults = [
  ['an index that leaves out a document', spoilt('read', (run) => run.slice(0, 3))],
  ['a walk that ends in the wrong order', spoilt('ordered', (run) => run.toReversed())],
] as const

it.each(plantedFaults)('detects %s', {timeout: 300_000}, (_, spoil) => {
  const {difference} = compareEngines(PLANTED_FAULT, plannedAgainstScan(spoil), randomQuery)
  expect(difference).toBeDefined()
})
