/**
 * What the write room may do in a store transaction, between begin and commit. Each change is also
 * noted for the caches.
 */
import {bundleOf, publishedId} from '../core/ids.ts'
import type {StoreTransaction} from './datasetStore.ts'
import type {Attributes} from './documents/attributes.ts'
import type {DocumentTable} from './documents/documentTable.ts'
import type {History} from './history/storedHistory.ts'
import type {RelatedIds} from './indexes/relatedIds.ts'
import type {TokenIndex} from './indexes/tokenIndex.ts'

export interface TransactionContext {
  readonly attributes: Attributes
  readonly documents: DocumentTable
  readonly history: History
  readonly ids: RelatedIds
  readonly tokens: TokenIndex
  readonly nextSequence: number
  /** Called before a document changes, with its new type. */
  onChange(id: string, type?: string): void
}

export const createTransaction = ({
  attributes,
  documents,
  history,
  ids,
  tokens,
  nextSequence,
  onChange,
}: TransactionContext): StoreTransaction => {
  /** A draft hides other documents of its group, whose types may differ: note these types too. */
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
