/** The comparison of texts, against a plain one that copies them. */
import fc from 'fast-check'
import {expect, test} from 'vitest'

import {differenceOf, lettersIn} from './balance.ts'

const plain = (text: string): string =>
  text.replaceAll(/[\s\u00AD\u200B\uFEFF]/g, '').normalize('NFC')

/** Short texts of signs that meet: spaces, letters with and without accents, joiners, dashes. */
const texts = fc
  .array(fc.constantFrom(...' \n\u00A0\u00AD\u200B\uFEFF\u2028\u3000aeé\u0301\u0323ö’–…한ㄱ'), {
    maxLength: 8,
  })
  .map((letters) => letters.join(''))

test('counts letters and signs, without white space', () => {
  expect(lettersIn('Two words – “and” 3\u00A0more')).toBe(19)
  fc.assert(fc.property(texts, (text) => lettersIn(text) === plain(text).length))
})

test('tells whether two texts have the same letters and signs', () => {
  expect(differenceOf('One two', 'One\n two ')).toBeUndefined()
  expect(differenceOf('e\u200B\u0301a', 'éa')).toBeUndefined()
  expect(differenceOf('One two', 'One too')).toEqual({expected: 'wo', found: 'oo'})
  fc.assert(
    fc.property(
      texts,
      texts,
      (a, b) => (differenceOf(a, b) === undefined) === (plain(a) === plain(b)),
    ),
    {numRuns: 1000},
  )
})
