import {existsSync, mkdirSync, renameSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'

import type {DatasetRecord, ProjectFile} from '../access/project.ts'
import type {Assets} from '../assets/assets.ts'
import {badRequest, conflict, notFound} from '../errors.ts'
import {isDatasetName} from '../ids.ts'
import {MAX_DATASETS} from '../limits.ts'
import {copyDocuments, removeReleases, renameAssets} from './copyDataset.ts'
import {type Dataset, openLakeDataset, type OpenOptions} from './dataset.ts'

/** The datasets of a project. */
export interface Datasets {
  /** @throws 400 for an impossible name, 404 when there is no such dataset. */
  get(name: string): Dataset
  list(): readonly DatasetRecord[]
  /** @throws 409 when the name is taken. */
  create(wanted: NewDataset): DatasetRecord
  edit(name: string, changes: DatasetChanges): DatasetRecord
  remove(name: string): Promise<void>
  /**
   * Makes a dataset with the documents and assets of another one, and with its history unless
   * that is left out. In memory there is none to copy.
   */
  copy(from: string, to: string, options: CopyOptions): Promise<void>
  /** Empties a dataset: no documents, no history, no assets. */
  reset(name: string): Promise<void>
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
  /** Null keeps everything in memory. */
  readonly dataDir: string | null
  readonly assets: Assets
}

/** Documents and their history. */
export const DATASET_FILE = 'documents.sqlite'

/** Where a dataset's file and its assets are. */
export const datasetFolder = (dataDir: string, name: string): string =>
  join(dataDir, 'datasets', name)

export const openDatasets = (options: DatasetsOptions): Datasets => {
  const {project, projectId, dataDir, assets, now, newId} = options
  const opened = new Map<string, Dataset>()
  const list = (): readonly DatasetRecord[] => project.read().datasets

  const recordOf = (name: string): DatasetRecord => {
    const record = list().find((dataset) => dataset.name === name)
    if (record !== undefined) return record
    checkName(name)
    throw notFound(`There is no dataset "${name}".`)
  }

  const fileOf = (name: string): string | null => {
    if (dataDir === null) return null
    const folder = datasetFolder(dataDir, name)
    mkdirSync(folder, {recursive: true})
    return join(folder, DATASET_FILE)
  }

  const open = (name: string): Dataset => {
    recordOf(name)
    const record = (): DatasetRecord => recordOf(name)
    const dataset = openLakeDataset({
      ...options,
      record,
      file: fileOf(name),
      names: () => list().map((each) => each.name),
      existsElsewhere: (reference) =>
        (reference.projectId !== undefined && reference.projectId !== projectId) ||
        (list().some((each) => each.name === reference.dataset) &&
          get(reference.dataset).store.get(reference.id) !== undefined),
    })
    opened.set(name, dataset)
    return dataset
  }

  /** @throws 400, 409 when there can be no new dataset of this name. */
  const checkNew = (name: string): void => {
    checkName(name)
    // Some file systems do not tell `News` from `news`.
    if (list().some((record) => record.name.toLowerCase() === name.toLowerCase())) {
      throw conflict(`There is a dataset "${name}" already.`)
    }
    if (list().length >= MAX_DATASETS) {
      throw conflict(`A lake holds ${MAX_DATASETS} datasets, not more.`)
    }
  }

  const create = (wanted: NewDataset): DatasetRecord => {
    checkNew(wanted.name)
    const record: DatasetRecord = {
      description: null,
      addonFor: null,
      datasetProfile: null,
      createdAt: new Date(now()).toISOString(),
      ...wanted,
    }
    project.change((state) => ({...state, datasets: [...state.datasets, record]}))
    return record
  }

  const discard = async (name: string): Promise<void> => {
    recordOf(name)
    const closing = opened.get(name)
    opened.delete(name)
    await closing?.close()
    await assets.removeDataset(name)
    const folder = dataDir && datasetFolder(dataDir, name)
    if (folder === null || !existsSync(folder)) return
    // Renamed first: however this ends, a dataset of the name begins empty.
    const removed = `${folder}.removed-${newId()}`
    renameSync(folder, removed)
    await rm(removed, {recursive: true, force: true})
  }

  const get = (name: string): Dataset => opened.get(name) ?? open(name)

  return {
    get,
    list,
    create,
    edit: (name, changes) => {
      const record = {...recordOf(name), ...changes}
      project.change((state) => ({
        ...state,
        datasets: state.datasets.map((old) => (old.name === name ? record : old)),
      }))
      return record
    },
    remove: async (name) => {
      await discard(name)
      project.change((state) => ({
        ...state,
        datasets: state.datasets.filter((record) => record.name !== name),
      }))
    },
    reset: async (name) => {
      await discard(name)
      // A change of the project, even to what it was, ends every answer that is kept.
      project.change((state) => ({...state}))
      get(name)
    },
    copy: async (from, to, {skipHistory, skipReleases, author}) => {
      const source = get(from)
      checkNew(to)
      const file = fileOf(to)
      if (file !== null) {
        await source.store.copyTo(`${file}.new`)
        renameSync(`${file}.new`, file)
      }
      await assets.copyDataset(from, to)
      create({name: to, aclMode: source.record().aclMode})
      const {store} = get(to)
      if (file === null) {
        const timestamp = new Date(now()).toISOString()
        copyDocuments(source, store, {transactionId: newId(), timestamp, author})
      } else if (skipHistory) store.trimHistory(store.revision + 1)
      if (skipReleases) removeReleases(store)
      renameAssets(store, projectId, from)
    },
    close: async () => {
      const closing = [...opened.values()]
      opened.clear()
      await Promise.all(closing.map((dataset) => dataset.close()))
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
