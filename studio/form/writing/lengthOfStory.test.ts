import {expect, test} from 'vitest'

import {lengthOfStory} from './lengthOfStory.ts'

const paragraph = (text: string) => ({_type: 'block', children: [{_type: 'span', text}]})

test('counts words as readers do, in paragraphs and fact boxes', () => {
  const box = {_type: 'factBox', title: 'Who', body: [paragraph('The mayor’s office')]}
  expect(lengthOfStory([paragraph('It’s late – 3,000 people wait.'), box])).toBe(
    '9 words, about 1 minute to read',
  )
  expect(lengthOfStory([paragraph('Go!')])).toBe('1 word, about 1 minute to read')
  expect(lengthOfStory([paragraph('word '.repeat(1200))])).toBe(
    '1,200 words, about 5 minutes to read',
  )
})

test('says nothing of an empty story', () => {
  expect(lengthOfStory(undefined)).toBeUndefined()
  expect(lengthOfStory([paragraph(' … ')])).toBeUndefined()
})
