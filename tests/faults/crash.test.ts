/** The crash program finds planted faults: each must be reported by the matching finding. */
import {expect, test} from 'vitest'

import {runCycles} from './crash/runCycles.ts'

/** Runs cycles until a finding matches, up to a limit. */
const isNoticed = async (planted: string, finding: RegExp): Promise<boolean> => {
  let isFound = false
  await runCycles({
    seed: 42,
    from: 0,
    step: 1,
    only: ['pause'],
    planted,
    keep: false,
    say: (line) => (isFound ||= finding.test(line)),
    goesOn: ({cycles}) => !isFound && cycles < 12,
  })
  return isFound
}

test.each([
  ['lost write', /acknowledged transaction \S+ is lost/],
  ['lost index row', /references: no row/],
  ['halved transaction', /is not whole: it has no change of/],
])(
  'notices a lake with a planted fault: %s',
  async (planted, finding) => {
    expect(await isNoticed(planted, finding)).toBe(true)
  },
  120_000,
)
