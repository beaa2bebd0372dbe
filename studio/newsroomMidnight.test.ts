import {expect, test} from 'vitest'

import {newsroomMidnight} from './newsroomMidnight.ts'

test('days before today begin at midnight too, on either side of a change of the clocks', () => {
  const now = new Date('2021-03-29T12:00:00Z')
  expect(newsroomMidnight(now, 1)).toBe('2021-03-28T00:00:00.000Z')
  expect(newsroomMidnight(now, 0)).toBe('2021-03-28T23:00:00.000Z')
  expect(newsroomMidnight(now, 7)).toBe('2021-03-22T00:00:00.000Z')
})

test.each([
  ['in winter London is on UTC', '2021-02-14T12:31:00Z', '2021-02-14T00:00:00.000Z'],
  ['in summer its day begins an hour earlier', '2021-07-14T12:31:00Z', '2021-07-13T23:00:00.000Z'],
  ['just after a summer midnight', '2021-07-13T23:00:00Z', '2021-07-13T23:00:00.000Z'],
  ['just before it', '2021-07-13T22:59:59Z', '2021-07-12T23:00:00.000Z'],
  ['on the day the clocks go forward', '2021-03-28T12:00:00Z', '2021-03-28T00:00:00.000Z'],
  ['on the day they go back', '2021-10-31T12:00:00Z', '2021-10-30T23:00:00.000Z'],
])('%s', (_, now, midnight) => {
  expect(newsroomMidnight(new Date(now))).toBe(midnight)
})
