import {cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {parseArgs} from 'node:util'

import * as library from '../front/queries/index.ts'
import {importThroughClient} from './figures/importing.ts'
import {mostResident, useMemory} from './figures/memory.ts'
import {
  type LakeServer,
  load,
  type LoadOptions,
  processorTime,
  queryPath,
  startLakeServer,
} from './load.ts'
import {createNewsroom, type Newsroom} from './newsroom.ts'
import {quantile} from './timing.ts'
import {type BuiltLake, createWorkspace} from './workspace.ts'

/**
 * Measures what each optimisation of the lake is worth: servers that have one switched off take turns
 * with servers that have all, of which there are two, so that their difference shows the noise.
 */
const HELP = `Usage: node bench/lakeOptimisations.ts [options]

  --without NAMES    optimisations (see packages/lake/src/core/fast.ts), each switched off by itself;
                     joined by +, together; "everything" for all
  --figures NAMES    of: repeated, slug, front-page, while-writing, import, memory; all but the last two
                     unless given
  --pairs 9          rounds
  --size 10000       articles of the newsroom
  --keep FOLDER      keep the newsroom there for the next run
  --help

Prints the time without the optimisation divided by the time with it; for memory, the megabytes.`

const {values: options} = parseArgs({
  options: {
    without: {type: 'string', default: ''},
    figures: {type: 'string', default: 'repeated,slug,front-page,while-writing'},
    pairs: {type: 'string', default: '9'},
    size: {type: 'string', default: '10000'},
    keep: {type: 'string'},
    help: {type: 'boolean', default: false},
  },
})

const SLUG = '*[_type == "article" && slug.current == $slug][0]'
const MILLISECONDS = 700
const WARM_UP = 3000
const CONNECTIONS = 8
const PATHS_A_ROUND = 20_000
/** Milliseconds between two writes. */
const PAUSE = 20

/** Paths for one round. A parameter that no query reads makes a request new. */
type Paths = (newsroom: Newsroom, round: number) => readonly string[]

const now = (turn: number): string => new Date(Date.UTC(2030, 0, 1) + turn).toISOString()
const many = (round: number, path: (turn: number) => string): string[] =>
  Array.from({length: PATHS_A_ROUND}, (_, index) => path(round * PATHS_A_ROUND + index))

const PATHS: Readonly<Record<string, Paths>> = {
  repeated: () => [queryPath(library.frontPageQuery, {now: now(0)})],
  slug: (newsroom, round) =>
    many(round, (turn) =>
      queryPath(SLUG, {slug: newsroom.slug((turn * 7919) % newsroom.articles), turn}),
    ),
  'front-page': (_newsroom, round) =>
    many(round, (turn) => queryPath(library.frontPageQuery, {now: now(turn)})),
  'while-writing': (newsroom) =>
    Array.from({length: 50}, (_, article) => queryPath(SLUG, {slug: newsroom.slug(article)})),
}

interface Server {
  readonly without: string
  readonly lake: LakeServer
  readonly costs: number[]
}

const main = async (): Promise<void> => {
  const workspace = createWorkspace(options.keep)
  try {
    for (const figure of options.figures.split(',')) await measure(figure, workspace.folder)
  } finally {
    workspace.remove()
  }

  async function measure(figure: string, folder: string): Promise<void> {
    const sides = ['', '', ...options.without.split(',').filter((name) => name !== '')]
    const paths = PATHS[figure]
    if (paths) print(figure, await overHttp(folder, figure, paths, sides))
    else if (figure === 'import') print(figure, await importing(folder, sides))
    else if (figure === 'memory') {
      print(figure, await memory(folder, sides, await workspace.lake(Number(options.size))))
    } else throw new Error(`--figures: there is no "${figure}".`)
  }

  async function overHttp(
    folder: string,
    figure: string,
    paths: Paths,
    sides: readonly string[],
  ): Promise<readonly Side[]> {
    const {newsroom, dataDir} = await workspace.lake(Number(options.size))
    const servers: Server[] = []
    const copies = mkdtempSync(join(tmpdir(), 'copydesk-without-'))
    try {
      for (const [index, without] of sides.entries()) {
        const copy = join(copies, String(index))
        cpSync(dataDir, copy, {recursive: true})
        servers.push({without, lake: await startLakeServer(copy, undefined, without), costs: []})
      }
      const ask = async ({lake}: Server, round: number, milliseconds: number): Promise<number> => {
        const writes = figure === 'while-writing' ? writeInto(lake) : undefined
        const before = processorTime(lake.pid)
        const asked: LoadOptions = {
          port: lake.port,
          paths: paths(newsroom, round),
          connections: CONNECTIONS,
          milliseconds,
        }
        const {requests, failures} = await load(folder, asked)
        await writes?.stop()
        if (failures > 0) throw new Error(`${figure}: ${failures} requests failed`)
        return (processorTime(lake.pid) - before) / requests
      }
      for (const server of servers) await ask(server, 0, WARM_UP)
      for (let round = 1; round <= Number(options.pairs); round += 1) {
        const turns = round % 2 === 0 ? servers : servers.toReversed()
        for (const server of turns) server.costs.push(await ask(server, round, MILLISECONDS))
      }
      return servers
    } finally {
      for (const {lake} of servers) await lake.stop()
      rmSync(copies, {recursive: true, force: true})
    }
  }
}

/** Patches a document that no measured query concerns, until it is stopped. */
const writeInto = ({url, token}: LakeServer): {stop(): Promise<void>} => {
  const end = new AbortController()
  const write = async (): Promise<void> => {
    for (let count = 0; !end.signal.aborted; count += 1) {
      const mutations = [{createOrReplace: {_id: 'written', _type: 'note', count}}]
      await fetch(`${url}/v2025-02-19/data/mutate/production`, {
        method: 'POST',
        headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
        body: JSON.stringify({mutations}),
      })
      await setTimeout(PAUSE)
    }
  }
  const written = write()
  return {
    stop: () => {
      end.abort()
      return written
    },
  }
}

const importing = async (folder: string, sides: readonly string[]): Promise<readonly Side[]> => {
  const documents = [...createNewsroom(2500).documents()]
  const measured = sides.map((without) => ({without, costs: new Array<number>()}))
  for (let round = 0; round < Number(options.pairs); round += 1) {
    for (const {without, costs} of round % 2 === 0 ? measured : measured.toReversed()) {
      const dataDir = join(folder, `import-${round}`)
      costs.push((await importThroughClient(dataDir, documents, undefined, without)).time)
    }
  }
  return measured
}

const memory = async (
  folder: string,
  sides: readonly string[],
  {newsroom, dataDir}: BuiltLake,
): Promise<readonly Side[]> => {
  const measured = sides.map((without) => ({without, costs: new Array<number>()}))
  for (let round = 0; round < Number(options.pairs); round += 1) {
    for (const {without, costs} of measured) {
      const lake = await startLakeServer(dataDir, undefined, without)
      await useMemory(folder, lake, newsroom)
      costs.push(mostResident(lake.pid))
      await lake.stop()
    }
  }
  return measured
}

/** One kind of server, and what was measured in each round. */
type Side = Pick<Server, 'without' | 'costs'>

const print = (figure: string, [reference, ...others]: readonly Side[]): void => {
  for (const {without, costs} of others) {
    const ratios = costs.map((cost, round) => cost / (reference?.costs[round] ?? NaN))
    const [least = NaN, middle = NaN, most = NaN] = [0, 0.5, 1].map((share) =>
      quantile(ratios, share),
    )
    console.log(
      `${figure} | ${without || 'A/A'} | ${middle.toFixed(3)} (${least.toFixed(2)} to ${most.toFixed(2)})`,
    )
  }
}

if (options.help) console.log(HELP)
else await main()
