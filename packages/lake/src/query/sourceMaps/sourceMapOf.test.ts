import {isDeepStrictEqual} from 'node:util'

import {prepareQuery, runQuery, type ContentSourceMap, sourceMapOf} from '@copydesk/groq/engine'
import {
  fuzzOptions,
  PLANTED_FAULT,
  SEARCHES,
  type SearchOptions,
  type Random,
  randomFrom,
  names,
  randomDocuments,
  params,
  randomQuery,
  traceQuery,
  writeSourceMap,
} from '@copydesk/groq/testing'
import {describe, expect, it} from 'vitest'

import {isJsonObject, type Json, type StoredDocument} from '../../core/document.ts'
import {DRAFTS, PUBLISHED} from '../../core/perspective.ts'
import {openDataset} from '../../store/openDataset.ts'
import {commit} from '../../store/testCommits.ts'

/** `$['a'][0]` as steps; the tests that need keys find them. */
const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\['(.*?)'\]|\[(\d+)\]/g)].map(([, name, index]) =>
    index === undefined ? (name ?? '') : Number(index),
  )

const at = (value: Json, path: string): Json | undefined =>
  stepsOf(path).reduce<Json | undefined>((inner, step) => {
    if (typeof step === 'number') return Array.isArray(inner) ? inner[step] : undefined
    return inner !== undefined && isJsonObject(inner) ? inner[step] : undefined
  }, value)

interface Untruth {
  readonly mapping: string
  readonly answered: unknown
  readonly stored: unknown
}

/** The first mapping that does not lead to the value in the result. */
const untruthIn = (
  {documents, paths, mappings}: ContentSourceMap,
  answer: Json,
  stored: ReadonlyMap<string, StoredDocument>,
  showsGroups: boolean,
): Untruth | undefined => {
  for (const [mapping, {source}] of Object.entries(mappings)) {
    if (source.type !== 'documentValue') continue
    const named = documents[source.document]
    const document = named && stored.get(named._id)
    const path = paths[source.path] ?? ''
    // A draft is shown under the id of its group.
    if (document && path === "$['_id']" && showsGroups) continue
    const answered = at(answer, mapping)
    const original = document && at(document, path)
    if (named?._type === document?._type && isDeepStrictEqual(answered, original)) continue
    return {mapping, answered, stored: original}
  }
  return undefined
}

/** Projections as front ends write them, in addition to random ones. */
const commonQuery = (random: Random): string => {
  const name = () => random.pick(names)
  const parts = random.list(1, 5, () =>
    random.pick([
      name(),
      '...',
      `"x": ${name()}`,
      `"by": author->${name()}`,
      `topics[]->{_id, ${name()}}`,
      'body[]{..., children[]{text}}',
      `"texts": body[].children[].text`,
      `"first": coalesce(${name()}, ${name()}, "none")`,
      `"s": select(${name()} == 1 => ${name()}, slug.current)`,
      `...author->{${name()}}`,
      `"up": topics[]{"t": ^.${name()}, "d": @->_id}`,
      `"some": tags[@ != "apple"][0...2]`,
      `"list": [${name()}, ...tags, 1]`,
      `"sorted": (topics[]->{_id, ${name()}}) | order(${name()} desc)`,
      `defined(${name()}) => {"c": ${name()}}`,
      `"again": *[_id == ^._id][0]{${name()}, "_id": _id}`,
    ]),
  )
  const tail = random.pick(['', '[0]', '[0...3]', `| order(${name()} desc)`, '| order(x)[0..2]'])
  return random.pick([
    `*[_type == "article"]{${parts.join(', ')}} ${tail}`,
    `*[_type == "article"] ${tail}{${parts.join(', ')}}`,
    `{"a": *[]${tail}, "b": count(*[]), "c": *[0..1]{${parts.join(', ')}}.${name()}}`,
    `*[defined(_id)] | score(s match "apple") | order(_score desc)[0...3]`,
  ])
}

/** Undefined for queries that fail, with or without a source map. */
const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

interface Difference {
  readonly seed: number
  readonly query: string
  readonly why: unknown
}

/** Traces random queries until the time is up, a value differs or a mapping is wrong. */
const search = (
  {seed, milliseconds, atLeast = 0}: SearchOptions,
  spoil: (map: ContentSourceMap) => ContentSourceMap = (map) => map,
): {readonly traced: number; readonly mapped: number; readonly difference?: Difference} => {
  const end = performance.now() + milliseconds
  let traced = 0
  let mapped = 0
  for (let dataset = seed; performance.now() < end || traced < atLeast; dataset++) {
    const random = randomFrom(dataset)
    const store = openDataset({name: 'fuzz', smallestIndexed: 0})
    const documents = randomDocuments(random, true)
    commit(store, 'first', {put: documents})
    const stored = new Map(documents.map((document) => [document._id, document]))
    const perspective = random.pick([PUBLISHED, DRAFTS, {layers: ['rA', 'drafts']}, 'raw'] as const)
    const source = store.source({perspective, includePrivate: true})
    for (let turn = 0; turn < 50; turn++) {
      const query = random.chance(0.5) ? commonQuery(random) : randomQuery(random)
      const options = {source, params, now: 0}
      const outcome = attempt(() => {
        const prepared = prepareQuery(query, params)
        return {prepared, ...runQuery(prepared, options)}
      })
      if (!outcome) continue
      const {prepared, value} = outcome
      const trace = traceQuery(prepared, options)
      traced++
      if (JSON.stringify(trace.value) !== JSON.stringify(value)) {
        return {traced, mapped, difference: {seed: dataset, query, why: [value, trace.value]}}
      }
      const map = spoil(writeSourceMap(trace.traced, 'paths'))
      mapped += Object.keys(map.mappings).length
      const why = untruthIn(map, value, stored, perspective !== 'raw')
      if (why) return {traced, mapped, difference: {seed: dataset, query, why}}
    }
    store.close()
  }
  return {traced, mapped}
}

describe('a source map', () => {
  for (const {seconds, tags} of SEARCHES) {
    it(
      `is of the answer itself, and leads to what was answered, for ${seconds} s`,
      {tags, timeout: 3_600_000},
      () => {
        const {traced, mapped, difference} = search(fuzzOptions(seconds, 300))
        expect(difference && JSON.stringify(difference)).toBeUndefined()
        expect(traced).toBeGreaterThan(200)
        expect(mapped).toBeGreaterThan(1000)
      },
    )
  }

  it.each([
    ['paths', (map: ContentSourceMap) => ({...map, paths: map.paths.toReversed()})],
    ['documents', (map: ContentSourceMap) => ({...map, documents: map.documents.toReversed()})],
  ])(
    'that mixes up its %s is noticed',
    (_, spoil) => {
      expect(search(PLANTED_FAULT, spoil).difference).toBeDefined()
    },
    300_000,
  )
})

describe('sourceMapOf', () => {
  it('maps nothing if its evaluation has another result', () => {
    const store = openDataset({name: 'other'})
    const options = {source: store.source({perspective: PUBLISHED, includePrivate: true})}
    const query = prepareQuery('{"a": 1}')
    expect(sourceMapOf(query, options, {a: 1}, 'paths').mappings).toEqual({
      "$['a']": {type: 'value', source: {type: 'literal'}},
    })
    expect(sourceMapOf(query, options, {a: 2}, 'paths').mappings).toEqual({
      $: {type: 'value', source: {type: 'unknown'}},
    })
  })
})
