import type {JsonObject, StoredDocument} from './document.ts'

/**
 * One committed transaction: the unit that a mutate request becomes, that history keeps,
 * that listeners are told, and that every changed document's `_rev` names.
 */
export interface Commit {
  readonly dataset: string
  readonly transactionId: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  /** User id of whoever sent it. */
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
  /** The mutations of the transaction that concern this document alone, as they were sent. */
  readonly mutations: readonly JsonObject[]
}
