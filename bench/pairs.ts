import {execFile} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs, promisify} from 'node:util'

import {coldImport} from './coldImport.ts'
import {type Reading, readingsOf} from './reading.ts'
import {quantile} from './timing.ts'

/**
 * Compares the speed of two checkouts with each one's own bench. The checkouts take turns, and the
 * other one runs twice in each round: the difference of its two runs is the machine's noise, which
 * a difference between the checkouts must exceed.
 */
const HELP = `Usage: node bench/pairs.ts --old FOLDER [options]

  --old FOLDER     a checkout of the other version, with its own node_modules folder
  --new FOLDER     default: this checkout
  --pairs 9        rounds of old, new and old again, in changing order
  --only NAMES     of: queries, evaluator, http, import, start, scan, memory, groq-js, cold-import;
                   queries, evaluator, http, import, start and cold-import unless given
  --size 10000     articles of the newsrooms
  --keep FOLDER    keep the newsrooms there for the next run
  --help

cold-import sends 2,500 articles to a server that has just been started; the others are groups of
bench/run.ts. Ctrl-C ends the run and prints what its whole rounds have measured.`

const {values: options} = parseArgs({
  options: {
    old: {type: 'string'},
    new: {type: 'string', default: fileURLToPath(new URL('..', import.meta.url))},
    pairs: {type: 'string', default: '9'},
    only: {type: 'string', default: 'queries,evaluator,http,import,start,cold-import'},
    size: {type: 'string', default: '10000'},
    keep: {type: 'string'},
    help: {type: 'boolean', default: false},
  },
})

/** A checkout, and where its newsrooms are: the file of one version may be nothing for another. */
interface Checkout {
  readonly folder: string
  readonly newsrooms: string
}

/** In one round, by figure: what each run read. */
interface Round {
  readonly old: readonly Reading[]
  readonly new: readonly Reading[]
  readonly again: readonly Reading[]
}

const TURNS: readonly (readonly (keyof Round)[])[] = [
  ['old', 'new', 'again'],
  ['again', 'new', 'old'],
  ['new', 'old', 'again'],
  ['old', 'again', 'new'],
]

const run = promisify(execFile)

/** Ctrl-C, or a program's time limit. */
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

/** Runs one group in a separate process. */
const measure = async (checkout: Checkout, group: string): Promise<readonly Reading[]> => {
  if (group === 'cold-import') return coldImport(checkout.folder)
  // The smallest newsroom when none is measured, because it is built in any case.
  const size = USES_NO_NEWSROOM.has(group) ? '100' : options.size
  const command = ['bench/run.ts', '--sizes', size, '--only', group, '--keep', checkout.newsrooms]
  const {stdout} = await run(process.execPath, command, {
    cwd: checkout.folder,
    maxBuffer: 64 * 1024 * 1024,
    signal: stop.signal,
  })
  return readingsOf(stdout)
}

const USES_NO_NEWSROOM: ReadonlySet<string> = new Set(['evaluator', 'import'])

const compare = async (
  group: string,
  pairs: number,
  checkouts: Readonly<Record<keyof Round, Checkout>>,
): Promise<void> => {
  const rounds: Round[] = []
  try {
    // Not counted: builds the newsrooms, and fills the caches of files and compiled modules.
    await measure(checkouts.old, group)
    await measure(checkouts.new, group)
    for (let round = 0; round < pairs; round += 1) {
      const read: Record<keyof Round, readonly Reading[]> = {old: [], new: [], again: []}
      for (const side of TURNS[round % TURNS.length] ?? []) {
        read[side] = await measure(checkouts[side], group)
      }
      rounds.push(read)
      process.stderr.write(`${group}: round ${round + 1} of ${pairs}\n`)
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  }
  const names = new Set(rounds.flatMap((round) => round.old.map(({name}) => name)))
  for (const name of names) console.log(line(name, rounds))
}

/** How often the old time fits into the other: more than 1 is slower. */
const slowness = (before: Reading, after: Reading): number =>
  before.isMoreBetter ? before.value / after.value : after.value / before.value

const median = (values: readonly number[]): string => quantile(values, 0.5).toFixed(3)

const range = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`

const line = (name: string, rounds: readonly Round[]): string => {
  const ratios = (side: 'new' | 'again'): number[] =>
    rounds.flatMap((round) => {
      const before = round.old.find((reading) => reading.name === name)
      const after = round[side].find((reading) => reading.name === name)
      return before && after ? [slowness(before, after)] : []
    })
  const [changed, same] = [ratios('new'), ratios('again')]
  if (changed.length === 0) return `| ${name} | not measured by both | | | |`
  return `| ${name} | ${median(changed)} | ${range(changed)} | ${median(same)} | ${range(same)} |`
}

const main = async (): Promise<void> => {
  const pairs = Number(options.pairs)
  if (options.old === undefined) throw new Error('Name the checkout to compare with: --old FOLDER.')
  if (!Number.isInteger(pairs) || pairs < 1) throw new Error('--pairs takes a whole number from 1.')
  const kept = resolve(options.keep ?? mkdtempSync(join(tmpdir(), 'copydesk-pairs-')))
  const checkout = (folder: string, name: string): Checkout => {
    const newsrooms = join(kept, name)
    mkdirSync(newsrooms, {recursive: true})
    return {folder: resolve(folder), newsrooms}
  }
  const old = checkout(options.old, 'old')
  const checkouts = {old, new: checkout(options.new, 'new'), again: old}
  console.log('| figure | new / old | from … to | old / old | from … to |')
  console.log('|---|---:|---:|---:|---:|')
  try {
    for (const group of options.only.split(',')) {
      if (!stop.signal.aborted) await compare(group, pairs, checkouts)
    }
  } finally {
    if (options.keep === undefined) rmSync(kept, {recursive: true})
  }
}

if (options.help) console.log(HELP)
else await main()
