import type {Figure} from '../figure.ts'
import {load, loadOf, queryPath, startLakeServer, startLoad} from '../load.ts'
import {quantile} from '../timing.ts'
import type {BuiltLake} from '../workspace.ts'

const SLUG_QUERY = '*[_type == "article" && slug.current == $slug][0]'
/** No index can help, so every document must be read. */
const SCAN = 'count(*[length(body[0].children[0].text) > $length])'
const ROUNDS = 3
const MILLISECONDS = 4000

/** The effect of one client that scans all the time on the others. */
export const scanning = async (
  folder: string,
  {newsroom, dataDir}: BuiltLake,
): Promise<readonly Figure[]> => {
  const lake = await startLakeServer(dataDir)
  const slugs = Array.from({length: 2000}, (_, article) =>
    queryPath(SLUG_QUERY, {slug: newsroom.slug(article)}),
  )
  // Different parameters each time, so that no result is cached.
  let length = 0
  const scans = (): string[] =>
    Array.from({length: 200}, () => queryPath(SCAN, {length: (length += 1)}))
  const {port} = lake
  const bySlug = {port, paths: slugs, connections: 1, milliseconds: MILLISECONDS}
  const ratios: number[] = []
  const alone: number[] = []
  const beside: number[] = []
  try {
    await load(folder, bySlug)
    for (let round = 0; round < ROUNDS; round += 1) {
      const quiet = await load(folder, bySlug)
      const scanner = startLoad(folder, {
        port,
        paths: scans(),
        connections: 1,
        milliseconds: MILLISECONDS + 2000,
      })
      const busy = await load(folder, bySlug)
      const scanned = loadOf(await scanner.next())
      if (scanned.failures + busy.failures > 0) throw new Error('some requests failed')
      ratios.push(busy.p99 / quiet.p99)
      alone.push(quiet.p99)
      beside.push(busy.p99)
    }
  } finally {
    await lake.stop()
  }
  return [
    {
      name: `p99 of by-slug beside a client that scans ${newsroom.articles.toLocaleString('en')} articles, against its p99 alone`,
      value: quantile(ratios, 0.5),
      unit: '×',
      target: {atMost: 10},
      note: `${milliseconds(alone)} ms alone, ${milliseconds(beside)} ms beside`,
    },
  ]
}

const milliseconds = (values: readonly number[]): string => quantile(values, 0.5).toFixed(2)
