/** What each optimisation is worth: the same queries with and without it, in turns. */
import {parseArgs} from 'node:util'

import {type Optimisation, optimisationNames} from '../packages/groq/src/execution/optimisations.ts'
import {type Switched, switchedFigures} from './figures/switched.ts'
import {interleave, quantile} from './timing.ts'
import {createWorkspace} from './workspace.ts'

const HELP = `Usage: node bench/optimisations.ts [options]

  --only NAMES          some optimisations (packages/groq/src/execution/optimisations.ts);
                        "all" switches all of them off together
  --figures EXPRESSION  only figures whose name the regular expression matches
  --pairs 9             rounds with and without
  --milliseconds 60     for each round
  --articles 1000       of the newsroom
  --keep FOLDER         keep the newsroom there for the next run
  --every               print every figure, not only those that an optimisation makes faster
  --help`

const {values: options} = parseArgs({
  options: {
    only: {type: 'string'},
    figures: {type: 'string', default: ''},
    pairs: {type: 'string', default: '9'},
    milliseconds: {type: 'string', default: '60'},
    articles: {type: 'string', default: '1000'},
    keep: {type: 'string'},
    every: {type: 'boolean', default: false},
    help: {type: 'boolean', default: false},
  },
})

/** The time of another run divided by the time with an optimisation, for each round. */
interface Ratios {
  readonly without: readonly number[]
  /** With the optimisation again: a difference from 1 is noise. */
  readonly again: readonly number[]
}

const isNamed = (name: string): name is Optimisation =>
  optimisationNames.some((one) => one === name)

const namedOptimisations = (): readonly (Optimisation | 'all')[] =>
  (options.only?.split(',') ?? [...optimisationNames, 'all']).map((name) => {
    if (name === 'all' || isNamed(name)) return name
    throw new Error(`--only: there is no optimisation ${name}.`)
  })

type Call = (turn: number) => unknown

interface Rounds {
  readonly pairs: number
  readonly milliseconds: number
}

/** Calls before anything is measured, while caches fill and V8 compiles. */
const WARM_UP = 150

const warmUp = (call: Call, before: (() => void) | undefined): void => {
  const end = performance.now() + WARM_UP
  for (let turn = 0; turn < 3 || performance.now() < end; turn += 1) {
    before?.()
    call(turn)
  }
}

/** With it, without it, and with it again. */
type Calls = readonly [Call, Call, Call]

const measureRatios = (
  calls: Calls,
  before: (() => void) | undefined,
  {pairs, milliseconds}: Rounds,
): Ratios => {
  for (const call of calls) warmUp(call, before)
  const [first, without, second] = calls
  const ratios = {without: Array<number>(), again: Array<number>()}
  for (let pair = 0; pair < pairs; pair += 1) {
    const inTurn: Calls = pair % 2 === 0 ? [first, without, second] : [second, without, first]
    const [ratioWithout = NaN, ratioAgain = NaN] = before
      ? ratiosOneByOne(inTurn, before, milliseconds)
      : interleave(inTurn, milliseconds)
          .slice(1)
          .map(({ratio}) => ratio)
    ratios.without.push(ratioWithout)
    ratios.again.push(ratioAgain)
  }
  return ratios
}

/** For calls that each need something done before them, which is not measured. */
const ratiosOneByOne = (
  [reference, ...others]: Calls,
  before: () => void,
  milliseconds: number,
): readonly number[] => {
  const timeOf = (call: Call, turn: number): number => {
    before()
    const started = performance.now()
    call(turn)
    return performance.now() - started
  }
  const ratios = others.map((call) => ({call, each: Array<number>()}))
  const end = performance.now() + milliseconds
  for (let turn = 0; turn < 7 || performance.now() < end; turn += 1) {
    const time = timeOf(reference, turn)
    for (const {call, each} of ratios) each.push(timeOf(call, turn) / time)
  }
  return ratios.map(({each}) => median(each))
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

const inWords = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`

/** The smallest ratio that counts. */
const ENOUGH = 1.05

/** More than noise: the median is above every ratio of the same code to itself. */
const isFelt = ({without, again}: Ratios): boolean =>
  median(without) >= ENOUGH && median(without) > Math.max(...again)

const measure = (figures: readonly Switched[]): void => {
  const rounds = {pairs: Number(options.pairs), milliseconds: Number(options.milliseconds)}
  console.log('| optimisation | figure | time without it | the same again | |')
  console.log('|---|---|---:|---:|---|')
  for (const name of namedOptimisations()) {
    let felt = 0
    for (const {name: figure, prepare, before} of figures) {
      const off = name === 'all' ? false : {without: [name]}
      const ratios = measureRatios([prepare(true), prepare(off), prepare(true)], before, rounds)
      const verdict = isFelt(ratios) ? 'felt' : ''
      if (verdict !== '') felt += 1
      if (verdict === '' && !options.every) continue
      console.log(
        `| ${name} | ${figure} | ${inWords(ratios.without)} | ${inWords(ratios.again)} | ${verdict} |`,
      )
    }
    if (felt === 0) console.log(`| ${name} | none of ${figures.length} | | | not felt |`)
  }
}

const main = async (): Promise<void> => {
  const workspace = createWorkspace(options.keep)
  try {
    const {figures, close} = switchedFigures(await workspace.lake(Number(options.articles)))
    const wanted = new RegExp(options.figures, 'u')
    measure(figures.filter(({name}) => wanted.test(name)))
    close()
  } finally {
    workspace.remove()
  }
}

if (options.help) console.log(HELP)
else await main()
