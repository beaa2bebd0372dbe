/**
 * The store room keeps documents in SQLite, one file a dataset. This is its interface: what the
 * other rooms may do with an open dataset (read, change in one transaction, look into history).
 * `openDataset.ts` makes one. SQL is written in this room only.
 */
import type {DocumentSource} from '@copydesk/groq/engine'

import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import type {StoreMemory} from './check/checkMemory.ts'
import type {LastEdit} from './history/lastEdit.ts'
import type {RecentChanges} from './history/recentChanges.ts'
import type {History} from './history/storedHistory.ts'
import type {IndexUsage} from './indexes/indexUsage.ts'
import type {SourceOptions} from './sources.ts'

/**
 * One open dataset, on disk or in memory. Everything but `copyTo` is synchronous, so two
 * transactions never interleave. Every method throws a LakeError (503, or 507 on a full disk) when
 * the file cannot be read or written.
 */
export interface DatasetStore {
  readonly name: string
  /** Path of the SQLite file; undefined for a dataset in memory. */
  readonly file: string | undefined
  /**
   * Sequence number of the last commit, 0 for an empty dataset: the key of every cache over this
   * dataset. A commit of another process shows within a millisecond.
   */
  readonly revision: number
  /** The document with exactly this id (drafts and versions are documents of their own). */
  get(id: string): StoredDocument | undefined
  /**
   * Runs `work` in one SQLite transaction. When this returns, all of it is on the disk; when it
   * throws, none of it is.
   */
  transact<T>(work: (transaction: StoreTransaction) => T): T
  /**
   * Lets all calls of `transact` in `work` share one SQLite transaction and so one flush. Each is
   * still atomic: one that throws is undone and leaves the others. They are on the disk when this
   * returns; when it throws, all of them are undone, and their results must not be used.
   */
  together<T>(work: () => T): T
  /**
   * The dataset as queries see it. A source may be used until the store is closed. Inside
   * `transact` it shows what the transaction has written so far.
   */
  source(options: SourceOptions): DocumentSource
  /**
   * Runs `work` on one state of the dataset, whatever other processes write meanwhile. `work` may
   * run twice, so it must have no side effects.
   * @param spend Called with the cost of each read, in units of packages/groq/src/execution/budget.ts.
   *   An error it throws ends the work.
   */
  read<T>(work: () => T, spend?: (units: number) => void): T
  /** Checks now whether another process has written, for callers that cannot wait a millisecond. */
  catchUp(): void
  /** The ids of the published document, its draft and its versions; those that exist. */
  idsOfGroup(publishedId: string): string[]
  /** Whether a result read at a revision may have changed since: see `RecentChanges`. */
  readonly changedSince: RecentChanges['since']
  /** Which indexes readers used, and which they missed. */
  readonly indexUsage: IndexUsage
  /** Documents parsed since the dataset was opened. */
  readonly parsedDocuments: number
  /** Estimated bytes of parsed documents held. */
  readonly cachedBytes: number
  /** Past transactions and past states of documents; for reading. */
  readonly history: History
  /** Recognises an edit that its sender repeats because it got no response. */
  readonly lastEdit: LastEdit
  /** What `maintain` would do: only read, or write too; undefined when there is nothing to do. */
  nextMaintenance(): 'read' | 'write' | undefined
  /**
   * Works on the indexes for a few milliseconds: builds those that readers missed, updates the
   * token index. No query waits for this. Call it again while it returns true.
   * @param now Milliseconds since 1970.
   */
  maintain(now: number): boolean
  /**
   * Copies SQLite's log into the file if `maintain` has written much of it; keeps no writer waiting.
   */
  checkpoint(): void
  /** Reports an error of another thread that works on the file: the file may be damaged. */
  noteFault(error: unknown): void
  /** Copies one state of the dataset into a new file. */
  copyTo(file: string): Promise<void>
  /** Deletes from history all transactions before this sequence and the states before them. */
  trimHistory(before: number): void
  /** What this process holds in memory of the file; for checks. */
  memory(): StoreMemory
  close(): void
}

/** What `transact` may do. Reads see what the transaction has written so far. */
export interface StoreTransaction {
  /** The sequence that `record` will give to this transaction. */
  readonly nextSequence: number
  /** Time of the last recorded transaction (ISO 8601 in UTC); times in history never go back. */
  readonly lastTimestamp: string | undefined
  get(id: string): StoredDocument | undefined
  /** As `get(id) !== undefined`, without parsing. */
  has(id: string): boolean
  /** Inserts or replaces; maintains references, tokens, counters and keys. */
  put(document: StoredDocument): void
  /** Needed after a `put` without `record`: the token index reads from history what changed. */
  indexWords(document: StoredDocument): void
  delete(id: string): void
  /** Ids of documents with a strong reference to `id` (see documentReferences.ts), at most `limit`. */
  strongReferrers(id: string, limit: number): string[]
  /** Ids that begin with `prefix`: `drafts.` or `versions.<release>.`, or longer. In `_id` order. */
  idsWithPrefix(prefix: string): string[]
  /** The ids of the published document, its draft and its versions; those that exist. */
  idsOfGroup(publishedId: string): string[]
  /**
   * The number of unique attributes in the dataset (see attributes.ts), if the transaction adds some
   * and the number exceeds `limit`; otherwise undefined.
   */
  attributesBeyond(limit: number): number | undefined
  /** Whether a transaction with this id was recorded before. */
  hasTransaction(transactionId: string): boolean
  /** Deletes every recorded change of the document, for `purge`. */
  deleteHistory(id: string): void
  /**
   * Adds the transaction to history. Call it once, as the last step. History stores the bodies that
   * the documents had before.
   */
  record(commit: Commit): void
}
