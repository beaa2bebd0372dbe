import type {StoredDocument} from '../../document.ts'
import {compareText} from '../compare.ts'

/** Several runs of documents, each in `_id` order, as one, each document once. */
export function* mergeById(
  runs: readonly Iterable<StoredDocument>[],
): Generator<StoredDocument, void, undefined> {
  const iterators = runs.map((run) => run[Symbol.iterator]())
  const heads = iterators.map((iterator) => iterator.next())
  try {
    for (;;) {
      let least: StoredDocument | undefined
      for (const {done, value} of heads) {
        if (!done && (!least || compareText(value._id, least._id) < 0)) least = value
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
