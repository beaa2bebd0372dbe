import {
  type FastOption,
  type Optimisation,
  prepareQuery,
  type QueryReport,
  runQuery,
  runQueryOnJson,
} from '@copydesk/groq/engine'
import {documentsFrom} from '@copydesk/groq/testing'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {openDataset} from '../../store/openDataset.ts'
import {commit, settle} from '../../store/testCommits.ts'

/** Which index serves which kind of query, over the store's real indexes. */

const minute = (n: number) => new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString()

const articles = Array.from({length: 400}, (_, n) => ({
  _id: `article-${String(n).padStart(3, '0')}`,
  _type: 'article',
  title: n % 50 === 0 ? `Musk ${n}` : `Story ${n}`,
  slug: {current: `story-${n}`},
  publishedAt: minute((n * 37) % 400),
  score: n % 20,
  tags: [`tag-${n % 100}`],
  author: {_ref: `author-${n % 40}`},
  topics: [{_ref: `topic-${n % 10}`}, {_ref: 'topic-all'}],
}))
const authors = Array.from({length: 40}, (_, n) => ({
  _id: `author-${n}`,
  _type: 'author',
  slug: {current: `author-${n}`},
  _updatedAt: minute(n * 3),
}))
const topics = [...Array.from({length: 10}, (_, n) => `topic-${n}`), 'topic-all'].map((_id, n) => ({
  _id,
  _type: 'topic',
  _updatedAt: minute(n * 7),
}))
const versions = [
  {_id: 'drafts.article-007', _type: 'article'},
  {_id: 'versions.rA.article-007', _type: 'article'},
]

const store = openDataset({name: 'plan', smallestIndexed: 0})
const source = store.source({perspective: 'raw', includePrivate: true})
const params = {id: 'topic-3', slug: 'story-7', author: 'author-9', limit: 5}

const options = {source, params, now: Date.UTC(2026, 0, 1)}

const explain = (query: string, fast: FastOption = true): QueryReport =>
  runQuery(prepareQuery(query, params, {fast}), options).report

/** The report after the store has built the indexes for the query. */
const settledReport = (query: string): QueryReport => {
  for (let times = 0; times < 10; times++) explain(query)
  settle(store)
  return explain(query)
}

beforeAll(() => {
  commit(store, 'tx', {put: documentsFrom([...articles, ...authors, ...topics, ...versions])})
  settle(store)
})
afterAll(() => store.close())

describe('one index serves', () => {
  it.each([
    ['*[_type == "topic"]', 'type topic', 11],
    ['*[_type in ["topic", "author"]]', 'type topic, author', 51],
    ['*[_id == "topic-3"]', 'id', 1],
    ['*[_id in ["topic-3", "topic-4", 5, null]]', 'id', 2],
    ['*[_type == "article" && _id == $id]', 'id', 1],
    ['*[_type == "article" && slug.current == $slug]', 'value of slug.current in article', 1],
    ['*[_type == "article" && $slug == slug.current][0]', 'value of slug.current in article', 1],
    ['*[_type == "article"][slug.current == $slug]', 'value of slug.current in article', 1],
    [
      '*[_type == "article" && slug.current in ["story-1", "story-2"]]',
      'value of slug.current in article',
      2,
    ],
    [
      '*[_type == "article" && publishedAt < "2025-01-01T00:10"]',
      'range of publishedAt in article',
      10,
    ],
    [
      '*[_type == "article" && dateTime(publishedAt) > dateTime("2025-01-02T06:30:00Z")]',
      'range of publishedAt in article',
      10,
    ],
    ['*[_type == "article" && references($id)]', 'references in article', 40],
    ['*[_type == "article" && author._ref == $author]', 'references in article', 10],
    ['*[_type == "article" && $id in topics[]._ref]', 'references in article', 40],
    ['*[_type == "article" && author->slug.current == $author]', 'references in article', 10],
    ['*[_type == "article" && author->_id == $author]', 'references in article', 10],
    ['*["tag-7" in tags]', 'value of tags[]', 4],
    ['*[_type == "article" && title match "mus*"]', 'words in article', 8],
    ['*[_type == "article" && [title, _id] match text::query("musk")]', 'words in article', 8],
    ['*[_id in path("drafts.**")]', 'ids in a range', 1],
    ['*[string::startsWith(_id, "versions.")]', 'ids in a range', 1],
    ['*[sanity::versionOf("article-007")]', 'versions of a document', 3],
    ['*[sanity::partOfRelease("rA")]', 'versions in a release or references', 1],
    ['*[_id == "topic-3" || _id == "topic-4" && true]', 'id', 2],
    ['*[references($id) || _id == "topic-4"]', 'references or id', 41],
    [
      '*[_type == "article" && references("topic-all") && references("author-9")]',
      'references in article',
      10,
    ],
    ['*[_type == "article" && 1 == 2 + 3]', 'type article', 402],
    ['*[title == "x" || score > 100 || tags == 1]', 'everything', 453],
  ])('%s', (query, access, candidates) => {
    const reads = settledReport(query).reads()
    expect(reads).toContainEqual({access, times: 1, candidates})
  })
})

