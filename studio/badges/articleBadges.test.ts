import {expect, test} from 'vitest'

import {noticesOf} from './articleBadges.ts'

const now = Date.parse('2021-07-14T09:00:00Z')

const labels = (article: Record<string, unknown>) => noticesOf(article, now).map(({label}) => label)

test.each([
  ['an ordinary article', {articleType: 'news', pubStatus: 'usable', corrections: []}, []],
  [
    'an embargo, on the newsroom’s clock',
    {embargoUntil: '2021-07-14T12:00:00.000Z'},
    ['Embargoed until 14 Jul 2021, 13:00'],
  ],
  ['an embargo that has passed', {embargoUntil: '2021-07-14T08:59:59.000Z'}, []],
  ['an advertiser’s article', {articleType: 'sponsored'}, ['Sponsored']],
  ['an opinion', {articleType: 'opinion'}, ['Opinion']],
  ['a corrected article', {corrections: [{kind: 'correction'}]}, ['Corrected']],
  ['an imported article', {provenance: {file: 'story.txt'}}, ['Imported']],
  ['an article on hold', {pubStatus: 'withheld'}, ['On hold']],
  [
    'a retracted opinion with its retraction, the most serious first',
    {articleType: 'opinion', pubStatus: 'retracted', corrections: [{kind: 'retraction'}]},
    ['Retracted', 'Opinion', 'Corrected'],
  ],
])('%s', (_, article, expected) => {
  expect(labels(article)).toEqual(expected)
})
