import {bundleOf, publishedId} from '../../core/ids.ts'
import type {StoreTransaction} from '../datasetStore.ts'
import type {Attributes} from '../documents/attributes.ts'
import type {Documents} from '../documents/documents.ts'
import type {History} from '../history/history.ts'
import type {IdLists} from '../indexes/idLists.ts'
import type {TokenIndex} from '../indexes/words/tokenIndex.ts'

export interface TransactionContext {
  readonly attributes: Attributes
  readonly documents: Documents
  readonly history: History
  readonly ids: IdLists
  readonly tokens: TokenIndex
  readonly nextSequence: number
  /** Told before a document changes, with the type that it is going to have. */
  onChange(id: string, type?: string): void
}

/** What the write room may do between begin and commit. */
export const createTransaction = ({
  attributes,
  documents,
  history,
  ids,
  tokens,
  nextSequence,
  onChange,
}: TransactionContext): StoreTransaction => {
  /** A draft hides the others of its group from some readers: these may be of another type. */
  const noteHidden = (id: string): void => {
    if (bundleOf(id) === undefined) return
    for (const other of ids.ofGroup(publishedId(id))) {
      if (other !== id) onChange(id, documents.find(other)?.document._type)
    }
  }
  return {
    nextSequence,
    lastTimestamp: history.lastTimestamp(),
    get: (id) => documents.find(id)?.document,
    has: documents.has,
    put(document) {
      onChange(document._id, document._type)
      attributes.add(document)
      noteHidden(document._id)
      const before = documents.put(document)
      if (before && before._type !== document._type) onChange(document._id, before._type)
    },
    indexWords: tokens.index,
    delete(id) {
      noteHidden(id)
      onChange(id, documents.delete(id)?._type)
    },
    attributesBeyond: attributes.excess,
    strongReferrers: ids.strongReferrers,
    idsWithPrefix: ids.withPrefix,
    idsOfGroup: ids.ofGroup,
    hasTransaction: history.has,
    deleteHistory: history.deleteDocument,
    record: history.record,
  }
}
