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
import {demandFile, OPENED_AGAIN_AFTER, type Unopened, unopenedFor} from './unopened.ts'

/**
 * Which names have an open dataset now, which could not be opened and why, and which have something
 * done to them. `datasets.ts` makes, empties, copies and deletes datasets by it.
 */
export interface OpenNames {
  /** What is being done to names. */
  readonly queue: NameQueue
  list(): readonly DatasetRecord[]
  find(name: string): DatasetRecord | undefined
  /** @throws 400 for an impossible name, 404 when there is no such dataset. */
  recordOf(name: string): DatasetRecord
  /** @throws 503 when the lake is closing. */
  demandRunning(): void
  /** @throws 400, 404, or 503 with the reason when the dataset cannot be used now. */
  get(name: string): Dataset
  /** Resolves when nothing is done to the name any more, or after ten seconds; undefined at once. */
  settling(name: string): Promise<void> | undefined
  isOpen(name: string): boolean
  opened(): readonly Dataset[]
  /**
   * Opens what the project lists. What cannot be opened is put aside with its reason.
   * @throws NewerFormatError: a newer lake's folder is for a newer lake.
   */
  open(name: string): void
  /** Lets nothing more in at once; resolves when what was open has ended. */
  shut(name: string): Promise<void>
  /** Closes all for good before this returns. Resolves to what went wrong. */
  closeAll(): Promise<readonly unknown[]>
}

export interface OpenNamesOptions extends Omit<
  OpenOptions,
  'record' | 'file' | 'names' | 'existsElsewhere'
> {
  readonly project: ProjectFile
  /** Whether documents are in files too, not only assets. */
  readonly isOnDisk: boolean
  readonly folders: DatasetFolders
  readonly assets: Assets
}

export const createOpenNames = (options: OpenNamesOptions): OpenNames => {
  const {project, projectId, isOnDisk, folders, assets, onError} = options
  const opened = new Map<string, Dataset>()
  const unopened = new Map<string, Unopened>()
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
    const doing = queue.doing(name)
    if (doing !== undefined)
      return temporarilyUnavailable(`The dataset "${name}" is ${doing}. Ask again.`)
    recordOf(name)
    return (
      unopened.get(name)?.reason ?? temporarilyUnavailable(`The dataset "${name}" is not open.`)
    )
  }

  const get = (name: string): Dataset => {
    const dataset = opened.get(name) ?? reopened(name)
    if (dataset === undefined) throw whyNot(name)
    return dataset
  }

  /** What could not be opened for want of space or of files is tried again now and then. */
  const reopened = (name: string): Dataset | undefined => {
    const failed = unopened.get(name)
    if (!failed || failed.isDamaged || queue.doing(name) !== undefined) return undefined
    if (performance.now() - failed.since < OPENED_AGAIN_AFTER) return undefined
    open(name)
    return opened.get(name)
  }

  const settling = (name: string): Promise<void> | undefined => {
    if (opened.has(name) || queue.doing(name) === undefined) return undefined
    const {promise, resolve} = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, DATASET_WAIT)
    timer.unref()
    return Promise.race([queue.idle(name), promise]).finally(() => clearTimeout(timer))
  }

  const open = (name: string): void => {
    if (isClosed) return
    unopened.delete(name)
    try {
      opened.set(name, openOne(name))
    } catch (error) {
      // A newer lake's folder is for a newer lake.
      if (error instanceof NewerFormatError) throw error
      putAside(name, error)
    }
  }

  /** The others go on without it. */
  const putAside = (name: string, error: unknown): void => {
    unopened.set(name, unopenedFor(name, fileOf(name), error))
    onError(error)
  }

  const fileOf = (name: string): string | null =>
    isOnDisk ? join(folders.of(name), DATASET_FILE) : null

  const openOne = (name: string): Dataset => {
    const record = (): DatasetRecord => recordOf(name)
    const file = fileOf(name)
    if (file !== null) demandFile(record(), file)
    let dataset: Dataset | undefined
    const onDamage = (damage: unknown): void => {
      // While it is being opened, `open` hears of it itself.
      if (dataset === undefined || opened.get(name) !== dataset) return
      putAside(name, damage)
      // When whoever met the damage has done.
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

  /** Lets nothing more in at once; what was open may take a little to end. */
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

/** @throws 400 for a name that no dataset can have. */
export const checkName = (name: string): void => {
  if (isDatasetName(name)) return
  throw badRequest(
    `"${name}" cannot name a dataset: use 1 to 64 lower-case letters, digits, "_" and "-", ` +
      'beginning with a letter or a digit.',
  )
}
