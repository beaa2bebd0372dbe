import {expect, test} from 'vitest'

import {withoutEmptyParagraphs} from './withoutEmptyParagraphs.ts'

const paragraph = (...texts: string[]) => ({
  _type: 'block',
  children: texts.map((text) => ({_type: 'span', text})),
})

test('removes paragraphs of spaces only, including no-break spaces', () => {
  expect(
    withoutEmptyParagraphs([
      paragraph('One'),
      paragraph(''),
      paragraph('\u00A0', ' '),
      paragraph(),
    ]),
  ).toEqual([paragraph('One')])
})

test('keeps other blocks, and the paragraphs around them', () => {
  const picture = {_type: 'figure'}
  const withInline = {_type: 'block', children: [{_type: 'reference'}]}
  expect(withoutEmptyParagraphs([picture, withInline])).toEqual([picture, withInline])
})

test('keeps an empty paragraph that was copied on its own', () => {
  expect(withoutEmptyParagraphs([paragraph('')])).toEqual([paragraph('')])
})
