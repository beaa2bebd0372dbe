import {expect, test} from 'vitest'

import {speakerReader} from './speakers.ts'
import type {Speech} from './speechAround.ts'

const speech = (subject: string, more: Partial<Speech> = {}): Speech => ({
  subject,
  sort: 'name',
  sentence: '',
  whole: false,
  ...more,
})
const pronoun = (subject: string): Speech => speech(subject, {sort: 'pronoun'})

const reader = () =>
  speakerReader([
    {topicId: 'musk', name: 'Elon Musk', kind: 'person'},
    {topicId: 'tesla', name: 'Tesla', kind: 'organisation'},
  ])

test.each([
  ['Elon Musk', 'musk'],
  ['Musk', 'musk'],
  ['But Mr Musk', 'musk'],
  ['Tesla', 'tesla'],
  ['Errol Musk', undefined],
  ['Elon', undefined],
  ['A clerk', undefined],
])('%s near the words may be %s', (subject, topic) => {
  const speaker = reader()(speech(subject))
  expect(speaker?.topicId).toBe(topic)
  expect(speaker?.proposed ?? true).toBe(true)
})

test('a full name as the whole subject is asserted; a surname is not', () => {
  expect(reader()(speech('Elon Musk', {whole: true}))).toMatchObject({proposed: false})
  expect(reader()(speech('Musk', {whole: true}))).toMatchObject({proposed: true})
  expect(reader()(speech('President Elon Musk', {whole: true}))).toMatchObject({proposed: true})
})

test('a pronoun or a description may be the speaker before, even as a whole sentence', () => {
  const speakerOf = reader()
  speakerOf(speech('Elon Musk', {whole: true}))
  const said = {topicId: 'musk', proposed: true}
  expect(speakerOf({...pronoun('he'), whole: true})).toMatchObject(said)
  expect(speakerOf(speech('the tech whiz', {sort: 'description'}))).toMatchObject(said)
})

test('a pronoun after another speaker is not the topic that spoke before', () => {
  const speakerOf = reader()
  speakerOf(speech('Musk'))
  speakerOf(speech('Grimes'))
  expect(speakerOf(pronoun('she'))).toBeUndefined()
})

test('a pronoun before the first speaker names nobody', () => {
  expect(reader()(pronoun('he'))).toBeUndefined()
})
