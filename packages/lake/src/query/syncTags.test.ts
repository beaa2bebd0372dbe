import {bytesOf} from '@copydesk/groq/engine'
import {
  fuzzOptions,
  PLANTED_FAULT,
  SEARCHES,
  type SearchOptions,
  type Random,
  randomFrom,
  ids,
  randomDocuments,
  types,
  words,
  params,
  randomQuery,
} from '@copydesk/groq/testing'
import {describe, expect, it} from 'vitest'

import type {Commit} from '../core/commit.ts'
import type {JsonObject} from '../core/document.ts'
import {DRAFTS, type Perspective, PUBLISHED} from '../core/perspective.ts'
import {openDataset} from '../store/openDataset.ts'
import {commit, testDocument} from '../store/testCommits.ts'
import {commitTags, type LiveScope} from '../stream/commitTags.ts'
import {type QueryResponse, createQueryService} from './queryService.ts'
import {answerAtOnce} from './testAnswers.ts'

const perspectives = [
  PUBLISHED,
  PUBLISHED,
  DRAFTS,
  {layers: ['rA', 'drafts']},
  'raw',
] as const satisfies readonly Perspective[]

const intersect = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one))

interface Asked {
  readonly query: string
  readonly params: JsonObject
  readonly perspective: Perspective
}

const ask = (
  service: ReturnType<typeof createQueryService>,
  asked: Asked,
): QueryResponse | undefined => {
  try {
    return answerAtOnce(service, {...asked, includePrivate: true, explain: true})
  } catch {
    return undefined // A query that is refused has no answer to keep.
  }
}

/** By slug, by id, by reference and by type: the queries of front ends, on documents that collide. */
const commonQuery = (random: Random): string => {
  const type = `_type == "${random.pick(types)}"`
  const word = () => JSON.stringify(random.pick(words))
  const id = random.pick(ids)
  const filter = random.pick([
    `${type} && slug.current == ${word()}`,
    `${type} && slug.current == $word && defined(n)`,
    `${type} && slug.current in [${word()}, ${word()}]`,
    `${type} && (s == ${word()} || a == $number)`,
    `${type} && author._ref == "${id}"`,
    `${type} && references("${id}")`,
    `${type} && $id in topics[]._ref`,
    `_id == "${id}"`,
    type,
  ])
  return random.pick([
    `*[${filter}][0]{..., author->}`,
    `*[${filter}] | order(n desc) [0...2]{_id, "by": author->slug.current, topics[]->}`,
    `count(*[${filter}])`,
    `*[${filter}]{_id, "more": *[${type} && references(^._id)]._id}`,
  ])
}

const scopeOf = (perspective: Perspective): LiveScope =>
  perspective === PUBLISHED ? 'published' : 'everything'

interface Missed extends Asked {
  readonly seed: number
  readonly changes: unknown
}

/** Queries, commits, queries again, until the time is up or a commit changes a result without naming its tags. */
const search = (
  {seed, milliseconds, atLeast = 0}: SearchOptions,
  tagsOf: (...args: Parameters<typeof commitTags>) => readonly string[],
): {readonly changed: number; readonly missed: Missed | undefined} => {
  const end = performance.now() + milliseconds
  let changed = 0
  for (let dataset = seed; performance.now() < end || changed < atLeast; dataset++) {
    const random = randomFrom(dataset)
    const store = openDataset({name: 'fuzz', smallestIndexed: 0})
    const service = createQueryService(store, {projectId: 'fuzz', now: () => 0})
    commit(store, 'first', {put: randomDocuments(random, true)})
    const asked = random.list(30, 30, () => ({
      query: random.chance(0.5) ? commonQuery(random) : randomQuery(random),
      params,
      perspective: random.pick(perspectives),
    }))
    for (let turn = 0; turn < 6; turn++) {
      const before = asked.map((one) => ask(service, one))
      const put = randomDocuments(random, true).filter(() => random.chance(0.08))
      const known = [...store.source({perspective: 'raw', includePrivate: true}).scan()]
      const gone = known.filter(
        ({_id}) => random.chance(0.05) && !put.some((one) => one._id === _id),
      )
      const made = commit(store, `t${turn}`, {put, delete: gone.map(({_id}) => _id)})
      for (const [index, one] of asked.entries()) {
        const [was, is] = [before[index], ask(service, one)]
        if (!was || !is || Buffer.compare(bytesOf(was.result), bytesOf(is.result)) === 0) continue
        changed++
        if (intersect(was.syncTags, tagsOf(store, made, scopeOf(one.perspective)))) continue
        const changes = made.changes.map(({id, before: old, after}) => ({id, old, after}))
        return {changed, missed: {seed: dataset, ...one, changes}}
      }
    }
    service.close()
    store.close()
  }
  return {changed, missed: undefined}
}

