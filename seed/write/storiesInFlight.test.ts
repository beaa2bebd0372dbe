import {setImmediate} from 'node:timers/promises'

import {describe, expect, test} from 'vitest'

import {storiesInFlight} from './storiesInFlight.ts'

/** Writes that the test ends, and the order in which they began. */
function newWrites() {
  const begun: string[] = []
  const open = new Map<string, PromiseWithResolvers<void>>()
  return {
    begun,
    begin: (name: string) => () => {
      begun.push(name)
      const written = Promise.withResolvers<void>()
      open.set(name, written)
      return written.promise
    },
    end: async (name: string, error?: Error): Promise<void> => {
      if (error) open.get(name)?.reject(error)
      else open.get(name)?.resolve()
      await setImmediate()
    },
  }
}

describe('stories in flight', () => {
  test('run at once, up to a number, and wait for what they need', async () => {
    const stories = storiesInFlight(2)
    const {begun, begin, end} = newWrites()
    await stories.start(['a', 'author'], begin('a'))
    await stories.start(['b'], begin('b'))
    const third = stories.start(['c', 'author'], begin('c'))
    await end('b')
    // There is room, but the author may not be written yet.
    expect(begun).toEqual(['a', 'b'])
    await end('a')
    await third
    await stories.start(['d'], begin('d'))
    const fifth = stories.start(['e'], begin('e'))
    await setImmediate()
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    await end('c')
    await fifth
    await end('d')
    const finished = stories.finish()
    await end('e')
    await finished
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('start nothing more after one has failed, and report the first error', async () => {
    const stories = storiesInFlight(3)
    const {begun, begin, end} = newWrites()
    await stories.start(['a'], begin('a'))
    await stories.start(['b'], begin('b'))
    await end('b', new Error('first'))
    await end('a', new Error('second'))
    await expect(stories.start(['c'], begin('c'))).rejects.toThrow('first')
    await expect(stories.finish()).rejects.toThrow('first')
    expect(begun).toEqual(['a', 'b'])
  })
})
