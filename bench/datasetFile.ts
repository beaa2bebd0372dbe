import type {DocumentChange} from '../packages/lake/src/core/commit.ts'
import type {StoredDocument} from '../packages/lake/src/core/document.ts'
import type {DatasetStore} from '../packages/lake/src/store/datasetStore.ts'
import {openDataset} from '../packages/lake/src/store/openDataset.ts'
import type {Newsroom} from './newsroom.ts'

/** Writes a newsroom into a dataset file, as an import does, and returns the open store. */
const DOCUMENTS_A_TRANSACTION = 500

export const buildDataset = (newsroom: Newsroom, file: string): DatasetStore => {
  const store = openDataset({name: 'production', file, flushesCommits: false})
  let batch: StoredDocument[] = []
  for (const document of newsroom.documents()) {
    batch.push(document)
    if (batch.length < DOCUMENTS_A_TRANSACTION) continue
    write(store, batch)
    batch = []
  }
  write(store, batch)
  return store
}

const write = (store: DatasetStore, documents: readonly StoredDocument[]): void =>
  store.transact((transaction) => {
    const changes: DocumentChange[] = []
    for (const after of documents) {
      transaction.put(after)
      changes.push({id: after._id, before: null, after, mutations: []})
    }
    transaction.record({
      dataset: store.name,
      transactionId: `bench-${transaction.nextSequence}`,
      timestamp: '2021-02-14T12:31:00.000Z',
      author: 'bench',
      sequence: transaction.nextSequence,
      changes,
    })
  })
