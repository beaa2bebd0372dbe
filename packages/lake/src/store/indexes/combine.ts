import type {Posting, Run} from './values/runs.ts'

export type Compare = (a: Posting, b: Posting) => number

/** From so many runs on, reading all and sorting costs less than looking at every head each time. */
const MANY_RUNS = 16

/** Several ordered runs as one, in the same order. Postings that compare equal come once. */
export const combine = (runs: readonly Run[], compare: Compare): Run => {
  const [first] = runs
  if (!first) return []
  if (runs.length === 1) return first
  return runs.length < MANY_RUNS ? merge(runs, compare) : gather(runs, compare)
}

function* merge(runs: readonly Run[], compare: Compare): Generator<Posting> {
  const heads = runs.map((run) => {
    const iterator = run[Symbol.iterator]()
    return {iterator, next: iterator.next()}
  })
  for (;;) {
    let first: Posting | undefined
    for (const {next} of heads) {
      if (!next.done && (!first || compare(next.value, first) < 0)) first = next.value
    }
    if (!first) return
    yield first
    for (const head of heads) {
      if (!head.next.done && compare(head.next.value, first) === 0) head.next = head.iterator.next()
    }
  }
}

function* gather(runs: readonly Run[], compare: Compare): Generator<Posting> {
  const postings = runs.flatMap((run) => [...run]).toSorted(compare)
  let previous: Posting | undefined
  for (const posting of postings) {
    if (!previous || compare(previous, posting) !== 0) yield posting
    previous = posting
  }
}
