import {expect, test} from 'vitest'

import {cardWords} from './cards.ts'

const limits = {title: 30, description: 20}
const body = [{_type: 'block', children: [{_type: 'span', text: 'The first paragraph.'}]}]

test('a card uses the story until it has words of its own', () => {
  const article = {headline: 'A bridge', slug: {current: 'a-bridge'}, body}
  expect(cardWords(article, 'seo', limits)).toEqual({
    title: 'A bridge',
    description: 'The first paragraph.',
    path: '/news/a-bridge',
  })
  const written = {...article, standfirst: 'Above', seo: {title: 'Bridges', description: 'Why'}}
  expect(cardWords(written, 'seo', limits)).toMatchObject({title: 'Bridges', description: 'Why'})
  expect(cardWords(written, 'social', limits)).toMatchObject({
    title: 'A bridge',
    description: 'Above',
  })
})

test('long words are cut between two of them, as in search results', () => {
  const article = {headline: 'A headline that goes on beyond what is shown'}
  expect(cardWords(article, 'social', limits).title).toBe('A headline that goes on …')
})
