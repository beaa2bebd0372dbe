import {join} from 'node:path'
import {setImmediate} from 'node:timers/promises'

import type {DatasetRecord, ProjectFile} from '../access/project.ts'
import type {Assets} from '../assets/assets.ts'
import {badRequest, conflict, type LakeError, notFound, temporarilyUnavailable} from '../errors.ts'
import {isDatasetName} from '../ids.ts'
import {DATASET_WAIT, MAX_DATASETS} from '../limits.ts'
import {openDataset} from '../store/openDataset.ts'
import {NewerFormatError} from '../store/schema.ts'
import {copyDocuments, removeReleases, renameAssets} from './copyDataset.ts'
import {type Dataset, openLakeDataset, type OpenOptions} from './dataset.ts'
import {DATASET_FILE, type DatasetFolders} from './datasetFolders.ts'
import {createNameQueue} from './nameQueue.ts'
import {neededAssets} from './neededAssets.ts'
import {prepareCopy} from './prepareCopy.ts'
import {demandFile, OPENED_AGAIN_AFTER, type Unopened, unopenedFor} from './unopened.ts'

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

export interface DatasetsOptions extends Omit<
  OpenOptions,
  'record' | 'file' | 'names' | 'existsElsewhere'
> {
  readonly project: ProjectFile
  /** Whether documents are in files too, not only assets. */
  readonly isOnDisk: boolean
  readonly folders: DatasetFolders
  readonly assets: Assets
}

/** Opens all datasets of the project, and finishes what an earlier process began. */
export const openDatasets = (options: DatasetsOptions): Datasets => {
  const {project, projectId, isOnDisk, folders, assets, now, newId, onError} = options
  const opened = new Map<string, Dataset>()
  const unopened = new Map<string, Unopened>()
  const names = createNameQueue()
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
    const doing = names.doing(name)
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
    if (!failed || failed.isDamaged || names.doing(name) !== undefined) return undefined
    if (performance.now() - failed.since < OPENED_AGAIN_AFTER) return undefined
    open(name)
    return opened.get(name)
  }

  const settling = (name: string): Promise<void> | undefined => {
    if (opened.has(name) || names.doing(name) === undefined) return undefined
    const {promise, resolve} = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, DATASET_WAIT)
    timer.unref()
    return Promise.race([names.idle(name), promise]).finally(() => clearTimeout(timer))
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
      names.run(name, 'being closed', closed).catch(onError)
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

  /** From now on it is damage when a file is gone: earlier lakes did not note this. */
  const noteFiles = (): void => {
    if (!isOnDisk || list().every(({name, hasFile}) => hasFile || !opened.has(name))) return
    project.change((state) => ({
      ...state,
      datasets: state.datasets.map((record) => ({
        ...record,
        hasFile: record.hasFile || opened.has(record.name),
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
    const doing = names.doing(name)
    if (doing === 'being deleted')
      throw temporarilyUnavailable(`The dataset "${name}" is ${doing}. Ask again.`)
    // Some file systems do not tell `News` from `news`.
    if (isTaken || doing !== undefined) throw conflict(`There is a dataset "${name}" already.`)
    demandRoom()
  }

  const demandRoom = (): void => {
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
      demandRoom()
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
    for (const dataset of opened.values()) void dataset.close()
    throw error
  }

  return {
    get,
    settling,
    ready: (name) => settling(name)?.then(() => get(name)) ?? get(name),
    list,
    opened: () => [...opened.values()],
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
      await names.run(name, 'being deleted', () => remove(name))
    },
    reset: async (name) => {
      demandRunning()
      recordOf(name)
      await names.run(name, 'being emptied', () => reset(name))
    },
    copy: async (from, to, wishes) => {
      checkNew(to)
      get(from)
      await names.run(to, 'being copied to', () => copy(from, to, wishes), [from])
    },
    sweepAssets: async (before, wanted) => {
      const removed: string[] = []
      for (const {name, store} of opened.values()) {
        if (wanted && !wanted.includes(name)) continue
        const isNeeded = neededAssets(store, new Date(before).toISOString())
        removed.push(...(await assets.sweep(name, isNeeded, before)))
      }
      return removed
    },
    close: async () => {
      isClosed = true
      const closing = [...opened.values()].map((dataset) => dataset.close())
      opened.clear()
      const ended = await Promise.allSettled(closing)
      await names.allIdle()
      const errors = ended.flatMap((one): unknown[] =>
        one.status === 'rejected' ? [one.reason] : [],
      )
      if (errors.length > 0) throw new AggregateError(errors, 'A dataset could not be closed.')
    },
  }
}

const checkName = (name: string): void => {
  if (isDatasetName(name)) return
  throw badRequest(
    `"${name}" cannot name a dataset: use 1 to 64 lower-case letters, digits, "_" and "-", ` +
      'beginning with a letter or a digit.',
  )
}
