/**
 * Tries to make the lake lose or halve what it has acknowledged: writers against kills, full and
 * read-only disks, damaged files, clocks that jump, and clients that go away. After each fault the
 * folder is compared with the program's own journal of what was answered.
 *
 * By hand for an hour: `node tests/faults/crash.ts --minutes 60`. The exit code is 1 when anything
 * was found; each finding names its cycle, and `--seed N --cycle N` runs that cycle's plan again.
 */
import {parseArgs} from 'node:util'

import {FAULTS, MISSING_TOOL} from './crash/faults.ts'
import {planCycle} from './crash/plan.ts'
import {runCycles} from './crash/runCycles.ts'

const HELP = `Writers against faults, and a check of everything that was acknowledged.

  node tests/faults/crash.ts [options]

  --minutes N     how long to run (default 1)
  --kills N       run until the lake was killed so many times, however long that takes
  --cycles N      run so many cycles
  --seed N        the plan: which faults, when, and every request (default: a random one, printed)
  --cycle N       begin with this cycle of the plan
  --only NAMES    these faults only, separated by commas
  --planted NAME  a lake that fails on purpose: see faultyServer.ts
  --plan          print the plan of the first 20 cycles, and run nothing
  --need-tools    a fault that is left out because a tool is missing is a finding
  --keep          leave the data folder when something was found
  -h, --help      this text

Faults: ${FAULTS.map(({name}) => name).join(', ')}.

A replay makes the same faults and the same requests in each writer's order. It cannot repeat how
far the writers had come when the fault struck, nor how the requests of several interleave.
`

const {values} = parseArgs({
  options: {
    minutes: {type: 'string', default: '1'},
    kills: {type: 'string'},
    cycles: {type: 'string'},
    seed: {type: 'string'},
    cycle: {type: 'string', default: '0'},
    only: {type: 'string'},
    planted: {type: 'string'},
    plan: {type: 'boolean', default: false},
    'need-tools': {type: 'boolean', default: false},
    keep: {type: 'boolean', default: false},
    help: {type: 'boolean', short: 'h', default: false},
  },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const limit = Number(values.minutes) * 60_000
const {kills: wantedKills, cycles: wantedCycles} = values

if (values.help) say(HELP)
else if (values.plan) {
  const weights = FAULTS.map(({name, weight}) => [name, weight] as const)
  for (let n = 0; n < 20; n += 1)
    say(JSON.stringify(planCycle(seed, Number(values.cycle) + n, weights)))
} else {
  say(`seed ${seed}`)
  const started = performance.now()
  let next = 60_000
  let isStopped = false
  // The cycle that runs is ended first: it has a disk and a lake to put away.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => (isStopped = true))
  const report = await runCycles({
    seed,
    from: Number(values.cycle),
    only: values.only?.split(',') ?? [],
    planted: values.planted,
    keep: values.keep,
    say,
    goesOn(milliseconds, kills, cycles) {
      if (milliseconds > next) {
        next += 60_000
        say(`${Math.round(milliseconds / 60_000)} min: ${cycles} cycles, ${kills} kills`)
      }
      if (isStopped) return false
      if (wantedKills !== undefined) return kills < Number(wantedKills)
      return wantedCycles === undefined ? milliseconds < limit : cycles < Number(wantedCycles)
    },
  })
  const {faults, skipped, ...counts} = report
  const problems = [
    ...report.problems,
    ...skipped.filter((reason) => values['need-tools'] && reason.includes(MISSING_TOOL)),
  ]
  for (const reason of skipped) say(`SKIPPED ${reason}`)
  for (const [name, times] of Object.entries(faults)) say(`${String(times).padStart(6)} ${name}`)
  for (const [name, count] of Object.entries(counts)) {
    if (typeof count === 'number') say(`${String(count).padStart(6)} ${name}`)
  }
  say(`${((performance.now() - started) / 60_000).toFixed(1)} minutes, seed ${seed}`)
  say(problems.length === 0 ? 'Nothing was found.' : `${problems.length} problems were found:`)
  for (const problem of problems.slice(0, 40)) say(`  ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
