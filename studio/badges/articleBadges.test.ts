import {expect, test} from 'vitest'

import {noticesOf, readerBadge} from './articleBadges.ts'

const now = Date.parse('2021-07-14T09:00:00Z')

const labels = (article: Record<string, unknown>) => noticesOf(article).map(({label}) => label)

test.each([
  ['an ordinary article', {articleType: 'news', pubStatus: 'usable', corrections: []}, []],
  ['an advertiser’s article', {articleType: 'sponsored'}, ['Sponsored']],
  ['an opinion', {articleType: 'opinion'}, ['Opinion']],
  ['a corrected article', {corrections: [{kind: 'correction'}]}, ['Corrected']],
  ['an imported article', {provenance: {file: 'story.txt'}}, ['Imported']],
  ['a corrected opinion', {articleType: 'opinion', corrections: [{}]}, ['Opinion', 'Corrected']],
])('%s', (_, article, expected) => {
  expect(labels(article)).toEqual(expected)
})

test('the first badge says what readers see, not what the draft says', () => {
  const published = {slug: {current: 'a'}, firstPublishedAt: '2021-07-14T08:00:00.000Z'}
  const draft = {...published, embargoUntil: '2021-07-14T12:00:00.000Z'}
  expect(readerBadge(published, draft, now)).toEqual({
    label: 'Live',
    title: 'Readers see this story.',
    color: 'success',
  })
  expect(readerBadge(draft, null, now)).toMatchObject({
    label: 'Embargoed until 14 Jul 2021, 13:00',
    color: 'warning',
  })
  expect(readerBadge(null, draft, now).label).toBe('Not published')
})
