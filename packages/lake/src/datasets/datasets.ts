import {join} from 'node:path'

import type {DatasetRecord} from '../access/project.ts'
import {conflict, temporarilyUnavailable} from '../core/errors.ts'
import {MAX_DATASETS} from '../core/limits.ts'
import {openDataset} from '../store/openDataset.ts'
import {copyDocuments, removeReleases, renameAssets} from './copyDataset.ts'
import type {Dataset} from './dataset.ts'
import {DATASET_FILE} from './datasetFolders.ts'
import {neededAssets} from './neededAssets.ts'
import {checkName, createOpenNames, type OpenNamesOptions} from './openNames.ts'
import {prepareCopy} from './prepareCopy.ts'

/** The datasets of a project. A name has one dataset at a time, or something is done to it. */
export interface Datasets {
  /**
   * @throws 400 for an impossible name, 404 when there is no such dataset, 503 with Retry-After
   *   while it is being emptied, deleted or copied to, and when the lake is closing.
   */
  get(name: string): Dataset
  /**
   * Whether something is being done to a name: resolves when it is over, or after ten seconds;
   * `get` says then what came of it. Undefined, at no cost, where nothing is.
   */
  settling(name: string): Promise<void> | undefined
  /** As `get`, after `settling`. */
  ready(name: string): Dataset | Promise<Dataset>
  list(): readonly DatasetRecord[]
  /** The datasets that can be used now. */
  opened(): readonly Dataset[]
  /** @throws 409 when the name is taken, 503 while something is done to it. */
  create(wanted: NewDataset): DatasetRecord
  edit(name: string, changes: DatasetChanges): DatasetRecord
  remove(name: string): Promise<void>
  /**
   * Makes a dataset with the documents and assets of another one, and with its history unless
   * that is left out. In memory there is none to copy. Nobody sees it before it is whole.
   * @throws 409 when the name is taken, also by another copy that is being made.
   */
  copy(from: string, to: string, options: CopyOptions): Promise<void>
  /**
   * Removes the bytes of assets that no document stands for or refers to.
   * @param before Milliseconds since 1970: bytes stay that were written since, and those of assets
   *   whose document was deleted since.
   * @param names Of datasets; all of them unless given.
   * @returns The ids of the assets.
   */
  sweepAssets(before: number, names?: readonly string[]): Promise<readonly string[]>
  /** Empties a dataset: no documents, no history, no assets. */
  reset(name: string): Promise<void>
  /**
   * Closes all of them for good before this returns, and ends what is being done to names.
   * @returns Resolved when that is over.
   * @throws AggregateError with what went wrong; the others are closed all the same.
   */
  close(): Promise<void>
}

export type NewDataset = Pick<DatasetRecord, 'name' | 'aclMode'> & Partial<DatasetRecord>
export interface CopyOptions {
  readonly skipHistory: boolean
  /** Leaves out releases and the versions in them. */
  readonly skipReleases: boolean
  /** User id of whoever copies. */
  readonly author: string
}

export type DatasetChanges = Partial<Pick<DatasetRecord, 'aclMode' | 'description'>>

export type DatasetsOptions = OpenNamesOptions

/** Opens all datasets of the project, and finishes what an earlier process began. */
export const openDatasets = (options: DatasetsOptions): Datasets => {
  const {project, projectId, isOnDisk, folders, assets, now, newId, onError} = options
  const names = createOpenNames(options)
  const {queue, list, find, recordOf, demandRunning, get, settling, open, shut} = names

  /** From now on it is damage when a file is gone: earlier lakes did not note this. */
  const noteFiles = (): void => {
    if (!isOnDisk || list().every(({name, hasFile}) => hasFile || !names.isOpen(name))) return
    project.change((state) => ({
      ...state,
      datasets: state.datasets.map((record) => ({
        ...record,
        hasFile: record.hasFile || names.isOpen(record.name),
      })),
    }))
  }

  /** What cannot be done leaves the dataset as it was. */
  const orReopen = <T>(name: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      open(name)
      throw error
    }
  }

  /** Gone for whoever asks; the bytes follow, now or when a lake starts. */
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

  /** @throws 400, 409, 503 when there can be no new dataset of this name. */
  const checkNew = (name: string): void => {
    demandRunning()
    checkName(name)
    const isTaken = list().some((record) => record.name.toLowerCase() === name.toLowerCase())
    const doing = queue.doing(name)
    if (doing === 'being deleted')
      throw temporarilyUnavailable(`The dataset "${name}" is ${doing}. Ask again.`)
    // Some file systems do not tell `News` from `news`.
    if (isTaken || doing !== undefined) throw conflict(`There is a dataset "${name}" already.`)
    requireRoom()
  }

  const requireRoom = (): void => {
    if (list().length < MAX_DATASETS) return
    throw conflict(`A lake holds ${MAX_DATASETS} datasets, not more.`)
  }

  /** Gives the project a dataset that is whole, and opens it. */
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

  /** The documents of a copy, made ready in a file that nobody else knows. */
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
      // After the documents: every asset that a document names is there by then.
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
    // All at once, not when first asked for: their scheduled releases wait for no request.
    for (const {name} of list()) open(name)
    noteFiles()
  } catch (error) {
    void names.closeAll()
    throw error
  }

  return {
    get,
    settling,
    ready: (name) => settling(name)?.then(() => get(name)) ?? get(name),
    list,
    opened: names.opened,
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
      for (const {name, store} of names.opened().values()) {
        if (wanted && !wanted.includes(name)) continue
        const isNeeded = neededAssets(store, new Date(before).toISOString())
        removed.push(...(await assets.sweep(name, isNeeded, before)))
      }
      return removed
    },
    close: async () => {
      const errors = await names.closeAll()
      if (errors.length > 0) throw new AggregateError(errors, 'A dataset could not be closed.')
    },
  }
}
