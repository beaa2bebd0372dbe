import {expect, it} from 'vitest'

import {createBudget} from '../execution/budget.ts'
import {randomFrom} from '../spec/fuzz/random.ts'
import {searchedText} from './searchedText.ts'
import {termMatcher} from './termMatcher.ts'
import {foldText, tokenizeFolded, tokenizePattern} from './tokens.ts'

const budget = createBudget({timeLimit: 60_000})

it.each([
  ['musk', 'Musk’s', false],
  ['musk*', 'Musk’s', true],
  ["musk's", "'Musk's'", true],
  ['musk', '‘Musk’', true],
  ['musk', 'a.musk', false],
  ['musk', 'end.musk.', false],
  ['musk', 'musk-ox', true],
  ['musk', 'muskox musk', true],
  ['usk*', 'musk', false],
  ["musk'*", "musk'", false],
  ["musk'*", "musk's", true],
  ['m*k', 'musk', true],
  ['*', 'anything', true],
  ['*', '', false],
])('%s in %s: %s', (term, text, expected) => {
  const [folded = ''] = tokenizePattern(term)
  expect(termMatcher(folded).isIn(searchedText(text, budget), budget)).toBe(expected)
})

it('takes as wildcards what a regular expression would', () => {
  const random = randomFrom(11)
  const letters = ['a', 'b', '*', '*'] as const
  const make = (length: number) => random.list(1, length, () => random.pick(letters)).join('')
  for (let times = 0; times < 20_000; times++) {
    const term = make(6)
    const word = make(9).replaceAll('*', 'a')
    const expected = new RegExp(`^${term.replaceAll('*', '.*')}$`).test(word)
    expect([term, word, termMatcher(term).matches(word)]).toEqual([term, word, expected])
  }
})

it('takes no long time with many wildcards', () => {
  expect(termMatcher(`${'a*'.repeat(200)}b`).matches('a'.repeat(1000))).toBe(false)
})

it('finds in a string what it finds among its words', () => {
  const random = randomFrom(7)
  const letters = ['a', 'b', "'", '’', '.', ' ', '-', '…', 'É', '*'] as const
  const makeText = () => random.list(0, 8, () => random.pick(letters)).join('')
  for (let times = 0; times < 20_000; times++) {
    const text = makeText()
    const folded = foldText(text)
    const searched = searchedText(text, budget)
    for (const term of tokenizePattern(makeText()).map(termMatcher)) {
      const found = tokenizeFolded(folded).filter((word) => term.matches(word))
      expect(term.isIn(searched, budget)).toBe(found.length > 0)
      expect(term.countIn(searched, budget)).toBe(found.length)
    }
  }
})