describe('an order is walked', () => {
  it.each([
    ['*[_type == "article"] | order(publishedAt desc)[0...5]', 'article by publishedAt desc', 5],
    [
      '*[_type == "article"] | order(publishedAt)[0...$limit]{title}',
      'article by publishedAt asc',
      5,
    ],
    ['*[_type == "article"] | order(publishedAt)[0]', 'article by publishedAt asc', 1],
    [
      '*[_type == "article"]{"o": [publishedAt]} | order(o[0])[0...5]',
      'article by publishedAt asc',
      5,
    ],
    [
      '*[_type == "article" && score != 3] | order(publishedAt)[0...5]',
      'article by publishedAt asc',
      5,
    ],
    [
      '*[_type == "article" && publishedAt > "2025-01-01T00:10"] | order(publishedAt)[0...5]',
      'article by publishedAt asc, within bounds',
      5,
    ],
    [
      '*[_type == "article" && defined(publishedAt)] | order(publishedAt desc)[0...5]',
      'article by publishedAt desc, within bounds',
      5,
    ],
    [
      '*[_type == "article" && references("topic-all")] | order(publishedAt desc)[0...5]',
      'article by publishedAt desc, with a reference',
      5,
    ],
    ['*[_type == "article"] | order(score desc, publishedAt)[0...3]', 'article by score desc', 23],
  ])('%s', (query, access, candidates) => {
    const reads = settledReport(query).reads()
    expect(reads).toEqual([{access, times: 1, candidates}])
  })

  it.each([
    [
      '*[_type in ["author", "topic"]] | order(_updatedAt desc)[0...5]',
      'author, topic by _updatedAt desc',
      [5, 6],
    ],
    [
      '*[_type == "article" && references(["topic-1", "topic-2"])] | order(publishedAt)[0...5]',
      'article by publishedAt asc, with a reference',
      [5, 6],
    ],
    [
      '*[_type == "article" && publishedAt > "2025-01-01T00:10" && publishedAt < "2025-01-01T00:20"] | order(publishedAt, _id)[0...50]',
      'article by publishedAt asc, within bounds',
      [10, 10],
    ],
  ])('%s', (query, access, [least, most]) => {
    const report = settledReport(query)
    const reads = report.reads()
    const {documents} = report
    expect(reads[0]?.access).toBe(access)
    expect(documents).toBeGreaterThanOrEqual(Number(least))
    expect(documents).toBeLessThanOrEqual(Number(most))
  })

  it('not if sorting fewer documents is enough', () => {
    const query =
      '*[_type == "article" && author._ref == $author && score > 100] | order(title)[0...5]'
    expect(explain(query).reads()).toEqual([
      {access: 'references in article', times: 1, candidates: 10},
    ])
  })
})

