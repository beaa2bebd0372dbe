import {mkdirSync, writeFileSync} from 'node:fs'
import {cpus} from 'node:os'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

import {compareEvaluators} from '../packages/groq/bench/evaluator.ts'
import {type Figure, table} from './figure.ts'
import {againstGroqJs} from './figures/againstGroqJs.ts'
import {firstAnswer} from './figures/firstAnswer.ts'
import {importing} from './figures/importing.ts'
import {type QueryTime, inProcess} from './figures/inProcess.ts'
import {memory} from './figures/memory.ts'
import {overHttp} from './figures/overHttp.ts'
import {scanning} from './figures/scanning.ts'
import {growth} from './growth.ts'
import {plot} from './plot.ts'
import {createWorkspace} from './workspace.ts'

/** Measures the lake and prints which targets are met. */
const HELP = `Usage: node bench/run.ts [options]

  --sizes 1000,10000,100000   articles of the newsrooms to measure; 1000000 takes half an hour and
                              8 GB of disk
  --only NAMES                of: queries, groq-js, evaluator, http, import, start, memory, scan
  --keep FOLDER               keep the newsrooms in FOLDER for the next run
  --save                      write docs/bench/results.json and the plots
  --help`

const {values: options} = parseArgs({
  options: {
    sizes: {type: 'string', default: '1000,10000,100000'},
    only: {type: 'string'},
    keep: {type: 'string'},
    save: {type: 'boolean', default: false},
    help: {type: 'boolean', default: false},
  },
})

const main = async (): Promise<void> => {
  const sizes = options.sizes.split(',').map(Number)
  if (sizes.some((size) => !Number.isInteger(size) || size < 100)) {
    throw new Error('--sizes takes whole numbers from 100 up, with commas between them.')
  }
  const wanted = options.only?.split(',')
  const measures = (name: string): boolean => wanted?.includes(name) ?? true
  const workspace = createWorkspace(options.keep)
  const figures: Figure[] = []
  let times: readonly QueryTime[] = []
  const add = (name: string, measured: readonly Figure[]): void => {
    figures.push(...measured)
    process.stderr.write(`${name}\n${table(measured)}\n\n`)
  }
  try {
    const lakes = []
    for (const size of sizes) lakes.push(await workspace.lake(size))
    const largest = lakes.at(-1)
    // The size that the targets are for: 100,000 if it is among them.
    const reference = lakes.find(({newsroom}) => newsroom.articles === 100_000) ?? largest
    if (!reference) return
    if (measures('evaluator')) add('evaluator', evaluator())
    if (measures('queries')) {
      times = inProcess(lakes)
      add('queries', growth(times, sizes))
    }
    if (measures('start')) add('start', await firstAnswer(reference))
    if (measures('http')) add('http', await overHttp(workspace.folder, reference))
    if (measures('scan')) add('scan', await scanning(workspace.folder, reference))
    if (measures('memory')) add('memory', await memory(workspace.folder, reference))
    if (measures('import')) add('import', await importing(workspace.folder))
    if (measures('groq-js')) add('groq-js', againstGroqJs(reference))
  } finally {
    workspace.remove()
  }
  console.log(table(figures))
  if (options.save) save(figures, times)
}

/** The evaluator by itself against groq-js, as the package's own bench measures it. */
const evaluator = (): readonly Figure[] =>
  compareEvaluators(1500).map(({query, timesFaster}) => ({
    name: `evaluator alone, 20 articles, against groq-js: ${query}`,
    value: timesFaster,
    unit: '×',
    target: {atLeast: 4},
  }))

const save = (figures: readonly Figure[], times: readonly QueryTime[]): void => {
  const folder = fileURLToPath(new URL('../docs/bench/', import.meta.url))
  mkdirSync(folder, {recursive: true})
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  writeFileSync(`${folder}results.json`, `${JSON.stringify({machine, figures, times}, null, 2)}\n`)
  const names = [...new Set(times.map(({query}) => query))]
  const lines = names.map((name) => ({
    name,
    points: times
      .filter(({query, time}) => query === name && time > 0)
      .map(({articles, time}) => ({x: articles, y: time})),
  }))
  const half = names.indexOf('articleBySlug')
  for (const [file, title, chosen] of [
    ['plain', 'Plain queries in process', lines.slice(0, half)],
    ['library', 'The query library in process', lines.slice(half)],
  ] as const) {
    if (chosen.length === 0) continue
    writeFileSync(`${folder}${file}.svg`, plot(title, 'articles', 'µs for one answer', chosen))
  }
}

if (options.help) console.log(HELP)
else await main()
