/**
 * A read-only view of one state of a dataset, for work over many turns of the event loop (exports,
 * live events). Others write between two turns, and a reader of the live dataset would find a
 * document that moves, such as a draft being published, twice or not at all.
 */
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {MAX_SCAN_DOCUMENT_CACHE_BYTES, SCAN_PAGE_CACHE_BYTES} from '../core/limits.ts'
import type {DatasetStore} from './datasetStore.ts'
import {openDataset} from './openDataset.ts'

export interface FrozenDataset extends Pick<DatasetStore, 'source'> {
  close(): void
}

/**
 * Freezes the current state. A dataset in memory is copied to a temporary file first, and the state
 * is that at the end of the copy. Close the result: it holds a connection.
 */
export const freezeDataset = async ({name, file, copyTo}: DatasetStore): Promise<FrozenDataset> => {
  if (file !== undefined) return openFrozen(name, file)
  const folder = await mkdtemp(join(tmpdir(), `lake-frozen-${process.pid}-`))
  const remove = (): Promise<void> => rm(folder, {recursive: true, force: true})
  try {
    const copy = join(folder, 'documents.sqlite')
    await copyTo(copy)
    const {source, close} = openFrozen(name, copy)
    return {
      source,
      close: () => {
        close()
        // A leftover is harmless: it is in the system's temporary folder.
        void remove().catch(() => {})
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

const openFrozen = (name: string, file: string): FrozenDataset =>
  openDataset({
    name,
    file,
    frozen: true,
    documentCacheBytes: MAX_SCAN_DOCUMENT_CACHE_BYTES,
    pageCacheBytes: SCAN_PAGE_CACHE_BYTES,
  })
