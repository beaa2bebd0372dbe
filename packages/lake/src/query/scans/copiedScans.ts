import {rmSync} from 'node:fs'
import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {DatasetStore} from '../../store/datasetStore.ts'
import {type ScanPool, createScanPool} from './scanPool.ts'

/**
 * Long queries over a dataset in memory, which no other thread can read: it is copied into a
 * temporary file, and the scan threads read that. The copy serves until the dataset changes.
 */
export type CopiedScans = Pick<ScanPool, 'query' | 'close'>

interface Copy {
  /** Of the dataset when the copy began: it holds at least what was committed by then. */
  readonly revision: number
  readonly folder: string
  readonly pool: ScanPool
  /** Queries that are reading it. */
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
      // Whoever asks next tries again.
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
    async query(question, expected, client) {
      const copy = await upToDate()
      copy.readers += 1
      try {
        // A closed pool says so itself.
        if (isClosed) void copy.pool.close()
        return await copy.pool.query(question, expected, client)
      } finally {
        copy.readers -= 1
        if (copy.readers === 0 && (isClosed || copy.revision !== current?.revision)) {
          void discard(copy)
        }
      }
    },
    async close() {
      isClosed = true
      // Whoever waits for a copy that is being made gets the store's refusal, or the pool's.
      await Promise.all([...copies].map(discard))
    },
  }
}

/** At once, for the process may be about to end. */
const remove = (folder: string): void => rmSync(folder, {recursive: true, force: true})
