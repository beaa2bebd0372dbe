import {expect, test} from 'vitest'

import {createSlowImages} from './slowImages.ts'

test('an image is slow when it took so long together, and for so long', () => {
  let now = 0
  const slow = createSlowImages(100, 1000, 10, () => now)
  slow.add('a', 60)
  expect(slow.has('a')).toBe(false)
  now = 900
  slow.add('a', 60)
  expect(slow.has('a')).toBe(true)
  now = 1899
  expect(slow.has('a')).toBe(true)
  now = 1901
  expect(slow.has('a')).toBe(false)
  slow.add('a', 100)
  slow.remove('a')
  expect(slow.has('a')).toBe(false)
})

test('the oldest make room', () => {
  const slow = createSlowImages(100, 1000, 2, () => 0)
  for (const key of ['a', 'b', 'a', 'c']) slow.add(key, 100)
  expect(['a', 'b', 'c'].filter((key) => slow.has(key))).toEqual(['a', 'c'])
})
