/** The common parts of the programs in this folder: options, progress and exit. */
import {parseArgs, type ParseArgsOptionsConfig} from 'node:util'

/** Options of every program; each adds its own. */
export const COMMON_OPTIONS = {
  minutes: {type: 'string', default: '1'},
  seed: {type: 'string'},
  planted: {type: 'string'},
  help: {type: 'boolean', short: 'h', default: false},
} as const satisfies ParseArgsOptionsConfig

export const COMMON_HELP = `  --minutes N     how long to run (default 1)
  --seed N        everything follows from it (default: a random one, printed)
  --planted NAME  a lake that fails on purpose: see faultyServer.ts
  -h, --help      this text`

export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** @throws if the option is given and is not a number from 0 up */
export function numberOf(name: string, text: string): number
export function numberOf(name: string, text: string | undefined): number | undefined
export function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number
  throw new Error(`--${name} must be a number from 0 up, not "${text}". See --help.`)
}

export const seedOf = (text: string | undefined): number =>
  numberOf('seed', text) ?? Math.floor(Math.random() * 2 ** 31)

/** Parses the options; an invalid one ends the program with a one-line message. */
export const optionsOf = <T extends ParseArgsOptionsConfig>(options: T) => {
  try {
    return parseArgs({options}).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return process.exit(2)
  }
}

export interface Goal {
  readonly minutes: number
  /** Run until this many, however long that takes; undefined for `minutes`. */
  readonly wanted: number | undefined
  /** The name of the counted things, in the plural. */
  readonly unit: string
  readonly say: (line: string) => void
}

export interface Run {
  /**
   * Whether to continue after `done`. Prints the progress every ten seconds.
   * @param detail additional text for the progress line
   */
  goesOn(count: number, detail?: () => string): boolean
  /** Prints how long the run took and what it found, and sets the exit code. */
  end(seed: number, count: number, problems: readonly string[]): void
}

const PROGRESS_EVERY = 10_000
const MINUTE = 60_000

/** Formats milliseconds as minutes and seconds. */
const clock = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Formats a rate in a readable unit. */
const rateOf = (count: number, milliseconds: number): string => {
  const perSecond = (1000 * count) / Math.max(1, milliseconds)
  return perSecond >= 10
    ? `${perSecond.toFixed(0)} a second`
    : `${(60 * perSecond).toFixed(1)} a minute`
}

/**
 * Starts a run. SIGINT and SIGTERM end it after the current step, so that processes are cleaned up.
 */
export const startRun = ({minutes, wanted, unit, say: tell}: Goal): Run => {
  const started = performance.now()
  let last = {at: started, count: 0}
  let isStopped = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => (isStopped = true))

  const left = (elapsed: number, count: number): string => {
    if (wanted === undefined) return clock(Math.max(0, minutes * MINUTE - elapsed))
    return count === 0 ? 'unknown' : clock((elapsed * Math.max(0, wanted - count)) / count)
  }
  return {
    goesOn(count, detail) {
      const now = performance.now()
      const elapsed = now - started
      if (now - last.at >= PROGRESS_EVERY) {
        const lately = rateOf(count - last.count, now - last.at)
        const figures = `${count} ${unit}, ${lately} (${rateOf(count, elapsed)} in all)`
        const more = detail === undefined ? '' : `; ${detail()}`
        tell(`${clock(elapsed)}: ${figures}; left ${left(elapsed, count)}${more}`)
        last = {at: now, count}
      }
      if (isStopped) return false
      return wanted === undefined ? elapsed < minutes * MINUTE : count < wanted
    },
    end(seed, count, problems) {
      const elapsed = performance.now() - started
      const took = `${(elapsed / MINUTE).toFixed(1)} minutes`
      tell(`${took}, ${count} ${unit}, ${rateOf(count, elapsed)}, seed ${seed}`)
      tell(problems.length === 0 ? 'Nothing was found.' : `${problems.length} problems were found:`)
      for (const problem of problems.slice(0, 40)) tell(`  ${problem}`)
      process.exitCode = problems.length === 0 ? 0 : 1
    },
  }
}