const without =
  (what: 'before' | 'after') =>
  (...[store, made, scope]: Parameters<typeof commitTags>) =>
    commitTags(
      store,
      {...made, changes: made.changes.map((change) => ({...change, [what]: null}))},
      scope,
    )
const alone: typeof commitTags = (_, made, scope) =>
  commitTags({get: () => undefined, idsOfGroup: () => []}, {...made}, scope)

describe('sync tags', () => {
  for (const {seconds, tags} of SEARCHES) {
    it(
      `of a commit name every answer that it changes, for ${seconds} s`,
      {tags, timeout: 3_600_000},
      () => {
        const {changed, missed} = search(fuzzOptions(seconds, 300), commitTags)
        expect(missed && JSON.stringify(missed)).toBeUndefined()
        expect(changed).toBeGreaterThan(200)
      },
    )
  }

  it.each([
    ['forgets what documents were before', without('before')],
    ['forgets what they have become', without('after')],
    ['ignores the document that a draft covers', alone],
  ])(
    'are missed when a commit %s',
    (_, faulty) => {
      expect(search(PLANTED_FAULT, faulty).missed).toBeDefined()
    },
    300_000,
  )
})

const article = (id: string, slug: string, more: JsonObject = {}) =>
  testDocument(id, {slug: {current: slug}, ...more})
const author = (id: string, name: string) => testDocument(id, {_type: 'author', name})
const ref = (id: string) => ({_type: 'reference', _ref: id})

describe('of the common shapes', () => {
  const store = openDataset({name: 'tags'})
  const service = createQueryService(store, {projectId: 'tags', now: () => 0})
  commit(store, 'start', {
    put: [
      article('a', 'one', {author: ref('x'), topics: [ref('t')]}),
      article('b', 'two', {author: ref('y')}),
      author('x', 'X'),
      author('y', 'Y'),
    ],
  })

  const tell = (query: string, made: Commit): boolean => {
    const answer = ask(service, {query, params: {slug: 'one'}, perspective: PUBLISHED})
    return intersect(answer?.syncTags ?? [], commitTags(store, made, 'public'))
  }
  const bySlug = '*[_type == "article" && slug.current == $slug][0]{..., author->}'
  const byId = '*[_id == "a"][0]'
  const byType = '*[_type == "article"] | order(_createdAt desc) [0...10]{_id}'
  const byAuthor = '*[_type == "article" && author._ref == "x"]{_id}'
  const byTopic = '*[_type == "article" && references("t")]{_id}'

  let turn = 0
  it.each([
    [
      'the document itself',
      [article('a', 'one', {author: ref('x'), n: 1})],
      [true, true, true, true, true],
    ],
    ['another of its type', [article('b', 'two', {n: 1})], [false, false, true, false, false]],
    ['its author', [author('x', 'X2')], [true, false, false, false, false]],
    ['another author', [author('y', 'Y2')], [false, false, false, false, false]],
    ['one that takes its slug', [article('c', 'one')], [true, false, true, false, false]],
    ['one that gives the slug up', [article('c', 'three')], [true, false, true, false, false]],
    [
      'one that comes to the author',
      [article('b', 'two', {author: ref('x')})],
      [false, false, true, true, false],
    ],
    ['a draft, unheard', [article('drafts.a', 'one')], [false, false, false, false, false]],
  ])('a change of %s tells those that it concerns', (_, put, told) => {
    const made = commit(store, `t${turn++}`, {put})
    expect([bySlug, byId, byType, byAuthor, byTopic].map((query) => tell(query, made))).toEqual(
      told,
    )
  })

  it('a result without a document is invalidated when the document appears', () => {
    const query = '*[_type == "article" && slug.current == "nowhere yet"][0]'
    const other = commit(store, 'elsewhere', {put: [article('d', 'elsewhere')]})
    expect(tell(query, other)).toBe(false)
    const made = commit(store, 'appears', {put: [article('d', 'nowhere yet')]})
    expect(tell(query, made)).toBe(true)
  })

  it('a document with very many values invalidates all results by value of its type', () => {
    const many = Object.fromEntries(Array.from({length: 300}, (_, n) => [`v${n}`, n]))
    const made = commit(store, 'large', {put: [article('e', 'five', many)]})
    expect([bySlug, byAuthor, byId].map((query) => tell(query, made))).toEqual([true, true, false])
    expect(commitTags(store, made, 'public').length).toBeLessThan(10)
  })

  it('a commit of very many documents invalidates all results with few tags', () => {
    const put = Array.from({length: 1500}, (_, n) => author(`m${n}`, `Name ${n}`))
    const made = commit(store, 'many', {put})
    expect([bySlug, byId, byType, byAuthor].map((query) => tell(query, made))).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(tell('1 + 1', made)).toBe(false)
    expect(commitTags(store, made, 'public')).toHaveLength(1)
  })
})
