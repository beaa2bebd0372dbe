/** Compares two engines on random queries. */
import {isDeepStrictEqual} from 'node:util'

import type {Random} from './random.ts'
import {randomFrom} from './random.ts'

/** What a query came to: JSON, or that it was refused. */
export type Outcome = {readonly value: unknown} | {readonly refused: string}

export const outcomeOf = (evaluate: () => unknown): Outcome => {
  try {
    return {value: JSON.parse(JSON.stringify(evaluate() ?? null))}
  } catch (error) {
    return {refused: String(error)}
  }
}

export interface Difference {
  readonly seed: number
  readonly query: string
  readonly first: Outcome
  readonly second: Outcome
  readonly documents: unknown
}

/** One dataset and the two ways of answering queries over it. */
export interface Case {
  readonly documents: unknown
  /** Undefined for a query outside what the two can be compared on. */
  readonly answer: (query: string) => readonly [Outcome, Outcome] | undefined
}

const queriesPerDataset = 200

export interface SearchOptions {
  readonly seed: number
  readonly milliseconds: number
  /** How many comparisons are made even if they take longer, on a busy machine; none unless given. */
  readonly atLeast?: number
}

/**
 * Answers random queries in two ways until the time is up or they differ. Every dataset has a
 * seed of its own, so that a difference is found again from the seed that it names.
 */
export const compareEngines = (
  {seed, milliseconds, atLeast = 0}: SearchOptions,
  makeCase: (random: Random) => Case,
  makeQuery: (random: Random) => string,
): {readonly compared: number; readonly difference: Difference | undefined} => {
  const end = performance.now() + milliseconds
  let compared = 0
  for (let dataset = seed; performance.now() < end || compared < atLeast; dataset++) {
    const random = randomFrom(dataset)
    const {documents, answer} = makeCase(random)
    for (let asked = 0; asked < queriesPerDataset; asked++) {
      const query = makeQuery(random)
      const outcomes = answer(query)
      if (!outcomes) continue
      const [first, second] = outcomes
      compared++
      if (same(first, second)) continue
      return {compared, difference: {seed: dataset, query, first, second, documents}}
    }
  }
  return {compared, difference: undefined}
}

const same = (first: Outcome, second: Outcome): boolean =>
  'refused' in first || 'refused' in second
    ? 'refused' in first && 'refused' in second
    : isDeepStrictEqual(first, second)

/** How long random searches take: in `npm test`, and in `npm run test:long`. */
export const SEARCHES: readonly {readonly seconds: number; readonly tags: string[]}[] = [
  {seconds: 1, tags: []},
  {seconds: 12, tags: ['long']},
]

/**
 * How to look for a planted fault: the same queries in every run, and a bound that the clock has no
 * part in, because a busy machine finds the fault later. A search ends where it finds one.
 */
export const PLANTED_FAULT: SearchOptions = {seed: 1, milliseconds: 0, atLeast: 20_000}

/** FUZZ_SEED and FUZZ_SECONDS set how to look and for how long; each run looks elsewhere. */
export const fuzzOptions = (seconds: number, atLeast: number): SearchOptions => ({
  atLeast,
  seed: Number(process.env['FUZZ_SEED'] ?? Math.floor(Date.now() / 1000) % 1_000_000_007),
  milliseconds: Number(process.env['FUZZ_SECONDS'] ?? seconds) * 1000,
})

/** The difference in words, for the message of a failed test. */
export const explain = ({seed, query, first, second, documents}: Difference): string =>
  [
    `FUZZ_SEED=${seed}`,
    query,
    `first:  ${JSON.stringify(first)}`,
    `second: ${JSON.stringify(second)}`,
    `documents: ${JSON.stringify(documents)}`,
  ].join('\n')
