import {describe, expect, test} from 'vitest'

import {
  archiveHeader,
  byline,
  creditNumber,
  endsLikeSentence,
  isCallToAction,
  isMostReadHeading,
  isSeeAlso,
  topicLabels,
} from './grammar.ts'

test('the archive header', () => {
  expect(archiveHeader('date 2021-02-14 unilad')).toEqual({
    capturedOn: '2021-02-14',
    site: 'unilad',
  })
  expect(archiveHeader('date 2021-02-14')).toBeUndefined()
  expect(archiveHeader('dated 2021-02-14 unilad')).toBeUndefined()
})

describe('bylines', () => {
  test.each([
    ['by : Cameron Frew on : 14 Feb 2021 12:31', ['Cameron Frew']],
    ['By: Ada Quill and Bram Oakes on: 14 Feb 2021 12:31', ['Ada Quill', 'Bram Oakes']],
    ['by : Ada, Bram, and Cora on : 14 Feb 2021 12:31', ['Ada', 'Bram', 'Cora']],
    ['by : Ada & Bram on : 14 Feb 2021 12:31', ['Ada', 'Bram']],
    ['by : Simon Anderson on : 14 Feb 2021 12:31', ['Simon Anderson']],
  ])('%s', (line, names) => {
    expect(byline(line)).toEqual({names, time: '14 Feb 2021 12:31'})
  })

  test('without a time', () => {
    expect(byline('by : Cameron Frew')).toEqual({names: ['Cameron Frew'], time: undefined})
  })

  test('without a name', () => {
    expect(byline('by : on : 14 Feb 2021 12:31')?.names).toEqual([])
  })

  test.each(['bystanders : two', 'by Cameron Frew', 'by :'])('%s is none', (line) => {
    expect(byline(line)).toBeUndefined()
  })
})

test('topic labels keep their order and may be none', () => {
  expect(topicLabels('Topics: News, Elon Musk,, US ')).toEqual(['News', 'Elon Musk', 'US'])
  expect(topicLabels('Topics:')).toEqual([])
  expect(topicLabels('Hot topics: News')).toBeUndefined()
})

test('numbered sources', () => {
  expect(creditNumber('1. Popular Mechanics')).toEqual({number: 1, publisher: 'Popular Mechanics'})
  expect(creditNumber('12) The Echo')).toEqual({number: 12, publisher: 'The Echo'})
  expect(creditNumber('2021. A year')).toBeUndefined()
})

test.each([
  ['If you have a story you want to tell, send it to UNILAD via [email protected]', true],
  ['If you have a story, get in touch', true],
  ['If you have a cat, feed it.', false],
])('an appeal to readers: %s', (line, expected) => {
  expect(isCallToAction(line)).toBe(expected)
})

test.each([
  ['See more: Ten Gulls', true],
  ['Read more about gulls', true],
  ['See The Pictures Here', true],
  ['See how they run.', false],
  ['Seeing is believing', false],
])('a pointer elsewhere: %s', (line, expected) => {
  expect(isSeeAlso(line)).toBe(expected)
})

test.each(['Most Read StoriesMost Read', 'Most Read Stories', 'Most Read', 'Most Read:'])(
  '%s heads the list',
  (line) => {
    expect(isMostReadHeading(line)).toBe(true)
  },
)

test.each([
  ['It is done.', true],
  ['‘It is done.’', true],
  ['Is it?', true],
  ['He wrote:', true],
  ["Self-Named 'Teslanaires'", false],
  ['Celebrity', false],
])('a sentence’s end: %s', (line, expected) => {
  expect(endsLikeSentence(line)).toBe(expected)
})
