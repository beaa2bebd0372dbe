/**
 * For tests that use the store: makes documents, commits them to a dataset, and finishes all
 * maintenance.
 */
import type {Commit, DocumentChange} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import type {DatasetStore} from './datasetStore.ts'

/** A document with the fields that every stored document has. */
export const testDocument = (id: string, fields: Record<string, unknown> = {}): StoredDocument =>
  JSON.parse(
    JSON.stringify({
      _id: id,
      _type: 'article',
      _rev: 'r1',
      _createdAt: '2021-02-14T12:31:00Z',
      _updatedAt: '2021-02-14T12:31:00Z',
      ...fields,
    }),
  )

export interface TestTransaction {
  readonly put?: readonly StoredDocument[]
  readonly delete?: readonly string[]
  readonly timestamp?: string
  readonly author?: string
}

/** Commits one transaction, recorded as the write room records them. */
export const commit = (
  store: DatasetStore,
  transactionId: string,
  {
    put = [],
    delete: deleted = [],
    timestamp = '2021-02-14T12:31:00Z',
    author = 'tester',
  }: TestTransaction,
): Commit =>
  store.transact((transaction) => {
    const changes: DocumentChange[] = []
    const add = (id: string, after: StoredDocument | null): void => {
      changes.push({id, before: transaction.get(id) ?? null, after, mutations: []})
    }
    for (const document of put) {
      add(document._id, document)
      transaction.put(document)
    }
    for (const id of deleted) {
      add(id, null)
      transaction.delete(id)
    }
    const recorded: Commit = {
      dataset: store.name,
      transactionId,
      timestamp,
      author,
      sequence: transaction.nextSequence,
      changes,
    }
    transaction.record(recorded)
    return recorded
  })

/** Runs maintenance until nothing is left to do. */
export const settle = (store: DatasetStore, now = 0): void => {
  while (store.maintain(now));
}
