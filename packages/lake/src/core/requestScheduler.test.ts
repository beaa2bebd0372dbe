import {beforeEach, describe, expect, test} from 'vitest'

import {createRequestScheduler, type Lane, type RequestScheduler} from './requestScheduler.ts'

let time: number
/** What is called back in the next turn. */
let next: (() => void)[]
let done: string[]
let allowance: RequestScheduler

beforeEach(() => {
  time = 0
  next = []
  done = []
  allowance = createRequestScheduler({
    now: () => time,
    nextTurn: (callback) => void next.push(callback),
    most: 25,
    mostQuick: 50,
    mostWaitingBytes: 1_000_000,
  })
})

/** Work that takes some milliseconds. @returns What has been done in this turn. */
const ask = (lane: Lane, name: string, takes = 8, bytes = 0): string | Promise<string> =>
  allowance.schedule(
    () => lane,
    () => {
      time += takes
      done.push(name)
      return name
    },
    bytes,
  )

const many = (lane: Lane, count: number, takes = 8) =>
  Array.from({length: count}, (_, n) => ask(lane, `${lane} ${n}`, takes))

const fail = (): string | Promise<string> =>
  allowance.schedule<string>(
    () => 'known',
    () => {
      time += 30
      throw new Error('failed')
    },
  )

/** What one turn of the event loop does. */
const turn = (): readonly string[] => {
  done = []
  const callbacks = next
  next = []
  for (const callback of callbacks) callback()
  return done
}

describe('the allowance of one turn of the event loop', () => {
  test('begins work at once until it is spent, then so much in each turn, in order', async () => {
    const asked = many('anonymous', 200)
    expect(done).toEqual(['anonymous 0', 'anonymous 1', 'anonymous 2', 'anonymous 3'])
    expect(allowance.waiting).toBe(196)
    const order = [...done]
    for (let turns = 0; allowance.waiting > 0; turns += 1) {
      expect(turns).toBeLessThan(60)
      const before = time
      order.push(...turn())
      expect(time - before).toBeLessThanOrEqual(25 + 8)
    }
    expect(order).toEqual(Array.from({length: 200}, (_, n) => `anonymous ${n}`))
    expect(await Promise.all(asked)).toEqual(order)
  })

  test('gives quick work the rest of the turn, and the first place in the next one', () => {
    many('anonymous', 10)
    done = []
    // 32 ms are over, and 50 is where even quick work waits.
    many('quick', 30, 1)
    expect(done).toHaveLength(18)
    expect(turn().slice(0, 12)).toEqual(Array.from({length: 12}, (_, n) => `quick ${n + 18}`))
    expect(done.slice(12)).toEqual(['anonymous 4', 'anonymous 5'])
  })

  test('lets something else go on, however much quick work there is', () => {
    many('anonymous', 10)
    many('quick', 200, 1)
    for (let n = 4; n < 8; n += 1) {
      expect(turn().filter((name) => name.startsWith('anonymous'))).toEqual([`anonymous ${n}`])
    }
  })

  test('lets callers with a token, without one, and those who write take turns', () => {
    many('anonymous', 100)
    many('known', 3)
    many('write', 2)
    const begun = [...turn(), ...turn()]
    expect(begun.filter((name) => name.startsWith('known'))).toEqual([
      'known 0',
      'known 1',
      'known 2',
    ])
    expect(begun.filter((name) => name.startsWith('write'))).toEqual(['write 0', 'write 1'])
  })

  test('counts turns by themselves: what one has taken is not charged to the next', () => {
    many('known', 3)
    turn()
    done = []
    many('known', 3)
    expect(done).toHaveLength(3)
    expect(allowance.waiting).toBe(0)
  })

  test('costs no callback while there is next to no work', () => {
    many('known', 9, 0.1)
    expect(next).toEqual([])
    many('known', 2, 0.1)
    expect(next).toHaveLength(1)
  })

  test('counts work within other work once, and never keeps it waiting', () => {
    const inner = allowance.schedule(
      () => 'known',
      () => {
        time += 30
        return ask('known', 'inner', 15)
      },
    )
    expect(inner).toBe('inner')
    expect(ask('quick', 'quick')).toBe('quick')
    expect(ask('quick', 'quick')).toBeInstanceOf(Promise)
  })

  test('hands on what the work throws, at once or later, and goes on', async () => {
    expect(fail).toThrow('failed')
    const later = fail()
    const after = ask('known', 'after')
    turn()
    await expect(later).rejects.toThrow('failed')
    turn()
    expect(await after).toBe('after')
  })

  test('limits the bytes that wait in one lane, apart from the other lanes', async () => {
    many('known', 4)
    const first = ask('anonymous', 'large', 8, 2_000_000)
    expect(() => ask('anonymous', 'second')).toThrow(expect.objectContaining({status: 429}))
    const other = ask('known', 'other', 8, 500_000)
    turn()
    expect(await Promise.all([first, other])).toEqual(['large', 'other'])
    expect(await ask('anonymous', 'third')).toBe('third')
  })
})
