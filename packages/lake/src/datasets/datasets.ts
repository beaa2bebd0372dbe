/**
 * The datasets room manages the datasets of a project: creates, empties, copies, deletes, snapshots and
 * checks them. This file is its entry; at most one operation on a name runs at a time.
 */
import {join} from 'node:path'

import type {DatasetRecord} from '../access/project.ts'
import {conflict, temporarilyUnavailable} from '../core/errors.ts'
import {MAX_DATASETS} from '../core/limits.ts'
import {openDataset} from '../store/openDataset.ts'
import {neededAssets} from './assetDocuments.ts'
import {copyDocuments, removeReleases, renameAssets} from './copyDataset.ts'
import type {Dataset} from './dataset.ts'
import {DATASET_FILE} from './datasetFolders.ts'
import {checkName, createDatasetRegistry, type DatasetRegistryOptions} from './datasetRegistry.ts'
import {prepareCopy} from './prepareCopy.ts'

export interface Datasets {
  /**
   * @throws LakeError 400 for an invalid name; 404 if there is no such dataset; 503 with Retry-After
   *   while it is being emptied, deleted or copied to, and when the lake is closing.
   */
  get(name: string): Dataset
  /**
   * Resolves when the operation on a name has ended, or after ten seconds; then call `get`.
   * Undefined if there is no operation.
   */
  settling(name: string): Promise<void> | undefined
  /** Like `get`, but waits for `settling` first. */
  ready(name: string): Dataset | Promise<Dataset>
  list(): readonly DatasetRecord[]
  /** The datasets that can be used now. */
  opened(): readonly Dataset[]
  /** @throws LakeError 409 if the name is taken; 503 during an operation on it. */
  create(wanted: NewDataset): DatasetRecord
  edit(name: string, changes: DatasetChanges): DatasetRecord
  remove(name: string): Promise<void>
  /**
   * Creates a dataset with the documents and assets of another one, and its history unless skipped
   * (datasets in memory copy none). It is visible only when it is complete.
   * @throws LakeError 409 if the name is taken, also by a copy in progress.
   */
  copy(from: string, to: string, options: CopyOptions): Promise<void>
  /**
   * Deletes the bytes of assets that have no document and no reference.
   * @param before Milliseconds since 1970. Bytes written since then are kept, and so are those whose
   *   document was deleted since then.
   * @param names Names of datasets; default all.
   * @returns The ids of the deleted assets.
   */
  sweepAssets(before: number, names?: readonly string[]): Promise<readonly string[]>
  /** Empties a dataset: no documents, no history, no assets. */
  reset(name: string): Promise<void>
  /**
   * Closes all datasets for good before it returns, and ends running operations.
   * @returns Resolves when they have ended.
   * @throws AggregateError with the errors; the other datasets are closed anyway.
   */
  close(): Promise<void>
}

export type NewDataset = Pick<DatasetRecord, 'name' | 'aclMode'> & Partial<DatasetRecord>
export interface CopyOptions {
  readonly skipHistory: boolean
  /** Leaves out releases and the versions in them. */
  readonly skipReleases: boolean
  /** User id of the caller. */
  readonly author: string
}

export type DatasetChanges = Partial<Pick<DatasetRecord, 'aclMode' | 'description'>>

export type DatasetsOptions = DatasetRegistryOptions

