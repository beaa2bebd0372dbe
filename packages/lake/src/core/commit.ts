/**
 * What one committed transaction changed: what a mutate request becomes, what history keeps, what
 * listeners are sent, and what the `_rev` of every changed document names.
 */
import type {JsonObject, StoredDocument} from './document.ts'

export interface Commit {
  readonly dataset: string
  readonly transactionId: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  /** Id of the user who sent it. */
  readonly author: string
  /** Position in the dataset's history, from 1 without gaps. */
  readonly sequence: number
  /** One entry a document, in the order the transaction first touched them. */
  readonly changes: readonly DocumentChange[]
}

export interface DocumentChange {
  readonly id: string
  /** The document before the transaction; null when it did not exist. */
  readonly before: StoredDocument | null
  /** The document after it; null when it was deleted. */
  readonly after: StoredDocument | null
  /** The transaction's mutations of this document, as they were sent. */
  readonly mutations: readonly JsonObject[]
}
