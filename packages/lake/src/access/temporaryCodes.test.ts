import {expect, test} from 'vitest'

import {createTemporaryCodes} from './temporaryCodes.ts'

test('a voucher is good for its lifetime, and once when it is taken', () => {
  let time = 0
  const codes = createTemporaryCodes<string>(1000, () => time)
  const code = codes.issue('first')
  time = 500
  const later = codes.issue('second')
  expect(later).not.toBe(code)
  expect(codes.peek(code)).toBe('first')
  time = 1000
  expect(codes.peek(code)).toBeUndefined()
  expect(codes.take(later)).toBe('second')
  expect(codes.take(later)).toBeUndefined()
  expect(codes.peek('never issued')).toBeUndefined()
})
