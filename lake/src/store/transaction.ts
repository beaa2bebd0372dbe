import type {StoreTransaction} from './datasetStore.ts'
import type {Documents} from './documents.ts'
import type {History} from './history.ts'
import type {IdLists} from './idLists.ts'

export interface TransactionContext {
  readonly documents: Documents
  readonly history: History
  readonly ids: IdLists
  readonly nextSequence: number
  /** Told before a document changes. */
  onChange(id: string): void
}

/** What the write room may do between begin and commit. */
export const createTransaction = ({
  documents,
  history,
  ids,
  nextSequence,
  onChange,
}: TransactionContext): StoreTransaction => ({
  nextSequence,
  get: (id) => documents.find(id)?.document,
  has: documents.has,
  put(document) {
    onChange(document._id)
    documents.put(document)
  },
  delete(id) {
    onChange(id)
    documents.delete(id)
  },
  strongReferrers: ids.strongReferrers,
  idsWithPrefix: ids.withPrefix,
  idsOfGroup: ids.ofGroup,
  hasTransaction: history.has,
  deleteHistory: history.deleteDocument,
  record: history.record,
})
