import fc from 'fast-check'
import {expect, test} from 'vitest'

import {slugOf} from './slugOf.ts'

test.each([
  [
    'Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse',
    'elon-musk-invited-vladimir-putin-to-chat-with-him-on-clubhouse',
  ],
  ['Elon Musk’s ‘Teslanaires’', 'elon-musks-teslanaires'],
  ["Russia's SpaceX & PayPal", 'russias-spacex-and-paypal'],
  ['Straße in Kyjiv: Привет', 'strasse-in-kyjiv-privet'],
  ['日本', ''],
])('%s', (text, slug) => {
  expect(slugOf(text)).toBe(slug)
})

test('a long slug is cut between words', () => {
  const slug = slugOf('word '.repeat(30))
  expect(slug).toHaveLength(94)
  expect(slug).toMatch(/^(word-)+word$/)
})

test('any text gives a valid slug or an empty string', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), (text) => {
      expect(slugOf(text)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
    }),
  )
})
