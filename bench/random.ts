/**
 * Pseudo-random numbers, the same in every run (mulberry32). Each generated document has its own
 * generator, so that it does not depend on the documents before it.
 */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** An integer from 0 up to, but not including, `limit`. */
  below(limit: number): number
  /** True with this probability. */
  chance(probability: number): boolean
}

export const createRandom = (seed: number): Random => {
  let state = (seed * 0x9e3779b1) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
  }
}
