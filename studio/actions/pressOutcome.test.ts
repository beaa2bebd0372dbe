import {expect, test} from 'vitest'

import {pressOutcome} from './pressOutcome.ts'

const settled = {
  isWritten: true,
  isSaved: true,
  isChecked: true,
  isAtRest: true,
  hasErrors: false,
  isOffered: true,
}

test('a sound article at rest is published', () => {
  expect(pressOutcome(settled)).toBe('publish')
})

test('an article with errors is refused', () => {
  expect(pressOutcome({...settled, hasErrors: true, isOffered: false})).toBe('refuse')
})

test.each(['isWritten', 'isSaved', 'isChecked', 'isAtRest'])(
  'errors found while “%s” is not so yet refuse nothing, and nothing is published',
  (fact) => {
    expect(pressOutcome({...settled, [fact]: false, hasErrors: true, isOffered: false})).toBe(
      'wait',
    )
    expect(pressOutcome({...settled, [fact]: false})).toBe('wait')
  },
)

test('a press waits until Sanity’s own button takes it', () => {
  expect(pressOutcome({...settled, isOffered: false})).toBe('wait')
})
