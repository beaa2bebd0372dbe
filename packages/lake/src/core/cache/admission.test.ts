import {expect, test} from 'vitest'

import {createAdmission} from './admission.ts'

const numbered = (count: number, name: string): string[] =>
  Array.from({length: count}, (_, number) => `/v1/data/query/production?$slug="${name}-${number}"`)

test('knows a key again', () => {
  const keys = createAdmission(1024)
  expect(keys.seenBefore('a')).toBe(false)
  expect(keys.seenBefore('a')).toBe(true)
  expect(keys.seenBefore('')).toBe(false)
  expect(keys.seenBefore('')).toBe(true)
})

test('takes hardly any key for another, and forgets old ones for new', () => {
  const keys = createAdmission(1024)
  const first = numbered(500, 'first')
  expect(first.filter((key) => keys.seenBefore(key))).toEqual([])
  // Some have lost their place to others; most are known.
  const known = first.filter((key) => keys.seenBefore(key))
  expect(known.length).toBeGreaterThan(250)
  for (const key of numbered(20_000, 'later')) keys.seenBefore(key)
  expect(first.filter((key) => keys.seenBefore(key))).toEqual([])
})
