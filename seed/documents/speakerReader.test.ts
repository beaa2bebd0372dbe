import {expect, test} from 'vitest'

import {speakerReader} from './speakerReader.ts'
import type {Speech} from './speechAround.ts'

const speech = (subject: string, sort: Speech['sort'] = 'name'): Speech => ({
  subject,
  sort,
  sentence: '',
})

function reading(): {say: (speech: Speech) => string | undefined; notes: string[]} {
  const notes: string[] = []
  const reader = speakerReader(
    [
      {topicId: 'musk', name: 'Elon Musk', kind: 'person'},
      {topicId: 'tesla', name: 'Tesla', kind: 'organisation'},
    ],
    (code, line) => notes.push(`${line} ${code}`),
  )
  return {say: (one) => reader(one, 7), notes}
}

test.each([
  ['Elon Musk', 'musk'],
  ['Musk', 'musk'],
  ['But Mr Musk', 'musk'],
  ['Tesla', 'tesla'],
  ['Errol Musk', undefined],
  ['Elon', undefined],
  ['A clerk', undefined],
])('%s is %s', (subject, topic) => {
  const {say, notes} = reading()
  expect(say(speech(subject))).toBe(topic)
  expect(notes).toEqual([])
})

test('a pronoun or a description is whoever spoke last, and an editor is asked', () => {
  const {say, notes} = reading()
  say(speech('Musk'))
  expect(say(speech('he', 'pronoun'))).toBe('musk')
  expect(say(speech('the tech whiz', 'description'))).toBe('musk')
  expect(notes).toEqual(['7 inferredSpeaker', '7 inferredSpeaker'])
})

test('after a stranger spoke, a pronoun is not the topic that spoke before', () => {
  const {say, notes} = reading()
  say(speech('Musk'))
  say(speech('Grimes'))
  expect(say(speech('she', 'pronoun'))).toBeUndefined()
  expect(notes).toEqual([])
})

test('a pronoun before anybody spoke is nobody', () => {
  expect(reading().say(speech('he', 'pronoun'))).toBeUndefined()
})
