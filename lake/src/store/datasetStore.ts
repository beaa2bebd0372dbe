import type {Commit} from '../commit.ts'
import type {StoredDocument} from '../document.ts'

/**
 * One dataset on disk (or in memory), as the rest of the lake sees it.
 * Everything is synchronous: a transaction never interleaves with another one.
 */
export interface DatasetStore {
  readonly name: string
  /** Sequence of the last commit: the key of every cache over this dataset. 0 when empty. */
  readonly revision: number
  /** The document with exactly this id (drafts and versions are documents of their own). */
  get(id: string): StoredDocument | undefined
  /** Runs `work` in one SQLite transaction: all of it is durable when this returns, or none. */
  transact<T>(work: (transaction: StoreTransaction) => T): T
  close(): void
}

/** The writing side. Reads see what the transaction has written so far. */
export interface StoreTransaction {
  /** The sequence that `record` will give to this transaction. */
  readonly nextSequence: number
  get(id: string): StoredDocument | undefined
  /** Inserts or replaces; maintains references, tokens, counters and keys. */
  put(document: StoredDocument): void
  delete(id: string): void
  /** Ids of documents with a strong reference (`_ref` without `_weak: true`) to `id`, at most `limit`. */
  strongReferrers(id: string, limit: number): string[]
  /** Whether a transaction with this id was recorded before. */
  hasTransaction(transactionId: string): boolean
  /** Adds the transaction to history: once, last. The previous bodies are what history stores. */
  record(commit: Commit): void
}
