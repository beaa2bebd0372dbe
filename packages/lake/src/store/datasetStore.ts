import type {DocumentSource} from '@copydesk/groq/engine'

import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import type {StoreMemory} from './check/checkMemory.ts'
import type {History} from './history/history.ts'
import type {LastEdit} from './history/lastEdit.ts'
import type {RecentChanges} from './history/recentChanges.ts'
import type {Demand} from './indexes/demand.ts'
import type {SourceOptions} from './sources.ts'

/**
 * One dataset on disk (or in memory), as the rest of the lake sees it.
 * Everything is synchronous: a transaction never interleaves with another one.
 */
export interface DatasetStore {
  readonly name: string
  /** Undefined in memory. */
  readonly file: string | undefined
  /**
   * Sequence of the last commit: the key of every cache over this dataset; 0 when empty. What
   * another process has committed shows within a millisecond.
   */
  readonly revision: number
  /** The document with exactly this id (drafts and versions are documents of their own). */
  get(id: string): StoredDocument | undefined
  /** Runs `work` in one SQLite transaction: all of it is durable when this returns, or none. */
  transact<T>(work: (transaction: StoreTransaction) => T): T
  /**
   * The dataset as queries see it. A source stays good for as long as the store is open. Inside
   * `transact` it shows what the transaction has written so far.
   */
  source(options: SourceOptions): DocumentSource
  /**
   * Runs `work` on one state of the dataset, whatever other processes write meanwhile. It may be
   * run twice, so it has no effects but its result.
   * @param spend Told what is read, before it is or at once after, in the units of packages/groq/src/execution/budget.ts;
   *   what it throws ends the work.
   */
  read<T>(work: () => T, spend?: (units: number) => void): T
  /** Looks at once whether others have written, where a millisecond is too late. */
  catchUp(): void
  /** The published document's id, its draft's and its versions', as far as they exist. */
  idsOfGroup(publishedId: string): string[]
  /** Whether an answer that was read at a revision may have changed since: see `RecentChanges`. */
  readonly changedSince: RecentChanges['since']
  /** Indexes that readers used and missed. */
  readonly demand: Demand
  /** Documents parsed since the dataset was opened. */
  readonly parsedDocuments: number
  /** Estimated bytes of parsed documents held. */
  readonly cachedBytes: number
  /** Past transactions and past states of documents; for reading. */
  readonly history: History
  /** What a sender that got no answer sends again. */
  readonly lastEdit: LastEdit
  /** Whether `maintain` has anything to do. */
  isMaintenanceDue(): boolean
  /**
   * Does a few milliseconds of the work that keeps queries fast and that no answer waits for:
   * indexes that readers missed, the token index. Call it again while it returns true.
   * @param now Milliseconds since 1970.
   */
  maintain(now: number): boolean
  /** Another thread that works on the file has failed so: it may be damaged. */
  noteFault(error: unknown): void
  /** Copies the dataset, as it is at one moment, into a new file. */
  copyTo(file: string): Promise<void>
  /** Forgets transactions before this sequence, and the states that documents had before it. */
  trimHistory(before: number): void
  /** What this process remembers of the file; for checks. */
  memory(): StoreMemory
  close(): void
}

/** The writing side. Reads see what the transaction has written so far. */
export interface StoreTransaction {
  /** The sequence that `record` will give to this transaction. */
  readonly nextSequence: number
  /** When the last transaction was recorded (ISO 8601 in UTC): none is recorded before it. */
  readonly lastTimestamp: string | undefined
  get(id: string): StoredDocument | undefined
  /** As `get(id) !== undefined`, without parsing. */
  has(id: string): boolean
  /** Inserts or replaces; maintains references, tokens, counters and keys. */
  put(document: StoredDocument): void
  /** Needed after a `put` that is not recorded: the word index learns of changes from history. */
  indexWords(document: StoredDocument): void
  delete(id: string): void
  /** Ids of documents with a strong reference (`isStrong` in references.ts) to `id`, at most `limit`. */
  strongReferrers(id: string, limit: number): string[]
  /** Ids that begin with `drafts.` or `versions.<release>.` (and possibly more), in `_id` order. */
  idsWithPrefix(prefix: string): string[]
  /** The published document's id, its draft's and its versions', as far as they exist. */
  idsOfGroup(publishedId: string): string[]
  /**
   * How many unique attributes (see attributes.ts) the dataset has, if the transaction adds some
   * and they are more than `limit`.
   */
  attributesBeyond(limit: number): number | undefined
  /** Whether a transaction with this id was recorded before. */
  hasTransaction(transactionId: string): boolean
  /** Forgets every recorded change of the document: what `purge` asks for. */
  deleteHistory(id: string): void
  /** Adds the transaction to history: once, last. The previous bodies are what history stores. */
  record(commit: Commit): void
}
