import {openDataset} from '../../packages/lake/src/store/openDataset.ts'
import {createAsk, warmUp} from '../asker.ts'
import {LIBRARY, type MeasuredQuery, PLAIN} from '../queries.ts'
import {interleave} from '../timing.ts'
import type {BuiltLake} from '../workspace.ts'

/** The time of one query in one size of newsroom. */
export interface QueryTime {
  readonly query: string
  readonly articles: number
  /** Microseconds, with plan and documents cached, without a cached result. */
  readonly time: number
  /** The indexes used and their numbers of candidates. */
  readonly reads: string
}

const MILLISECONDS = 400

/** Measures every query in this process; newsrooms of different sizes take turns. */
export const inProcess = (lakes: readonly BuiltLake[]): readonly QueryTime[] => {
  const open = lakes.map(({newsroom, file}) => {
    const store = openDataset({name: 'production', file, flushesCommits: false})
    return {newsroom, store, ask: createAsk(store)}
  })
  const times = [...PLAIN, ...LIBRARY].flatMap((query) => measure(query, open))
  for (const {store} of open) store.close()
  return times
}

const measure = (
  {name, text, params}: MeasuredQuery,
  open: readonly {
    readonly newsroom: BuiltLake['newsroom']
    readonly ask: ReturnType<typeof createAsk>
  }[],
): readonly QueryTime[] => {
  const calls = open.map(
    ({newsroom, ask}) =>
      (turn: number) =>
        ask(text, params(newsroom, turn)),
  )
  for (const call of calls) warmUp(call)
  const timed = interleave(calls, MILLISECONDS * open.length)
  return open.map(({newsroom}, index) => {
    const reads = calls[index]?.(0).report.reads() ?? []
    return {
      query: name,
      articles: newsroom.articles,
      time: timed[index]?.time ?? NaN,
      reads: reads.map(({access, candidates}) => `${access}: ${candidates}`).join('; '),
    }
  })
}
