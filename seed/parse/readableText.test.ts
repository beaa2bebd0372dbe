import {expect, test} from 'vitest'

import {damageIn, readableText, sameWords} from './readableText.ts'

test.each([
  ['entities, once', 'Fish &amp; Chips&#8217; &amp;lt;', 'Fish & Chips’ &lt;', ['entities']],
  ['a plain ampersand', 'Salt & pepper &co', 'Salt & pepper &co', []],
  [
    'invisible characters',
    'gull\u00ADfeather\u200Bs\uFEFF',
    'gullfeathers',
    ['invisibleCharacters'],
  ],
  ['joiners stay', '👩\u200D🚀 می\u200Cروم', '👩\u200D🚀 می\u200Cروم', []],
  ['letters and accents', 'Zoe\u0308', 'Zoë', ['unicodeForm']],
  ['no-break spaces', 'per\u00A0cent', 'per cent', ['noBreakSpace']],
  ['a no-break space as an entity', 'per&nbsp;cent', 'per cent', ['entities', 'noBreakSpace']],
  ['outer and inner space', '  a \t b ', 'a b', ['outerSpace', 'innerSpace']],
])('%s', (_, source, text, normalisations) => {
  expect(readableText(source)).toEqual({text, normalisations})
})

test('a title printed twice has the same words', () => {
  expect(sameWords('World’s Largest', "world's largest")).toBe(true)
  expect(sameWords('Disney', 'Disney+')).toBe(false)
})

test.each([
  ['It\u00E2\u20AC\u2122s late', '\u00E2\u20AC\u2122'],
  ['caf\u00C3\u00A9', '\u00C3\u00A9'],
  ['lost \uFFFD here', '\uFFFD'],
  ['\u0093quoted\u0094', '\u0093'],
])('damage in %j', (text, found) => {
  expect(damageIn(text)).toBe(found)
})

test('no false damage in any language', () => {
  for (const text of [
    'Être à Âge, São Tomé, Ångström',
    '“Quoted” – it’s £5 or €3',
    '日本 Ελλάδα',
  ]) {
    expect(damageIn(text)).toBeUndefined()
  }
})
