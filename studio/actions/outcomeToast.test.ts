import {expect, test} from 'vitest'

import {readerState} from '../../schemas/documents/article/readerState.ts'
import {outcomeToast} from './outcomeToast.ts'

const document = {_id: 'a', _type: 'credit', _rev: '1', _createdAt: '', _updatedAt: ''}

test('the success message names the document', () => {
  expect(outcomeToast({is: 'published', document}, 'PA Images')).toEqual({
    status: 'success',
    title: 'PA Images was published',
  })
})

test('after a story was published the message says what readers see', () => {
  const now = Date.parse('2021-07-14T09:00:00.000Z')
  const toastOf = (firstPublishedAt: string) => {
    const story = {slug: {current: 'a'}, firstPublishedAt}
    return outcomeToast({is: 'published', document}, 'Bridge', readerState(story, true, now))
  }
  expect(toastOf('2021-07-14T09:00:00.000Z')).toEqual({
    status: 'success',
    title: 'Bridge was published',
    description: 'Readers see this story.',
  })
  expect(toastOf('2021-07-14T12:00:00.000Z')).toEqual({
    status: 'success',
    title: 'Bridge is scheduled',
    description: 'Scheduled: readers will see it from 14 Jul 2021, 13:00.',
  })
})

test('a retracted story was not simply published', () => {
  const readers = readerState({pubStatus: 'retracted'}, true, 0)
  expect(outcomeToast({is: 'published', document}, 'Bridge', readers)).toEqual({
    status: 'success',
    title: 'Bridge was retracted',
    description: 'Retracted: readers see only the retraction.',
  })
})

test('the failure message lists up to three problems, each once', () => {
  const findings = ['Write a headline.', 'Choose a section.', 'Write a headline.', 'C.', 'D.', 'E.']
  expect(outcomeToast({is: 'refused', findings}, 'The story')).toEqual({
    status: 'error',
    duration: 12_000,
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
