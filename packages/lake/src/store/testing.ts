import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Commit, DocumentChange} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import type {DatasetStore} from './datasetStore.ts'

/** Documents and transactions for the tests of this room and of `query/`. */
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

/** Does all the maintenance there is to do. */
export const settle = (store: DatasetStore, now = 0): void => {
  while (store.maintain(now));
}

export interface SmallDisk {
  readonly folder: string
  remove(): void
}

/** A file system of 12 MB, where this process may mount one; undefined elsewhere. */
export const mountSmallDisk = (): SmallDisk | undefined => {
  if (process.platform !== 'linux') return undefined
  const folder = mkdtempSync(join(tmpdir(), 'lake-small-disk-'))
  const {status} = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder])
  const remove = (): void => {
    if (status === 0) spawnSync('umount', [folder])
    rmSync(folder, {recursive: true, force: true})
  }
  if (status === 0) return {folder, remove}
  remove()
  return undefined
}
