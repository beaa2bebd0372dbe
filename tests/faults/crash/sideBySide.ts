/** Tests several lakes at once. They share only the plan: each runs its part of the cycles. */
import {type CrashOptions, type CrashReport, runCycles} from './runCycles.ts'

export interface Done {
  readonly kills: number
  readonly cycles: number
}

export interface SideBySideOptions extends Omit<CrashOptions, 'goesOn' | 'step'> {
  /** Whether to run another cycle, given the number of finished ones of all lakes. */
  goesOn(done: Done): boolean
}

/** Of `count` lakes, number `n` runs the cycles `from + n`, `from + n + count` and so on. */
export const runSideBySide = async (
  count: number,
  options: SideBySideOptions,
): Promise<CrashReport> => {
  const done: Done[] = Array.from({length: count}, () => ({kills: 0, cycles: 0}))
  const sum = (name: keyof Done): number => done.reduce((total, each) => total + each[name], 0)
  const reports = await Promise.all(
    done.map((_, n) =>
      runCycles({
        ...options,
        from: options.from + n,
        step: count,
        goesOn(own) {
          done[n] = own
          return options.goesOn({kills: sum('kills'), cycles: sum('cycles')})
        },
      }),
    ),
  )
  return reports.reduce(add)
}

const add = (one: CrashReport, other: CrashReport): CrashReport => ({
  problems: [...one.problems, ...other.problems],
  cycles: one.cycles + other.cycles,
  kills: one.kills + other.kills,
  faults: Object.fromEntries(
    [...new Set([...Object.keys(one.faults), ...Object.keys(other.faults)])].map((name) => [
      name,
      (one.faults[name] ?? 0) + (other.faults[name] ?? 0),
    ]),
  ),
  skipped: [...new Set([...one.skipped, ...other.skipped])],
  acknowledged: one.acknowledged + other.acknowledged,
  refused: one.refused + other.refused,
  failed: one.failed + other.failed,
  open: one.open + other.open,
  indexes: one.indexes + other.indexes,
})
