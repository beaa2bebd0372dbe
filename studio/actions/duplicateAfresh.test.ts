import {expect, test} from 'vitest'

import {afresh} from './duplicateAfresh.ts'

test('a copy keeps the text and drops the original’s address, history and dates', () => {
  const copy = afresh({
    _id: 'drafts.copy',
    _type: 'article',
    headline: 'Two firms agree',
    section: {_type: 'reference', _ref: 'topic-news'},
    slug: {_type: 'slug', current: 'two-firms-agree'},
    previousSlugs: [{_key: 'a', slug: 'firms-talk'}],
    firstPublishedAt: '2021-02-14T12:31:00.000Z',
    corrections: [{_key: 'k', kind: 'correction'}],
    provenance: {file: 'story.txt'},
  })
  expect(copy).toEqual({
    _id: 'drafts.copy',
    _type: 'article',
    headline: 'Two firms agree',
    section: {_type: 'reference', _ref: 'topic-news'},
  })
})
