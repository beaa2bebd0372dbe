import {expect, test} from 'vitest'

import {outcomeToast} from './outcomeToast.ts'

test('the success message names the document', () => {
  expect(outcomeToast({is: 'published'}, 'PA Images')).toEqual({
    status: 'success',
    title: 'PA Images was published',
  })
})

test('the failure message lists up to three problems, each once', () => {
  const findings = ['Write a headline.', 'Choose a section.', 'Write a headline.', 'C.', 'D.', 'E.']
  expect(outcomeToast({is: 'refused', findings}, 'The story')).toEqual({
    status: 'error',
    duration: 30_000,
    title: 'The story was not published',
    description: 'Write a headline. Choose a section. C. And 2 more.',
  })
})

test('the message does not claim failure when the outcome is unknown', () => {
  const titles = (['saving', 'checking', 'publishing'] as const).map(
    (stage) => outcomeToast({is: 'late', stage}, 'The story').title,
  )
  expect(titles).toEqual([
    'The story was not published',
    'The story was not published',
    'The story may not have been published',
  ])
})
