import {expect, test} from 'vitest'

import {createVouchers} from './temporaryCodes.ts'

test('a voucher is good for its lifetime, and once when it is taken', () => {
  let time = 0
  const vouchers = createVouchers<string>(1000, () => time)
  const code = vouchers.issue('first')
  time = 500
  const later = vouchers.issue('second')
  expect(later).not.toBe(code)
  expect(vouchers.peek(code)).toBe('first')
  time = 1000
  expect(vouchers.peek(code)).toBeUndefined()
  expect(vouchers.take(later)).toBe('second')
  expect(vouchers.take(later)).toBeUndefined()
  expect(vouchers.peek('never issued')).toBeUndefined()
})
