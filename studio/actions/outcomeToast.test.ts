import {expect, test} from 'vitest'

import {outcomeToast} from './outcomeToast.ts'

test('a publication is told by its title', () => {
  expect(outcomeToast({is: 'published'}, 'PA Images')).toEqual({
    status: 'success',
    title: 'PA Images was published',
  })
})

test('a refusal says what to mend, each thing once and no more than three', () => {
  const findings = ['Write a headline.', 'Choose a section.', 'Write a headline.', 'C.', 'D.', 'E.']
  expect(outcomeToast({is: 'refused', findings}, 'The story')).toEqual({
    status: 'error',
    duration: 30_000,
    title: 'The story was not published',
    description: 'Write a headline. Choose a section. C. And 2 more.',
  })
})

test('nobody is told that a story is not out when that is not known', () => {
  const titles = (['saving', 'checking', 'publishing'] as const).map(
    (stage) => outcomeToast({is: 'late', stage}, 'The story').title,
  )
  expect(titles).toEqual([
    'The story was not published',
    'The story was not published',
    'The story was perhaps not published',
  ])
})
