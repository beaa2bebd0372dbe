import type {StoredDocument} from '../core/document.ts'

/** Several runs of documents in one order as one run in that order, each document once. */
export const mergeRuns = (
  runs: readonly Iterable<StoredDocument>[],
  compare: (a: StoredDocument, b: StoredDocument) => number,
): Iterable<StoredDocument> => {
  const [only] = runs
  return only && runs.length === 1 ? only : merge(runs, compare)
}

function* merge(
  runs: readonly Iterable<StoredDocument>[],
  compare: (a: StoredDocument, b: StoredDocument) => number,
): Generator<StoredDocument, void, undefined> {
  const iterators = runs.map((run) => run[Symbol.iterator]())
  const heads = iterators.map((iterator) => iterator.next())
  try {
    for (;;) {
      let least: StoredDocument | undefined
      for (const {done, value} of heads) {
        if (!done && (!least || compare(value, least) < 0)) least = value
      }
      if (!least) return
      yield least
      for (const [index, head] of heads.entries()) {
        const iterator = iterators[index]
        if (iterator && !head.done && head.value._id === least._id) heads[index] = iterator.next()
      }
    }
  } finally {
    for (const iterator of iterators) iterator.return?.()
  }
}
