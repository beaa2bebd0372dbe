/**
 * Edits the copied file of a dataset on a thread, before the copy is visible. Removing a document also
 * removes its index entries, so this may take long.
 */
import {LakeError, unavailable} from '../core/errors.ts'
import {MAX_WRITER_THREAD_MB} from '../core/limits.ts'
import {ownModule} from '../core/ownModule.ts'
import {startThread} from '../core/thread.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {fileFault} from '../store/file/storageFault.ts'
import {openDataset} from '../store/openDataset.ts'
import {removeReleases, renameAssets} from './copyDataset.ts'

const COPY_WORKER = ownModule('#copyWorker')

export interface CopyTask {
  readonly file: string
  /** Name of the copy, and of the dataset that it was copied from. */
  readonly name: string
  readonly from: string
  readonly projectId: string
  readonly skipHistory: boolean
  readonly skipReleases: boolean
}

export type CopyReply =
  | {readonly kind: 'done'}
  | Pick<LakeError, 'status' | 'message' | 'body' | 'headers'>

export const changeCopy = (task: CopyTask): CopyReply => {
  const {file, name, from, projectId, skipHistory, skipReleases} = task
  let store: DatasetStore | undefined
  try {
    store = openDataset({name, file})
    if (skipHistory) store.trimHistory(store.revision + 1)
    if (skipReleases) removeReleases(store)
    renameAssets(store, projectId, from)
    return {kind: 'done'}
  } catch (error) {
    const known = error instanceof LakeError ? error : fileFault(error)
    if (!known) throw error
    const {status, message, body, headers} = known
    return {status, message, body, headers}
  } finally {
    store?.close()
  }
}

/**
 * Runs `changeCopy` on a thread.
 * @throws LakeError 503 or 507 if the disk, the file or the thread fails.
 */
export const prepareCopy = async (task: CopyTask): Promise<void> => {
  const thread = startThread<CopyTask, CopyReply>({
    script: COPY_WORKER,
    data: {},
    mostMemoryMb: MAX_WRITER_THREAD_MB,
  })
  try {
    const reply = await thread.run(task)
    if ('kind' in reply) return
    throw new LakeError(reply.status, reply.message, reply.body, reply.headers)
  } catch (error) {
    if (error instanceof LakeError) throw error
    const message = 'The thread that prepares a copy has failed. Nothing was changed. Try again.'
    throw fileFault(error) ?? unavailable(message, error, 1)
  } finally {
    await thread.end()
  }
}
