import {expect, test} from 'vitest'

import {createRecentKeys} from './recentKeys.ts'

test('knows a key again, and forgets the oldest', () => {
  const keys = createRecentKeys(10)
  expect(keys.meet('a')).toBe(false)
  expect(keys.meet('a')).toBe(true)
  for (let n = 0; n < 5; n += 1) keys.meet(`b${n}`)
  expect(keys.meet('a')).toBe(true)
  for (let n = 0; n < 20; n += 1) keys.meet(`c${n}`)
  expect(keys.meet('a')).toBe(false)
})
