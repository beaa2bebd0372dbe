/**
 * The program of hostile requests finds planted faults: each is reported by the matching finding.
 */
import {expect, test} from 'vitest'

import {runHostile} from './hostile/runHostile.ts'

test.each([
  [
    'private answer',
    800,
    /private words in the answer to request \d+ \((nobody|deploy-studio|unknown)/,
  ],
  ['error 500', 800, /500 for request \d+/],
  ['blocked loop', 800, /the serving thread was busy for \d{4,} ms/],
  ['unhandled rejection', 800, /the lake ended by itself/],
  ['no answer', 800, /no answer after 4 s to request \d+/],
])(
  'notices a lake with a planted fault: %s',
  async (planted, wanted, finding) => {
    const {problems} = await runHostile({
      seed: 42,
      from: 0,
      planted,
      mostStretch: 1200,
      patience: planted === 'no answer' ? 4000 : 60_000,
      say: () => undefined,
      goesOn: (requests) => requests < wanted,
    })
    expect(problems.filter((problem) => finding.test(problem))).not.toEqual([])
  },
  120_000,
)
