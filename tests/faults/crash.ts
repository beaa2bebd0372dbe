/**
 * Tries to make the lake lose or halve acknowledged writes: writers during kills, full and
 * read-only disks, damaged files, clock jumps and disconnecting clients. After each fault the
 * folder is compared with the program's own journal of responses: every document, derived row and
 * asset each time, and the history since the last check (its beginning must be unchanged). A cycle
 * mostly waits, so several lakes can be tested side by side.
 *
 * By hand: `node tests/faults/crash.ts --kills 1000 --side-by-side 2`. The exit code is 1 when
 * anything was found; each finding names its cycle, and `--seed N --cycle N` runs that cycle's plan
 * again.
 */
import {FAULTS, MISSING_TOOL} from './crash/faults.ts'
import {planCycle} from './crash/plan.ts'
import {runSideBySide} from './crash/sideBySide.ts'
import {COMMON_HELP, COMMON_OPTIONS, numberOf, optionsOf, say, seedOf, startRun} from './program.ts'

const HELP = `Writers against faults, and a check of everything that was acknowledged.

  node tests/faults/crash.ts [options]

${COMMON_HELP}
  --kills N       run until N kills, however long that takes
  --cycles N      run N cycles
  --side-by-side N  test N lakes at once, each on its own disk (default 1)
  --cycle N       start with cycle N of the plan
  --only NAMES    these faults only, separated by commas
  --plan          print the plan of the first 20 cycles, and run nothing
  --need-tools    report a finding if a fault is skipped because a tool is missing
  --keep          keep the data folder if something was found

Faults: ${FAULTS.map(({name}) => name).join(', ')}.

A replay makes the same faults and the same requests in each writer's order. It cannot repeat how far the writers were when the fault happened, nor how the requests of several writers interleave.
`

const values = optionsOf({
  ...COMMON_OPTIONS,
  kills: {type: 'string'},
  cycles: {type: 'string'},
  'side-by-side': {type: 'string', default: '1'},
  cycle: {type: 'string', default: '0'},
  only: {type: 'string'},
  plan: {type: 'boolean', default: false},
  'need-tools': {type: 'boolean', default: false},
  keep: {type: 'boolean', default: false},
})

const seed = seedOf(values.seed)
const from = numberOf('cycle', values.cycle)

if (values.help) say(HELP)
else if (values.plan) {
  const weights = FAULTS.map(({name, weight}) => [name, weight] as const)
  for (let n = 0; n < 20; n += 1) say(JSON.stringify(planCycle(seed, from + n, weights)))
} else {
  say(`seed ${seed}`)
  const cycles = numberOf('cycles', values.cycles)
  const unit = cycles === undefined ? 'kills' : 'cycles'
  const run = startRun({
    minutes: numberOf('minutes', values.minutes),
    wanted: cycles ?? numberOf('kills', values.kills),
    unit,
    say,
  })
  const report = await runSideBySide(
    Math.max(1, numberOf('side-by-side', values['side-by-side'])),
    {
      seed,
      from,
      only: values.only?.split(',') ?? [],
      planted: values.planted,
      keep: values.keep,
      say,
      goesOn: (done) => run.goesOn(done[unit], () => `${done.cycles} cycles`),
    },
  )
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
  run.end(seed, report[unit], problems)
}
