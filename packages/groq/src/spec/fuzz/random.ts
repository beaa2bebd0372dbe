/** Choices that look random and can be made again from the same seed. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  number(below: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
  /** Between `least` and `most` results of `make`. */
  list<T>(least: number, most: number, make: () => T): T[]
}

/** Mulberry32: 32 bits of state are plenty for choosing test cases. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const number = (below: number) => Math.floor(next() * below)
  return {
    number,
    chance: (probability) => next() < probability,
    pick: (items) => items[number(items.length)] ?? items[0],
    list: (least, most, make) =>
      Array.from({length: least + number(most - least + 1)}, () => make()),
  }
}
