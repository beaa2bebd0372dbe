/**
 * What each optimisation of the lake is worth without a socket: the same requests to lakes in this
 * process, in turns. What HTTP costs, in both programs, does not hide the difference here.
 */
import {cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'

import {fastWithout, optimisationNames} from '../packages/lake/src/core/fast.ts'
import type {LakeRequest} from '../packages/lake/src/core/lakeRequest.ts'
import {splitUrl} from '../packages/lake/src/http/exchange/requestUrl.ts'
import {openLake} from '../packages/lake/src/open/createLake.ts'
import {internalsOf} from '../packages/lake/src/open/internals.ts'
import {queryPath} from './load.ts'
import type {Newsroom} from './newsroom.ts'
import {LIBRARY, type MeasuredQuery, PLAIN} from './queries.ts'
import {quantile} from './timing.ts'
import {createWorkspace} from './workspace.ts'

const HELP = `Usage: node bench/lakeCalls.ts [options]

  --without NAMES     optimisations (packages/lake/src/core/fast.ts), each switched off by itself;
                      joined by +, together; "everything" for all; each by itself unless given
  --queries NAMES     of bench/queries.ts; by slug, topic page, small and front page unless given,
                      separated by ;
  --pairs 9           rounds
  --milliseconds 80   for each round
  --size 10000        articles of the newsroom
  --keep FOLDER       keep the newsroom there for the next run
  --help

Prints the time without an optimisation divided by the time with it: the median and the range. A/A
compares two lakes with all of them.`

const {values: options} = parseArgs({
  options: {
    without: {type: 'string', default: optimisationNames.join(',')},
    queries: {type: 'string', default: 'by slug;topic page, small;front page'},
    pairs: {type: 'string', default: '9'},
    milliseconds: {type: 'string', default: '80'},
    size: {type: 'string', default: '10000'},
    keep: {type: 'string'},
    help: {type: 'boolean', default: false},
  },
})

interface Alternative {
  readonly name: string
  /** Answers the request of a turn. */
  call(query: MeasuredQuery, turn: number): Promise<void>
  /** The number of the next request: no two are equal, so that no response is repeated. */
  turn: number
}

/** Milliseconds before anything is measured, while caches fill and V8 compiles. */
const WARM_UP = 600

const requestFor = (url: string): LakeRequest => ({
  method: 'GET',
  url,
  ...splitUrl(url),
  address: '127.0.0.1',
  header: (name) => (name === 'host' ? 'localhost' : undefined),
  body: () => Promise.resolve(Buffer.alloc(0)),
  stream: async function* () {},
  signal: new AbortController().signal,
})

const open = (name: string, dataDir: string, newsroom: Newsroom) => {
  const without = name === '' || name === 'A/A' ? [] : name.split('+')
  const fast = name === 'everything' ? false : fastWithout(without.filter((one) => one !== ''))
  const lake = openLake({dataDir}, fast)
  const {handle} = internalsOf(lake)
  const alternative: Alternative = {
    name,
    turn: 0,
    async call(query, turn) {
      // A parameter that no query reads makes the request new.
      const url = queryPath(query.text, {...query.params(newsroom, turn), turn})
      const {status} = await handle(requestFor(url))
      if (status !== 200) throw new Error(`${query.name}: status ${status}`)
    },
  }
  return {alternative, lake}
}

/** Microseconds for one call. */
const timeOf = async (one: Alternative, query: MeasuredQuery, milliseconds: number) => {
  const started = performance.now()
  let calls = 0
  for (; performance.now() - started < milliseconds; calls += 1) await one.call(query, one.turn++)
  return ((performance.now() - started) / calls) * 1000
}

const measure = async (alternatives: readonly Alternative[], query: MeasuredQuery) => {
  for (const one of alternatives) await timeOf(one, query, WARM_UP)
  const times = alternatives.map((): number[] => [])
  for (let round = 0; round < Number(options.pairs); round += 1) {
    const order = alternatives.map((one, index) => ({one, index}))
    for (const {one, index} of round % 2 === 0 ? order : order.toReversed()) {
      times[index]?.push(await timeOf(one, query, Number(options.milliseconds)))
    }
  }
  const [reference = [], ...others] = times
  for (const [index, own] of others.entries()) {
    const ratios = own.map((time, round) => time / (reference[round] ?? NaN))
    const [least = NaN, middle = NaN, most = NaN] = [0, 0.5, 1].map((share) =>
      quantile(ratios, share),
    )
    const name = alternatives[index + 1]?.name ?? ''
    const range = `${middle.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
    console.log(`${query.name} | ${name} | ${range} | ${quantile(own, 0.5).toFixed(1)} µs`)
  }
}

const main = async (): Promise<void> => {
  const known = [...PLAIN, ...LIBRARY]
  const queries = options.queries.split(';').map((name) => {
    const query = known.find((one) => one.name === name)
    if (query) return query
    throw new Error(
      `--queries: there is no "${name}". Use: ${known.map((one) => one.name).join('; ')}`,
    )
  })
  const workspace = createWorkspace(options.keep)
  const copies = mkdtempSync(join(tmpdir(), 'copydesk-calls-'))
  try {
    const {newsroom, dataDir} = await workspace.lake(Number(options.size))
    const names = ['', 'A/A', ...options.without.split(',')]
    const opened = names.map((name, index) => {
      const copy = join(copies, String(index))
      cpSync(dataDir, copy, {recursive: true})
      return open(name, copy, newsroom)
    })
    const alternatives = opened.map(({alternative}) => alternative)
    for (const query of queries) await measure(alternatives, query)
    for (const {lake} of opened) await lake.close()
  } finally {
    rmSync(copies, {recursive: true, force: true})
    workspace.remove()
  }
}

if (options.help) console.log(HELP)
else await main()
