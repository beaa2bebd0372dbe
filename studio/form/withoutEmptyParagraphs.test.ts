import {expect, test} from 'vitest'

import {withoutEmptyParagraphs} from './withoutEmptyParagraphs.ts'

const paragraph = (...texts: string[]) => ({
  _type: 'block',
  children: texts.map((text) => ({_type: 'span', text})),
})

test('leaves out paragraphs of nothing but spaces, a no-break space among them', () => {
  expect(
    withoutEmptyParagraphs([
      paragraph('One'),
      paragraph(''),
      paragraph('\u00A0', ' '),
      paragraph(),
    ]),
  ).toEqual([paragraph('One')])
})

test('keeps what is not text, and paragraphs around it', () => {
  const picture = {_type: 'figure'}
  const withInline = {_type: 'block', children: [{_type: 'reference'}]}
  expect(withoutEmptyParagraphs([picture, withInline])).toEqual([picture, withInline])
})

test('keeps an empty paragraph that was copied alone', () => {
  expect(withoutEmptyParagraphs([paragraph('')])).toEqual([paragraph('')])
})
