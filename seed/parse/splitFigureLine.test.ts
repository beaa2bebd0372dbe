import {expect, test} from 'vitest'

import {splitFigureLine} from './splitFigureLine.ts'

test.each([
  ['Putin MuskPA Images', 'Putin Musk', 'PA Images', true],
  ["Self-Named 'Teslanaires'PA Images", "Self-Named 'Teslanaires'", 'PA Images', true],
  ['A Quiet Street PA Images', 'A Quiet Street', 'PA Images', false],
  ['Mayor Of The MonthAP', 'Mayor Of The Month', 'AP', true],
  ['Talks At The UNGetty Images', 'Talks At The UN', 'Getty Images', true],
  ['PA Images', undefined, 'PA Images', true],
])('%s', (line, caption, agency, glued) => {
  expect(splitFigureLine(line)).toEqual({caption, agency, glued})
})

test.each(['How To Read A MAP', 'Brightwater Pictures', 'A photograph by Reuters.', ''])(
  '%j does not end with an agency',
  (line) => {
    expect(splitFigureLine(line)).toBeUndefined()
  },
)
