import {expect, test} from 'vitest'

import {similarOf, similarQuery, tellingWords} from './similarHeadlines.ts'

test('the telling words of a headline are its longer ones', () => {
  expect(tellingWords('The Ferry returns, and the ferry’s crew is back')).toEqual([
    'ferry',
    'returns',
    'ferry’s',
    'crew',
    'back',
  ])
})

test('there is no search for a headline of one word', () => {
  expect(similarQuery('Ferry', 'x', new Date())).toBeUndefined()
  expect(similarQuery('Ferry returns', 'x', new Date(0))?.params).toEqual({
    id: 'x',
    now: '1970-01-01T00:00:00.000Z',
    word0: 'ferry',
    word1: 'returns',
  })
})

test('headlines are similar if they share more than half of the shorter one’s words', () => {
  const headlines = [
    'Ferry returns after winter repairs',
    'Ferry repairs cost millions more than planned',
    'Council returns to the ferry question next winter',
    'Ferry',
  ]
  const found = headlines.map((headline) => ({headline}))
  expect(similarOf('The ferry returns after a winter of repairs', found)).toEqual([
    found[0],
    found[2],
  ])
})
