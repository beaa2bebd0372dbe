/**
 * Runs long queries over a dataset in memory, which no other thread can read: copies it to a temporary
 * file for the scan threads. The copy is used until the dataset changes.
 */
import {rmSync} from 'node:fs'
import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {DatasetStore} from '../../store/datasetStore.ts'
import {type ScanPool, createScanPool} from './scanPool.ts'

export type CopiedScans = Pick<ScanPool, 'query' | 'close'>

interface Copy {
  /** Revision of the dataset when the copy began; the copy contains at least that. */
  readonly revision: number
  readonly folder: string
  readonly pool: ScanPool
  /** Number of queries that are reading it. */
  readers: number
}

export const createCopiedScans = (store: DatasetStore): CopiedScans => {
  let current: {readonly revision: number; readonly copy: Promise<Copy>} | undefined
  const copies = new Set<Copy>()
  let isClosed = false

  const make = async (revision: number): Promise<Copy> => {
    const folder = await mkdtemp(join(tmpdir(), `lake-scan-${process.pid}-`))
    try {
      const file = join(folder, 'documents.sqlite')
      await store.copyTo(file)
      const pool = createScanPool({name: store.name, file})
      const copy: Copy = {revision, folder, pool, readers: 0}
      copies.add(copy)
      return copy
    } catch (error) {
      remove(folder)
      throw error
    }
  }

  const upToDate = (): Promise<Copy> => {
    const {revision} = store
    if (current?.revision !== revision) {
      for (const old of copies) if (old.readers === 0) void discard(old)
      const copy = make(revision)
      current = {revision, copy}
      // The next query tries again.
      copy.catch(() => void (current = undefined))
    }
    return current.copy
  }

  const discard = async (copy: Copy): Promise<void> => {
    copies.delete(copy)
    const ended = copy.pool.close()
    remove(copy.folder)
    await ended
  }

  return {
    async query(task, expected, client) {
      const copy = await upToDate()
      copy.readers += 1
      try {
        // A closed pool throws the right error.
        if (isClosed) void copy.pool.close()
        return await copy.pool.query(task, expected, client)
      } finally {
        copy.readers -= 1
        if (copy.readers === 0 && (isClosed || copy.revision !== current?.revision)) {
          void discard(copy)
        }
      }
    },
    async close() {
      isClosed = true
      // Queries that wait for a copy fail with the error of the store or the pool.
      await Promise.all([...copies].map(discard))
    },
  }
}

/** Synchronous, because the process may be about to end. */
const remove = (folder: string): void => rmSync(folder, {recursive: true, force: true})
