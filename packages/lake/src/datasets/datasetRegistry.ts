/**
 * Which names have an open dataset now, which could not be opened and why, and which have an operation
 * in progress. `datasets.ts` creates, empties, copies and deletes datasets through it.
 */
import {join} from 'node:path'
import {setImmediate} from 'node:timers/promises'

import type {DatasetRecord, ProjectFile} from '../access/project.ts'
import type {Assets} from '../assets/assets.ts'
import {badRequest, type LakeError, notFound, temporarilyUnavailable} from '../core/errors.ts'
import {isDatasetName} from '../core/ids.ts'
import {DATASET_WAIT} from '../core/limits.ts'
import {NewerFormatError} from '../store/file/schema.ts'
import {type Dataset, openLakeDataset, type OpenOptions} from './dataset.ts'
import {DATASET_FILE, type DatasetFolders} from './datasetFolders.ts'
import {createNameQueue, type NameQueue} from './nameQueue.ts'
import {
  requireDatasetFile,
  OPENED_AGAIN_AFTER,
  type UnavailableDataset,
  unavailableDatasetFor,
} from './unavailableDataset.ts'

export interface DatasetRegistry {
  /** Operations on names. */
  readonly queue: NameQueue
  list(): readonly DatasetRecord[]
  find(name: string): DatasetRecord | undefined
  /** @throws LakeError 400 for an invalid name; 404 if there is no such dataset. */
  recordOf(name: string): DatasetRecord
  /** @throws LakeError 503 when the lake is closing. */
  demandRunning(): void
  /** @throws LakeError 400, 404, or 503 with the reason if the dataset cannot be used now. */
  get(name: string): Dataset
  /** Resolves when no operation is left on the name, or after ten seconds; undefined if there is none. */
  settling(name: string): Promise<void> | undefined
  isOpen(name: string): boolean
  opened(): readonly Dataset[]
  /**
   * Opens a dataset of the project. If that fails, stores the reason for later requests.
   * @throws NewerFormatError if a newer lake has written the folder.
   */
  open(name: string): void
  /** Accepts no more requests at once; resolves when the dataset has closed. */
  shut(name: string): Promise<void>
  /** Closes all datasets for good before it returns. Resolves to the errors. */
  closeAll(): Promise<readonly unknown[]>
}

export interface DatasetRegistryOptions extends Omit<
  OpenOptions,
  'record' | 'file' | 'names' | 'existsElsewhere'
> {
  readonly project: ProjectFile
  /** Whether documents are in files, not only assets. */
  readonly isOnDisk: boolean
  readonly folders: DatasetFolders
  readonly assets: Assets
}

export const createDatasetRegistry = (options: DatasetRegistryOptions): DatasetRegistry => {
  const {project, projectId, isOnDisk, folders, assets, onError} = options
  const opened = new Map<string, Dataset>()
  const unavailable = new Map<string, UnavailableDataset>()
  const queue = createNameQueue()
  let isClosed = false
  const list = (): readonly DatasetRecord[] => project.read().datasets
  const find = (name: string): DatasetRecord | undefined =>
    list().find((dataset) => dataset.name === name)

  const demandRunning = (): void => {
    if (isClosed) throw temporarilyUnavailable('The lake is closing.')
  }

  const recordOf = (name: string): DatasetRecord => {
    const record = find(name)
    if (record !== undefined) return record
    checkName(name)
    throw notFound(`There is no dataset "${name}".`)
  }

  const whyNot = (name: string): LakeError => {
    demandRunning()
    const operation = queue.operation(name)
    if (operation !== undefined)
      return temporarilyUnavailable(`The dataset "${name}" is ${operation}. Try again.`)
    recordOf(name)
    return (
      unavailable.get(name)?.reason ?? temporarilyUnavailable(`The dataset "${name}" is not open.`)
    )
  }

  const get = (name: string): Dataset => {
    const dataset = opened.get(name) ?? reopened(name)
    if (dataset === undefined) throw whyNot(name)
    return dataset
  }

  /** Tries again to open a dataset that failed for lack of disk space, memory or open files. */
  const reopened = (name: string): Dataset | undefined => {
    const failed = unavailable.get(name)
    if (!failed || failed.isDamaged || queue.operation(name) !== undefined) return undefined
    if (performance.now() - failed.since < OPENED_AGAIN_AFTER) return undefined
    open(name)
    return opened.get(name)
  }

  const settling = (name: string): Promise<void> | undefined => {
    if (opened.has(name) || queue.operation(name) === undefined) return undefined
    const {promise, resolve} = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, DATASET_WAIT)
    timer.unref()
    return Promise.race([queue.idle(name), promise]).finally(() => clearTimeout(timer))
  }

  const open = (name: string): void => {
    if (isClosed) return
    unavailable.delete(name)
    try {
      opened.set(name, openOne(name))
    } catch (error) {
      // The whole folder needs a newer lake.
      if (error instanceof NewerFormatError) throw error
      markUnavailable(name, error)
    }
  }

  /** Stores why a dataset is unavailable; the others stay open. */
  const markUnavailable = (name: string, error: unknown): void => {
    unavailable.set(name, unavailableDatasetFor(name, fileOf(name), error))
    onError(error)
  }

  const fileOf = (name: string): string | null =>
    isOnDisk ? join(folders.of(name), DATASET_FILE) : null

  const openOne = (name: string): Dataset => {
    const record = (): DatasetRecord => recordOf(name)
    const file = fileOf(name)
    if (file !== null) requireDatasetFile(record(), file)
    let dataset: Dataset | undefined
    const onDamage = (damage: unknown): void => {
      // During opening, `open` catches the error itself.
      if (dataset === undefined || opened.get(name) !== dataset) return
      markUnavailable(name, damage)
      // Close after the code that found the damage has finished.
      const closed = async (): Promise<void> => {
        await setImmediate()
        await shut(name)
      }
      queue.run(name, 'being closed', closed).catch(onError)
    }
    dataset = openLakeDataset({
      ...options,
      record,
      file,
      names: () => list().map((each) => each.name),
      existsElsewhere: (reference) =>
        (reference.projectId !== undefined && reference.projectId !== projectId) ||
        (find(reference.dataset) !== undefined &&
          get(reference.dataset).store.get(reference.id) !== undefined),
      onDamage,
    })
    return dataset
  }

  /** Accepts no more requests at once; closing may take a little longer. */
  const shut = async (name: string): Promise<void> => {
    const dataset = opened.get(name)
    opened.delete(name)
    assets.forget(name)
    await dataset?.close()
  }

  return {
    queue,
    list,
    find,
    recordOf,
    demandRunning,
    get,
    settling,
    isOpen: (name) => opened.has(name),
    opened: () => [...opened.values()],
    open,
    shut,
    closeAll: async () => {
      isClosed = true
      const closing = [...opened.values()].map((dataset) => dataset.close())
      opened.clear()
      const ended = await Promise.allSettled(closing)
      await queue.allIdle()
      return ended.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []))
    },
  }
}

/** @throws LakeError 400 for a name that no dataset can have. */
export const checkName = (name: string): void => {
  if (isDatasetName(name)) return
  throw badRequest(
    `"${name}" cannot name a dataset: use 1 to 64 lower-case letters, digits, "_" and "-", ` +
      'beginning with a letter or a digit.',
  )
}
