import {expect, test} from 'vitest'

import {pressesUnderWay} from './pressesUnderWay.ts'

test('a press lasts until its work ends, and a second press joins the first', async () => {
  const told: boolean[] = []
  const stop = pressesUnderWay.subscribe(() => told.push(pressesUnderWay.has('a')))
  const work = Promise.withResolvers<void>()
  let works = 0
  const press = () =>
    pressesUnderWay.hold('a', () => {
      works += 1
      return work.promise
    })
  const first = press()
  await press()
  expect([pressesUnderWay.has('a'), pressesUnderWay.has('b'), works]).toEqual([true, false, 1])

  work.resolve()
  await first
  stop()
  expect(told).toEqual([true, false])
})

test('a press ends when its work fails', async () => {
  const failing = pressesUnderWay.hold('a', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(pressesUnderWay.has('a')).toBe(false)
})
