import type {Figure} from '../figure.ts'
import {
  type Load,
  load,
  processorTime,
  queryPath,
  startLakeServer,
  startRawServer,
} from '../load.ts'
import {quantile} from '../timing.ts'
import type {BuiltLake} from '../workspace.ts'

const SLUG_QUERY = '*[_type == "article" && slug.current == $slug][0]'
const ROUNDS = 5
const MILLISECONDS = 1500
/** Milliseconds of warm-up, so that all code is compiled. */
const WARM_UP = 10_000
const CONNECTIONS = 16
/**
 * Half of the slugs warm the server up, repeatedly; they are far more than its caches hold. The
 * rest are requested in the rounds.
 */
const UNSEEN_A_ROUND = 0.5 / ROUNDS

interface Served extends Load {
  /** Milliseconds of the server's processor time for one request. */
  readonly cost: number
}

/**
 * HTTP requests to the lake, against `node:http` sending the same bytes. Client and server share
 * the machine, so requests per second depend on the client too; the server's processor time, which
 * limits them, is the better figure.
 */
export const overHttp = async (
  folder: string,
  {newsroom, dataDir}: BuiltLake,
): Promise<readonly Figure[]> => {
  const lake = await startLakeServer(dataDir)
  const path = (article: number): string => queryPath(SLUG_QUERY, {slug: newsroom.slug(article)})
  const response = await fetch(`${lake.url}${path(1)}`)
  const raw = await startRawServer(folder, new Uint8Array(await response.arrayBuffer()))
  let next = 0
  /** Slugs that were not requested before. */
  const unseen = (share: number): string[] =>
    Array.from({length: Math.floor(newsroom.articles * share)}, () => path(next++))
  const rounds: {raw: Served; repeated: Served; unseen: Served}[] = []
  try {
    const measure = async (
      {port, pid}: {port: number; pid: number},
      paths: readonly string[],
      milliseconds = MILLISECONDS,
      repeats = paths.length === 1,
    ): Promise<Served> => {
      const before = processorTime(pid)
      const options = {
        port,
        paths,
        connections: CONNECTIONS,
        milliseconds,
        repeats,
      }
      const seen = await load(folder, options)
      return {...seen, cost: (processorTime(pid) - before) / seen.requests}
    }
    await measure(lake, unseen(0.5), WARM_UP, true)
    await measure(raw, [path(1)], WARM_UP)
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({
        raw: await measure(raw, [path(1)]),
        repeated: await measure(lake, [path(1)]),
        unseen: await measure(lake, unseen(UNSEEN_A_ROUND)),
      })
    }
  } finally {
    await raw.stop()
    await lake.stop()
  }
  const failures = rounds.flatMap((round) => Object.values(round)).some((one) => one.failures > 0)
  if (failures) throw new Error('some requests failed')
  const median = (ratio: (round: (typeof rounds)[number]) => number): number =>
    quantile(rounds.map(ratio), 0.5)
  const notes = (kind: 'repeated' | 'unseen'): string => {
    const [ours, theirs] = [kind, 'raw' as const].map((each) => ({
      rate: Math.round(median((round) => round[each].perSecond)).toLocaleString('en'),
      cost: (median((round) => round[each].cost) * 1000).toFixed(0),
    }))
    return `${ours?.cost} µs of processor a request (${ours?.rate}/s), node:http ${theirs?.cost} µs (${theirs?.rate}/s)`
  }
  return [
    {
      name: 'HTTP, repeated query, against node:http with the same bytes',
      value: median((round) => round.raw.cost / round.repeated.cost),
      unit: '×',
      target: {atLeast: 0.8},
      note: notes('repeated'),
    },
    {
      name: 'HTTP, never the same slug twice, against node:http with the same bytes',
      value: median((round) => round.raw.cost / round.unseen.cost),
      unit: '×',
      target: {atLeast: 0.4},
      note: notes('unseen'),
    },
  ]
}
