import {expect, test} from 'vitest'

import {publicationTime} from './publicationTime.ts'

const london = (printed: string) => publicationTime(printed, 'Europe/London')

test('a winter time in London is UTC', () => {
  expect(london('14 Feb 2021 12:31')).toEqual({
    local: '2021-02-14T12:31',
    instant: '2021-02-14T12:31:00.000Z',
    doubt: undefined,
  })
})

test('a summer time in London is an hour ahead of UTC, even over midnight', () => {
  expect(london('3 Jul 2022 00:30')).toEqual({
    local: '2022-07-03T00:30',
    instant: '2022-07-02T23:30:00.000Z',
    doubt: undefined,
  })
})

test('a time that happened twice: the first is used', () => {
  expect(london('25 Oct 2020 01:30')).toMatchObject({
    instant: '2020-10-25T00:30:00.000Z',
    doubt: 'repeated',
  })
  expect(london('25 Oct 2020 00:59')?.doubt).toBeUndefined()
  expect(london('25 Oct 2020 02:00')?.doubt).toBeUndefined()
})

test('a time that was skipped is read with the offset before the change', () => {
  expect(london('29 Mar 2020 01:30')).toMatchObject({
    local: '2020-03-29T01:30',
    instant: '2020-03-29T01:30:00.000Z',
    doubt: 'skipped',
  })
  expect(london('29 Mar 2020 02:00')).toMatchObject({
    instant: '2020-03-29T01:00:00.000Z',
    doubt: undefined,
  })
})

test('a newsroom in another zone', () => {
  expect(publicationTime('14 Feb 2021 12:31', 'America/New_York')?.instant).toBe(
    '2021-02-14T17:31:00.000Z',
  )
})

test.each([
  ['1 September 2021 9:05', '2021-09-01T09:05'],
  ['01 Sept 2021 09:05', '2021-09-01T09:05'],
  ['1 sep. 2021, 09.05', '2021-09-01T09:05'],
  ['29 Feb 2024 23:59', '2024-02-29T23:59'],
])('%s is a date', (printed, local) => {
  expect(london(printed)?.local).toBe(local)
})

test.each(['29 Feb 2023 10:00', '31 Apr 2021 10:00', '1 Jan 2021 24:00', '1 Jan 2021 10:60'])(
  '%s does not exist',
  (printed) => {
    expect(london(printed)).toBeUndefined()
  },
)

test.each([
  '14 Feb 2021',
  '2021-02-14 12:31',
  'Feb 14 2021 12:31',
  '1 Febr 2021 10:00',
  'today',
  '',
])('%j is not a printed time', (printed) => {
  expect(london(printed)).toBeUndefined()
})
