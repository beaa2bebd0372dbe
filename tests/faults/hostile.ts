/**
 * Tries to bring the lake down, to stall it, or to make it say what it must not, with requests that
 * no client would send. They are made from the lake's own table of routes.
 *
 * By hand: `node tests/faults/hostile.ts --requests 1000000`. The exit code is 1 when anything was
 * found; each finding names its request, and `--seed N --request N` sends that one again first.
 */
import {parseArgs} from 'node:util'

import {randomFrom} from '../../lake/src/groq/fuzz/random.ts'
import {hostileRequest} from './hostile/requests.ts'
import {runHostile} from './hostile/runHostile.ts'

const HELP = `Hostile requests, as many as the lake takes.

  node tests/faults/hostile.ts [options]

  --minutes N     how long to run (default 1)
  --requests N    run until so many were sent, however long that takes
  --seed N        every request follows from it (default: a random one, printed)
  --request N     begin with this request of the plan
  --stretch N     milliseconds that the serving thread may be busy at a stretch (default 2000)
  --planted NAME  a lake that fails on purpose: see faultyServer.ts
  --show          print the request that --request names, and send nothing
  -h, --help      this text

A replay sends the same requests. It cannot repeat how they interleave on the connections, nor what
the documents are when a request arrives. The longest stretch is measured in the lake's process, so
other work on the machine lengthens it: measure it on a quiet one.
`

const {values} = parseArgs({
  options: {
    minutes: {type: 'string', default: '1'},
    requests: {type: 'string'},
    seed: {type: 'string'},
    request: {type: 'string', default: '0'},
    stretch: {type: 'string', default: '2000'},
    planted: {type: 'string'},
    show: {type: 'boolean', default: false},
    help: {type: 'boolean', short: 'h', default: false},
  },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const from = Number(values.request)
const {requests: wanted} = values

if (values.help) say(HELP)
else if (values.show) {
  say(JSON.stringify(hostileRequest(randomFrom(Math.imul(seed, 31) + from)), null, 2))
} else {
  say(`seed ${seed}`)
  const started = performance.now()
  let next = 60_000
  let isStopped = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => (isStopped = true))
  const report = await runHostile({
    seed,
    from,
    planted: values.planted,
    mostStretch: Number(values.stretch),
    patience: 60_000,
    say,
    goesOn(milliseconds, requests) {
      if (milliseconds > next) {
        next += 60_000
        say(`${Math.round(milliseconds / 60_000)} min: ${requests} requests`)
      }
      if (isStopped) return false
      if (wanted !== undefined) return requests < Number(wanted)
      return milliseconds < Number(values.minutes) * 60_000
    },
  })
  const {problems, statuses, slowest, longestTakenUp: lines, ...counts} = report
  const seconds = (performance.now() - started) / 1000
  for (const [name, count] of Object.entries(counts)) say(`${count.toFixed(0).padStart(8)} ${name}`)
  say(
    `answers: ${Object.entries(statuses)
      .map(([status, count]) => `${status} ${count}`)
      .join(', ')}`,
  )
  say('kept the serving thread longest when it was taken up:')
  for (const line of lines) say(`  ${line.slice(0, 300)}`)
  say('waited longest at the head of a connection:')
  for (const line of slowest.slice(0, 5)) say(`  ${line.slice(0, 300)}`)
  say(
    `${(seconds / 60).toFixed(1)} minutes, ${(report.requests / seconds).toFixed(0)} requests a second, seed ${seed}`,
  )
  say(problems.length === 0 ? 'Nothing was found.' : `${problems.length} problems were found:`)
  for (const problem of problems.slice(0, 40)) say(`  ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
