import {expect, test} from 'vitest'

import {
  archiveHeader,
  creditNumber,
  endsLikeSentence,
  isCallToAction,
  isMostReadHeading,
  isSeeAlso,
  looksLikeFurniture,
  topicLabels,
  updateTime,
} from './grammar.ts'

test('the archive header', () => {
  expect(archiveHeader('date 2021-02-14 unilad')).toEqual({
    capturedOn: '2021-02-14',
    site: 'unilad',
  })
  expect(archiveHeader('date 2021-02-14')).toBeUndefined()
  expect(archiveHeader('dated 2021-02-14 unilad')).toBeUndefined()
})

test('topic labels keep their order; the list may be empty', () => {
  expect(topicLabels('Topics: News, Elon Musk,, US ')).toEqual(['News', 'Elon Musk', 'US'])
  expect(topicLabels('Topics:')).toEqual([])
  expect(topicLabels('Hot topics: News')).toBeUndefined()
  expect(topicLabels('Topics: News, U.S.')).toEqual(['News', 'U.S.'])
  expect(topicLabels('Topics: the mayor listed four, and none was easy.')).toBeUndefined()
})

test('numbered sources', () => {
  expect(creditNumber('1. Popular Mechanics')).toEqual({number: 1, publisher: 'Popular Mechanics'})
  expect(creditNumber('12) The Echo')).toEqual({number: 12, publisher: 'The Echo'})
  expect(creditNumber('2021. A year')).toBeUndefined()
})

test.each([
  ['If you have a story you want to tell, send it to UNILAD via [email protected]', true],
  ['If you have a story, send it to us via tips@example.org', true],
  ['If you have a story, get in touch', false],
  ['If you recognise the man, please get in touch with the police on 101.', false],
  ['If you have a story to tell, send it to a friend and see what they say.', false],
])('an appeal to readers: %s', (line, expected) => {
  expect(isCallToAction(line)).toBe(expected)
})

test.each([
  ['See more: Ten Gulls', true],
  ['READ MORE : Ten Gulls', true],
  ['Read more about gulls', false],
  ['Read more than forty books a year and you may sleep better.', false],
  ['See The Pictures Here', false],
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

test.each([
  ['Loading…', true],
  ['Featured Image Credit: The Pier', true],
  ['Related: Gull Learns To Queue', true],
  ['WATCH: Gull Learns To Queue', true],
  ['View this post on Instagram', true],
  ['Look at this. pic.example.org', true],
  ['— The Harbour (@harbour) March 3, 2021', true],
  ['© 2019', true],
  ['The Gull/Twitter', true],
  ['A gull walked into a shop.', false],
  ['“We open at noon,” she said', true],
  ['He asked, “Why?”', false],
  ['It was closed (for good)', false],
])('a line that may be furniture: %s', (line, expected) => {
  expect(looksLikeFurniture(line)).toBe(expected)
})

test('a time of update, as printed', () => {
  expect(updateTime('Updated on : 04 Mar 2021 09:00')).toBe('04 Mar 2021 09:00')
  expect(updateTime('Updated rules were sent out on Monday.')).toBeUndefined()
})
