import type {Figure} from './figure.ts'
import type {QueryTime} from './figures/inProcess.ts'

/**
 * The target in microseconds, and the largest allowed ratio between the largest and the smallest
 * size.
 */
const TARGETS: ReadonlyMap<string, {readonly time: number; readonly growth: number}> = new Map([
  ['by slug', {time: 10, growth: 1.5}],
  ['front page', {time: 30, growth: 2}],
  ['topic page, small', {time: 150, growth: 2}],
  ['topic page, middle', {time: 150, growth: 2}],
  ['topic page, huge', {time: 150, growth: 2}],
])

/** Times in process at the largest size, and their growth from the smallest. */
export const growth = (
  times: readonly QueryTime[],
  sizes: readonly number[],
): readonly Figure[] => {
  const smallest = Math.min(...sizes)
  const largest = Math.max(...sizes)
  const queries = [...new Set(times.map(({query}) => query))]
  return queries.flatMap((query): Figure[] => {
    const at = (articles: number): QueryTime | undefined =>
      times.find((one) => one.query === query && one.articles === articles)
    const last = at(largest)
    const first = at(smallest)
    if (!last || !first) return []
    const target = TARGETS.get(query)
    const figure: Figure = {
      name: `${query}, ${largest.toLocaleString('en')} articles`,
      value: last.time,
      unit: 'µs',
      note: last.reads,
      ...(target && {target: {atMost: target.time}}),
    }
    if (smallest === largest || !target) return [figure]
    return [
      figure,
      {
        name: `${query}, ${largest.toLocaleString('en')} against ${smallest.toLocaleString('en')} articles`,
        value: last.time / first.time,
        unit: '×',
        target: {atMost: target.growth},
      },
    ]
  })
}
