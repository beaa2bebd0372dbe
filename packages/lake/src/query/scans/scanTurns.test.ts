import {describe, expect, it} from 'vitest'

import {type CallerKind, createScanTurns} from './scanTurns.ts'

const newTurns = (most: number) =>
  createScanTurns<string>({now: () => 0, most, mostWaiting: {anonymous: 3, known: 5}})

describe('the turns of scan threads', () => {
  it.each([1, 2])('reserve one of %d and one more for a caller with a token', (most) => {
    const turns = newTurns(most)
    const begun = Array.from({length: 5}, () => turns.begin('anonymous')).filter(Boolean)
    expect(begun).toHaveLength(most)
    expect(turns.begin('known')).toBe(true)
    expect(turns.begin('known')).toBe(false)
  })

  it('let neither kind of caller use threads of the other kind', () => {
    const turns = newTurns(1)
    expect([turns.begin('known'), turns.begin('known'), turns.begin('anonymous')]).toEqual([
      true,
      false,
      true,
    ])
    for (const callerKind of ['anonymous', 'known'] as const) {
      turns.wait(callerKind, `${callerKind} 1`, 1000)
      turns.wait(callerKind, `${callerKind} 2`, 1000)
    }
    expect(turns.end('known')).toEqual({waiting: 'known 1', callerKind: 'known'})
    expect(turns.end('known')).toEqual({waiting: 'known 2', callerKind: 'known'})
    expect(turns.end('known')).toBeUndefined()
    expect(turns.end('anonymous')).toEqual({waiting: 'anonymous 1', callerKind: 'anonymous'})
    expect(turns.begin('known')).toBe(true)
  })

  it('reject anonymous callers after a few, and others much later', () => {
    const turns = newTurns(1)
    const waitFor = (callerKind: CallerKind) => () => turns.wait(callerKind, callerKind, 0)
    expect([turns.begin('anonymous'), turns.begin('known')]).toEqual([true, true])
    for (let n = 0; n < 3; n += 1) waitFor('anonymous')()
    for (let n = 0; n < 4; n += 1) waitFor('known')()
    expect(waitFor('anonymous')).toThrow('Too many long queries')
    const leave = waitFor('known')()
    expect(waitFor('known')).toThrow('Too many long queries')
    expect(leave()).toBe(true)
    expect(leave()).toBe(false)
    expect(waitFor('known')).not.toThrow()
  })
})
