import {prepareQuery, runQuery} from '@copydesk/groq/engine'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {DRAFTS, PUBLISHED} from '../../../core/perspective.ts'
import {openDataset} from '../../openDataset.ts'
import {commit, settle, testDocument} from '../../testCommits.ts'

/** Filters over several types, or none, are served by the indexes of each type. */

const store = openDataset({
  name: 'test',
  smallestIndexed: 50,
  indexes: ['article', 'page'].map((type) => ({type, path: 'slug.current', byReference: false})),
})
const documents = ['article', 'page', 'author'].flatMap((type, at) =>
  Array.from({length: type === 'author' ? 20 : 300}, (_, n) =>
    testDocument(`${type}-${n}`, {
      _type: type,
      slug: {current: `s${n * (at + 1)}`},
      ...(n % 3 === 0 && {kind: 'odd'}),
    }),
  ),
)

beforeAll(() => {
  const draft = testDocument('drafts.author-3', {_type: 'author', slug: {current: 's4'}})
  commit(store, 't1', {put: [...documents, draft]})
  settle(store)
})
afterAll(() => store.close())

const params = {slugs: ['s4', 's6'], slug: 's4'}
const ask = (text: string, perspective: typeof PUBLISHED) => {
  const source = store.source({perspective, includePrivate: true})
  const {value, report} = runQuery(prepareQuery(text), {source, params})
  return {value, documents: report.documents}
}

describe.each([
  ['*[slug.current == $slug]._id', ['article-4', 'page-2'], ['article-4', 'author-3', 'page-2']],
  [
    '*[slug.current in $slugs]._id',
    ['article-4', 'article-6', 'author-2', 'page-2', 'page-3'],
    ['article-4', 'article-6', 'author-2', 'author-3', 'page-2', 'page-3'],
  ],
  [
    '*[_type in ["article", "page"] && slug.current == $slug]._id',
    ['article-4', 'page-2'],
    undefined,
  ],
  ['*[_type in ["page", "author"] && slug.current > "s98"]._id', undefined, undefined],
  ['count(*[!defined(slug.current)])', 0, 0],
])('%s', (text, published, drafts) => {
  it.each([
    ['published', PUBLISHED, published],
    ['drafts', DRAFTS, drafts],
  ] as const)('%s', (_, perspective, expected) => {
    const found = ask(text, perspective)
    const scanned = ask(text.replaceAll('slug.current', 'coalesce(slug.current)'), perspective)
    expect(found.value).toEqual(scanned.value)
    expect(expected ?? found.value).toEqual(found.value)
  })
})

it('reads only what it finds', () => {
  expect(ask('*[slug.current in $slugs]._id', PUBLISHED).documents).toBe(5)
  expect(ask('*[_type in ["article", "author"] && slug.current == $slug]', DRAFTS).documents).toBe(
    3,
  )
  // Nothing was missed, so there is no other index to build.
  expect(store.indexUsage.missed()).toEqual([])
})

it('asks for an index over all types where a large type has none', () => {
  ask('*[kind == "odd" && slug.current == $slug]._id', PUBLISHED)
  expect(ask('*[kind == "even"]._id', PUBLISHED).documents).toBe(documents.length)
  settle(store)
  expect(ask('*[kind == "even"]._id', PUBLISHED).documents).toBe(0)
})
