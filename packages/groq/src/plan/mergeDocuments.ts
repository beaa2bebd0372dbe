/** Merges ordered sequences of documents into one. */
import {compareText} from '../core/compareText.ts'
import type {StoredDocument} from '../core/document.ts'

/** The order in which index reads yield documents. */
export const byId = (a: StoredDocument, b: StoredDocument): number => compareText(a._id, b._id)

/** Several sequences of documents in one order as one in that order, each document once. */
export const mergeDocuments = (
  sequences: readonly Iterable<StoredDocument>[],
  compare: (a: StoredDocument, b: StoredDocument) => number,
): Iterable<StoredDocument> => {
  const [only] = sequences
  return only && sequences.length === 1 ? only : merge(sequences, compare)
}

function* merge(
  sequences: readonly Iterable<StoredDocument>[],
  compare: (a: StoredDocument, b: StoredDocument) => number,
): Generator<StoredDocument, void, undefined> {
  const iterators = sequences.map((items) => items[Symbol.iterator]())
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
