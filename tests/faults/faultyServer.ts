/**
 * A lake whose clock can be set and that fails on purpose, to prove that the programs in this
 * folder notice: `node faultyServer.ts --data DIR [--fault NAME]`. The clock is this machine's plus
 * the milliseconds in the file that LAKE_CLOCK_FILE names. With `--watch` it prints at its end the
 * longest time in milliseconds that its event loop was blocked, and the longest garbage collection.
 */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {monitorEventLoopDelay, PerformanceObserver} from 'node:perf_hooks'
import {DatabaseSync} from 'node:sqlite'
import {parseArgs} from 'node:util'

import type {LakeRequest, LakeResponse} from '../../packages/lake/src/core/lakeRequest.ts'
import {json} from '../../packages/lake/src/http/exchange/respond.ts'
import type {Handle} from '../../packages/lake/src/http/routing/handle.ts'
import {createLake, type Lake} from '../../packages/lake/src/open/createLake.ts'
import {internalsOf, withInternals} from '../../packages/lake/src/open/internals.ts'
import {startServer} from '../../packages/lake/src/server/startServer.ts'

const {values} = parseArgs({
  options: {
    data: {type: 'string'},
    port: {type: 'string', default: '0'},
    fault: {type: 'string'},
    watch: {type: 'boolean', default: false},
    dataset: {type: 'string', multiple: true, default: ['production']},
  },
})

const clockFile = process.env['LAKE_CLOCK_FILE']
const offset = (): number => {
  if (clockFile === undefined) return 0
  try {
    return Number(readFileSync(clockFile, 'utf8')) || 0
  } catch {
    return 0
  }
}

const lake = createLake({
  ...(values.data !== undefined && {dataDir: values.data}),
  datasets: values.dataset,
  now: () => Date.now() + offset(),
})

const isMutation = ({method, path}: LakeRequest): boolean =>
  method === 'POST' && path.startsWith('/data/mutate/')
const isQuery = ({path}: LakeRequest): boolean => path.startsWith('/data/query/')

/** A fault affects every nth request that it applies to. */
const EVERY = 7
let count = 0
const strikes = (): boolean => (count += 1) % EVERY === 0

const block = (milliseconds: number): void => {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

/** Changes the file directly, as a fault in the store would. */
const inFile = ({dataDir}: Lake, sql: string): void => {
  if (dataDir === null) return
  const database = new DatabaseSync(join(dataDir, 'datasets/production/documents.sqlite'), {
    timeout: 10_000,
  })
  database.exec(sql)
  database.close()
}

type Planted = (request: LakeRequest, go: () => ReturnType<Handle>) => ReturnType<Handle>

const PLANTED: Readonly<Record<string, Planted>> = {
  /** Acknowledges a transaction without applying it. */
  'lost write': (request, go) =>
    isMutation(request) && strikes() ? json({transactionId: 'lost', results: []}) : go(),
  /** Loses one row of the reference index. */
  'lost index row': (request, go) => {
    if (isMutation(request) && strikes()) {
      inFile(
        lake,
        'DELETE FROM reference WHERE (target, type, layer, grp) IN (SELECT target, type, layer, grp FROM reference LIMIT 1)',
      )
    }
    return go()
  },
  /** Loses one document of a transaction. */
  'halved transaction': (request, go) => {
    if (isMutation(request) && strikes()) {
      inFile(lake, 'DELETE FROM change WHERE number = (SELECT max(number) FROM change)')
    }
    return go()
  },
  /** Returns a draft to callers without a token. */
  'private answer': (request, go) =>
    isQuery(request) && request.header('authorization') === undefined
      ? json({
          query: '',
          result: [{_id: 'drafts.secret', text: process.env['LAKE_MARKER'] ?? ''}],
          ms: 0,
        })
      : go(),
  'error 500': (request, go) =>
    isQuery(request) && strikes() ? json({statusCode: 500, message: 'planted'}, 500) : go(),
  'blocked loop': (request, go) => {
    if (isQuery(request) && count < EVERY * 4 && strikes()) block(1500)
    return go()
  },
  'unhandled rejection': (request, go) => {
    if (isQuery(request) && count < EVERY && strikes()) void Promise.reject(new Error('planted'))
    return go()
  },
  'no answer': (request, go) =>
    isQuery(request) && strikes() ? new Promise<LakeResponse>(() => undefined) : go(),
}

const planted = values.fault === undefined ? undefined : PLANTED[values.fault]
if (values.fault !== undefined && planted === undefined) {
  throw new Error(`There is no fault "${values.fault}": ${Object.keys(PLANTED).join(', ')}.`)
}
const answer: Handle =
  planted === undefined
    ? internalsOf(lake).handle
    : (request, fallback) => planted(request, () => internalsOf(lake).handle(request, fallback))

/** The requests that blocked the event loop longest. */
const longest: {took: number; request: string}[] = []
const timed: Handle = (request, fallback) => {
  const started = performance.now()
  const answered = answer(request, fallback)
  const took = performance.now() - started
  const last = longest.at(-1)
  if (longest.length < 5 || (last !== undefined && took > last.took)) {
    longest.push({took, request: `${request.method} ${request.url}`})
    longest.sort((a, b) => b.took - a.took)
    longest.length = Math.min(longest.length, 5)
  }
  return answered
}
const handle = values.watch ? timed : answer

const RESOLUTION = 5
const delays = monitorEventLoopDelay({resolution: RESOLUTION})
let collection = 0
if (values.watch) {
  new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) collection = Math.max(collection, duration)
  }).observe({entryTypes: ['gc']})
}

const server = await startServer({
  lake: withInternals({...lake}, {...internalsOf(lake), handle}),
  port: Number(values.port),
})
// Starting delays no request.
if (values.watch) delays.enable()
process.stdout.write(`ready ${server.url}\n`)
await new Promise<void>((resolve) => {
  process.once('SIGTERM', () => resolve())
  process.once('SIGINT', () => resolve())
})
const stretch = Math.max(0, delays.max / 1e6 - RESOLUTION)
if (values.watch) {
  for (const {took, request} of longest) {
    process.stdout.write(`took ${took.toFixed(0)} ms: ${request.slice(0, 300)}\n`)
  }
  process.stdout.write(`stretch ${stretch.toFixed(0)} collection ${collection.toFixed(0)}\n`)
}
await server.close()
await lake.close()