/** Opens all datasets of the project, and completes operations that a crash interrupted. */
export const openDatasets = (options: DatasetsOptions): Datasets => {
  const {project, projectId, isOnDisk, folders, assets, now, newId, onError} = options
  const registry = createDatasetRegistry(options)
  const {queue, list, find, recordOf, demandRunning, get, settling, open, shut} = registry

  /** Notes that each open dataset has a file, so that a missing file counts as damage from now on. */
  const noteFiles = (): void => {
    if (!isOnDisk || list().every(({name, hasFile}) => hasFile || !registry.isOpen(name))) return
    project.change((state) => ({
      ...state,
      datasets: state.datasets.map((record) => ({
        ...record,
        hasFile: record.hasFile || registry.isOpen(record.name),
      })),
    }))
  }

  /** Opens the dataset again if `work` fails. */
  const orReopen = <T>(name: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      open(name)
      throw error
    }
  }

  /** Deletes a folder that is no longer in use; what remains is deleted at the next start. */
  const discard = async (folder: string | null): Promise<void> => {
    if (folder !== null) await folders.discard(folder).catch(onError)
  }

  /** A finished folder with an empty dataset, or null in memory. */
  const buildEmpty = (name: string): string | null => {
    if (!isOnDisk) return null
    const built = folders.build(name)
    try {
      openDataset({name, file: join(built, DATASET_FILE)}).close()
      return folders.finish(built)
    } catch (error) {
      void discard(built)
      throw error
    }
  }

  /** @throws LakeError 400, 409 or 503 if no dataset of this name can be created. */
  const checkNew = (name: string): void => {
    demandRunning()
    checkName(name)
    const isTaken = list().some((record) => record.name.toLowerCase() === name.toLowerCase())
    const operation = queue.operation(name)
    if (operation === 'being deleted')
      throw temporarilyUnavailable(`The dataset "${name}" is ${operation}. Try again.`)
    // Some file systems ignore case: `News` and `news` are the same file.
    if (isTaken || operation !== undefined) throw conflict(`There is a dataset "${name}" already.`)
    requireRoom()
  }

  const requireRoom = (): void => {
    if (list().length < MAX_DATASETS) return
    throw conflict(`A lake has at most ${MAX_DATASETS} datasets. Delete one first.`)
  }

  /** Adds a finished dataset to the project and opens it. */
  const add = (wanted: NewDataset, finished: string | null): DatasetRecord => {
    const {name} = wanted
    const record: DatasetRecord = {
      description: null,
      addonFor: null,
      datasetProfile: null,
      hasFile: isOnDisk,
      createdAt: new Date(now()).toISOString(),
      ...wanted,
    }
    if (finished !== null && folders.exists(name)) {
      throw conflict(
        `There is a folder ${folders.of(name)} that belongs to no dataset. Move it away first.`,
      )
    }
    project.change((state) => ({...state, datasets: [...state.datasets, record]}))
    if (finished !== null) folders.place(finished, name)
    open(name)
    return record
  }

  const create = (wanted: NewDataset): DatasetRecord => {
    checkNew(wanted.name)
    const finished = buildEmpty(wanted.name)
    try {
      return add(wanted, finished)
    } catch (error) {
      if (find(wanted.name) === undefined) void discard(finished)
      throw error
    }
  }

  const remove = async (name: string): Promise<void> => {
    demandRunning()
    recordOf(name)
    await shut(name)
    const away = orReopen(name, () => folders.takeAway(name, 'deleted'))
    try {
      project.change((state) => ({
        ...state,
        datasets: state.datasets.filter((record) => record.name !== name),
      }))
    } catch (error) {
      if (away !== null) folders.place(away, name)
      open(name)
      throw error
    }
    await discard(away)
  }

  const reset = async (name: string): Promise<void> => {
    demandRunning()
    recordOf(name)
    const empty = buildEmpty(name)
    await shut(name)
    const away = orReopen(name, () => folders.takeAway(name, 'emptied'))
    if (empty !== null) folders.place(empty, name)
    open(name)
    await discard(away)
  }

  /** Copies the documents to a file that no other code uses yet. */
  const copyFile = async (
    source: Dataset,
    to: string,
    built: string,
    {skipHistory, skipReleases}: CopyOptions,
  ): Promise<void> => {
    const file = join(built, DATASET_FILE)
    await source.store.copyTo(file)
    const {name: from} = source
    await prepareCopy({file, name: to, from, projectId, skipHistory, skipReleases})
  }

  const copyInMemory = (source: Dataset, to: string, {skipReleases, author}: CopyOptions): void => {
    const {store} = get(to)
    const timestamp = new Date(now()).toISOString()
    copyDocuments(source, store, {transactionId: newId(), timestamp, author})
    if (skipReleases) removeReleases(store)
    renameAssets(store, projectId, source.name)
  }

  const copy = async (from: string, to: string, wishes: CopyOptions): Promise<void> => {
    const source = get(from)
    const {aclMode} = source.record()
    const built = folders.build(to)
    let finished = built
    try {
      if (isOnDisk) await copyFile(source, to, built, wishes)
      // After the documents, so that every asset they name exists.
      await assets.copyDataset(from, join(built, 'assets'))
      demandRunning()
      requireRoom()
      finished = folders.finish(built)
      add({name: to, aclMode}, finished)
    } catch (error) {
      if (find(to) === undefined) await discard(finished)
      throw error
    }
    if (!isOnDisk) copyInMemory(source, to, wishes)
  }

  for (const name of folders.recover((name) => find(name) !== undefined)) {
    project.change((state) => ({
      ...state,
      datasets: state.datasets.filter((record) => record.name !== name),
    }))
  }
  try {
    // Open all now, not on first request, because scheduled releases must be published.
    for (const {name} of list()) open(name)
    noteFiles()
  } catch (error) {
    void registry.closeAll()
    throw error
  }

  return {
    get,
    settling,
    ready: (name) => settling(name)?.then(() => get(name)) ?? get(name),
    list,
    opened: registry.opened,
    create,
    edit: (name, changes) => {
      demandRunning()
      const record = {...recordOf(name), ...changes}
      project.change((state) => ({
        ...state,
        datasets: state.datasets.map((old) => (old.name === name ? record : old)),
      }))
      return record
    },
    remove: async (name) => {
      demandRunning()
      recordOf(name)
      await queue.run(name, 'being deleted', () => remove(name))
    },
    reset: async (name) => {
      demandRunning()
      recordOf(name)
      await queue.run(name, 'being emptied', () => reset(name))
    },
    copy: async (from, to, wishes) => {
      checkNew(to)
      get(from)
      await queue.run(to, 'being copied to', () => copy(from, to, wishes), [from])
    },
    sweepAssets: async (before, wanted) => {
      const removed: string[] = []
      for (const {name, store} of registry.opened().values()) {
        if (wanted && !wanted.includes(name)) continue
        const isNeeded = neededAssets(store, new Date(before).toISOString())
        removed.push(...(await assets.sweep(name, isNeeded, before)))
      }
      return removed
    },
    close: async () => {
      const errors = await registry.closeAll()
      if (errors.length > 0) throw new AggregateError(errors, 'A dataset could not be closed.')
    },
  }
}
