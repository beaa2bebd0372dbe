import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {MAX_SCAN_DOCUMENT_CACHE_BYTES, SCAN_PAGE_CACHE_BYTES} from '../../core/limits.ts'
import type {DatasetStore} from '../datasetStore.ts'
import {openDataset} from '../openDataset.ts'

/**
 * One state of a dataset, for work that takes many turns of the event loop: between two of them
 * others write, and a reader of the live dataset would find a document that moves (a draft that is
 * published) in both places or in none.
 */
export interface FrozenDataset extends Pick<DatasetStore, 'source'> {
  close(): void
}

/** @returns The state that the dataset has at this call; in memory at the end of it. */
export const freeze = async ({name, file, copyTo}: DatasetStore): Promise<FrozenDataset> => {
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
        // What stays is in the folder for temporary files.
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
