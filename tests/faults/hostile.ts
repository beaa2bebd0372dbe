/**
 * Tries to crash the lake, to block it, or to make it reveal private data, with requests that no
 * client would send. They are generated from the lake's own table of routes.
 *
 * By hand: `node tests/faults/hostile.ts --requests 1000000`. The exit code is 1 if anything was
 * found. Each finding names its request, and `--seed N --request N` starts with that request.
 */
import {randomFrom} from '../../packages/groq/src/spec/fuzz/random.ts'
import {hostileRequest} from './hostile/requests.ts'
import {runHostile} from './hostile/runHostile.ts'
import {COMMON_HELP, COMMON_OPTIONS, numberOf, optionsOf, say, seedOf, startRun} from './program.ts'

const HELP = `Hostile requests, as many as the lake takes.

  node tests/faults/hostile.ts [options]

${COMMON_HELP}
  --requests N    run until N were answered, however long that takes
  --request N     start with request N of the plan
  --stretch N     milliseconds that the serving thread may be blocked (default 2000)
  --show          print the request that --request names, and send nothing

A replay sends the same requests. It cannot repeat how they interleave on the connections, nor the documents at the time of a request. The longest stretch is measured in the lake's process and includes other work on the machine, so measure it on an idle one.
`

const values = optionsOf({
  ...COMMON_OPTIONS,
  requests: {type: 'string'},
  request: {type: 'string', default: '0'},
  stretch: {type: 'string', default: '2000'},
  show: {type: 'boolean', default: false},
})
const seed = seedOf(values.seed)
const from = numberOf('request', values.request)

if (values.help) say(HELP)
else if (values.show) {
  say(JSON.stringify(hostileRequest(randomFrom(Math.imul(seed, 31) + from)), null, 2))
} else {
  say(`seed ${seed}`)
  const run = startRun({
    minutes: numberOf('minutes', values.minutes),
    wanted: numberOf('requests', values.requests),
    unit: 'requests',
    say,
  })
  const report = await runHostile({
    seed,
    from,
    planted: values.planted,
    mostStretch: numberOf('stretch', values.stretch),
    patience: 60_000,
    say,
    goesOn: (requests, detail) => run.goesOn(requests, detail),
  })
  const {problems, statuses, slowest, longestTakenUp: lines, ...counts} = report
  for (const [name, count] of Object.entries(counts)) say(`${count.toFixed(0).padStart(8)} ${name}`)
  say(
    `answers: ${Object.entries(statuses)
      .map(([status, count]) => `${status} ${count}`)
      .join(', ')}`,
  )
  say('requests that blocked the serving thread longest:')
  for (const line of lines) say(`  ${line.slice(0, 300)}`)
  say('requests that waited longest as the first of a connection:')
  for (const line of slowest.slice(0, 5)) say(`  ${line.slice(0, 300)}`)
  run.end(seed, report.requests, problems)
}