describe('counts are known', () => {
  it.each([
    ['count(*[_type == "article"])', 402, 'count of article'],
    ['count(*)', 453, 'count of everything'],
    ['count(*[_type in ["topic", "author"]]._id)', 51, 'count of topic, author'],
    ['count(*[references($id)])', 40, 'count of references'],
    ['count(*[_type == "article" && references($id)])', 40, 'count of references'],
  ])('%s', (query, total, access) => {
    const {value, report} = runQuery(prepareQuery(query), {source, params})
    expect(value).toBe(total)
    expect(report.reads()).toEqual([{access, times: 1, candidates: 0}])
  })

  it('for each document of an outer query', () => {
    const query = '*[_type == "topic"]{_id, "n": count(*[_type == "article" && references(^._id)])}'
    expect(explain(query).reads()).toEqual([
      {access: 'type topic', times: 1, candidates: 11},
      {access: 'count of references', times: 11, candidates: 0},
    ])
  })
})

describe('nested filters', () => {
  it('have their own plans, which see the outer document', () => {
    const query = `*[_type == "topic" && _id == $id]{
      "newest": *[_type == "article" && ^._id in topics[]._ref] | order(publishedAt desc)[0...2]._id
    }`
    expect(settledReport(query).reads()).toEqual([
      {access: 'id', times: 1, candidates: 1},
      {access: 'article by publishedAt desc, with a reference', times: 1, candidates: 2},
    ])
  })

  it('run once if they do not use the outer document', () => {
    const query =
      '*[_type == "article" && author._ref in *[_type == "author" && slug.current == $author]._id]._id'
    const {value, report} = runQuery(prepareQuery(query), {source, params})
    expect(value).toHaveLength(10)
    expect(report.reads().every(({times}) => times === 1)).toBe(true)
    expect(report.documents).toBeLessThan(60)
  })
})

it('reads nothing if nothing can be found', () => {
  expect(explain('*[_type == "article" && _id == 5]').documents).toBe(0)
  expect(explain('*[_type == null]').documents).toBe(0)
  expect(explain('*[slug.current == []]').documents).toBe(0)
  expect(explain('*[score < null]').documents).toBe(0)
  expect(explain('*[references([])]').documents).toBe(0)
})

it('does not confuse an empty type with all types', () => {
  // Builds an index over all types.
  settledReport('*[publishedAt > "2025-01-01T00:10"]')
  for (const query of [
    '*[_type == "" && publishedAt > "2025-01-01T00:10"]',
    '*[_type in ["", [1]] && publishedAt > "2025-01-01T00:10"]',
  ]) {
    expect(settledReport(query).documents).toBe(0)
    expect(runQuery(prepareQuery(query), {source}).value).toEqual([])
  }
})

describe('an optimisation that is switched off', () => {
  const newest = '*[_type == "article"] | order(publishedAt desc)[0...5]'
  it.each<[Optimisation, string, string, string]>([
    ['indexCount', 'count(*[_type == "article"])', 'count of article', 'type article'],
    ['orderedWalk', newest, 'article by publishedAt desc', 'type article'],
    [
      'orderFirst',
      '*[_type == "article"]{"orderings": [publishedAt]} | order(orderings[0] desc)[0...5]',
      'article by publishedAt desc',
      'type article',
    ],
    [
      'scoredOnly',
      '*[_type == "article"] | score(title match "musk") [_score > 0]',
      'words in article',
      'type article',
    ],
  ])('%s', (name, query, withIt, without) => {
    const accessOf = (fast: FastOption) => {
      const [read, ...more] = explain(query, fast).reads()
      expect(more).toEqual([])
      return read?.access
    }
    settledReport(query)
    expect(accessOf(true)).toBe(withIt)
    expect(accessOf({without: [name]})).toBe(without)
    expect(accessOf(false)).toBe(without)
  })

  it('sends nothing as stored', () => {
    settledReport(newest)
    const asStored = (fast: FastOption) =>
      runQueryOnJson(prepareQuery(newest, params, {fast}), options)
    expect(asStored(true)).toBeDefined()
    expect(asStored({without: ['storedJson']})).toBeUndefined()
    expect(asStored(false)).toBeUndefined()
  })
})
