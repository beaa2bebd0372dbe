/**
 * The crash program finds what it is there to find: a lake that fails on purpose must be reported,
 * each time by the finding that fits.
 */
import {expect, test} from 'vitest'

import {type CrashReport, runCycles} from './crash/runCycles.ts'

const run = (
  planted: string | undefined,
  cycles: number,
  only: readonly string[],
): Promise<CrashReport> =>
  runCycles({
    seed: 42,
    from: 0,
    only,
    planted,
    keep: false,
    say: () => undefined,
    goesOn: (_milliseconds, _kills, done) => done < cycles,
  })

test.each([
  ['lost write', /acknowledged transaction \S+ is lost/],
  ['lost index row', /references: no row/],
  ['halved transaction', /is not whole: it has no change of/],
])(
  'notices a lake with a planted fault: %s',
  async (planted, finding) => {
    const {problems} = await run(planted, 1, ['pause'])
    expect(problems.filter((problem) => finding.test(problem))).not.toEqual([])
  },
  120_000,
)
