import {expect, test} from 'vitest'

import {timeZoneExists} from '../../../schemas/validation/dates.ts'
import {languageTag} from '../../../schemas/validation/wording.ts'
import {choicesIn, isFoundBy} from './choices.ts'

test('languages have names, and every one of them is allowed', () => {
  const languages = choicesIn('languages', undefined)
  expect(languages).toContainEqual({value: 'en-GB', title: 'British English'})
  expect(languages).toContainEqual({value: 'ru', title: 'Russian'})
  expect(languages.filter(({value}) => languageTag(value) !== true)).toEqual([])
})

test('time zones are those of the fields’ rule', () => {
  const zones = choicesIn('timeZones', undefined)
  expect(zones).toContainEqual({value: 'America/New_York', title: 'America/New York'})
  expect(zones.filter(({value}) => timeZoneExists(value) !== true)).toEqual([])
})

test('countries are those of today', () => {
  const codes = choicesIn('countries', undefined).map(({value}) => value)
  expect(codes).toEqual(expect.arrayContaining(['GB', 'RU', 'SS', 'UA']))
  for (const code of ['SU', 'DD', 'YU', 'EU', 'ZZ', 'UK']) expect(codes).not.toContain(code)
  expect(codes.length).toBeGreaterThan(240)
  expect(codes.length).toBeLessThan(265)
})

test('a value that is not in the list is shown all the same', () => {
  const [first] = choicesIn('languages', 'zh-Hant-TW')
  expect(first).toEqual({value: 'zh-Hant-TW', title: 'Chinese (Traditional, Taiwan)'})
  expect(choicesIn('languages', 'no language')[0]?.title).toBe('no language')
})

test('a choice is found by its name and by its code', () => {
  const british = {value: 'en-GB', title: 'British English'}
  expect(isFoundBy('english', british)).toBe(true)
  expect(isFoundBy(' EN-g', british)).toBe(true)
  expect(isFoundBy('german', british)).toBe(false)
})
