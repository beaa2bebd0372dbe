import {existsSync, mkdirSync, readdirSync} from 'node:fs'
import {cp, mkdir, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'

import {openProject, type Project} from '../access/project.ts'
import {openSettings, type Settings, SETTINGS_FOLDER} from '../access/settings.ts'
import {lockFolder} from '../server/folderLock.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {openDataset} from '../store/openDataset.ts'
import {DATASET_FILE, datasetFolder} from './datasetFolders.ts'

/**
 * A snapshot is a folder with everything a lake holds but its local token and its cache: the
 * project's file, and for each dataset its documents with their history and its assets.
 */
const PROJECT_FILE = 'project.json'

/** What stands in the way of a snapshot, in words for whoever wants one. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}

/** @param folder Made by this; must not be there yet, or be empty. */
export const writeSnapshot = async (
  folder: string,
  project: Project,
  stores: readonly DatasetStore[],
  assetsOf: (dataset: string) => string,
): Promise<void> => {
  mkdirSync(folder, {recursive: true, mode: 0o700})
  if (readdirSync(folder).length > 0)
    throw new SnapshotError(`${folder} is not empty. Choose a folder that is, or a new one.`)
  for (const store of stores) {
    const target = datasetFolder(folder, store.name)
    await mkdir(target, {recursive: true})
    await store.copyTo(join(target, DATASET_FILE))
    const assets = assetsOf(store.name)
    // Copied after the documents: every asset that a document names is there by then.
    if (existsSync(assets)) await cp(assets, join(target, 'assets'), {recursive: true})
  }
  // Last: a folder without it is no whole snapshot.
  openProject(join(folder, PROJECT_FILE)).change(() => project)
}

/** The project as a snapshot keeps it: in one file, as earlier lakes do. */
export const withSettings = (project: Project, settings: Settings): Project => ({
  ...project,
  keyValues: {...settings.all(), ...project.keyValues},
})

/** Takes a snapshot of a data folder, whether or not a lake runs on it. */
export const snapshotFolder = async (dataDir: string, folder: string): Promise<void> => {
  if (!existsSync(join(dataDir, PROJECT_FILE))) throw new SnapshotError(`${dataDir} holds no lake.`)
  const project = withSettings(
    openProject(join(dataDir, PROJECT_FILE)).read(),
    openSettings(join(dataDir, SETTINGS_FOLDER)),
  )
  const stores = project.datasets.map(({name}) =>
    openDataset({name, file: join(datasetFolder(dataDir, name), DATASET_FILE)}),
  )
  try {
    await writeSnapshot(folder, project, stores, (name) =>
      join(datasetFolder(dataDir, name), 'assets'),
    )
  } finally {
    for (const store of stores) store.close()
  }
}

/**
 * Makes a data folder hold what a snapshot holds.
 * @param replace Whether what the folder held before may go.
 * @throws SnapshotError when the folder is in use, or holds something that may not go.
 */
export const restoreSnapshot = async (
  folder: string,
  dataDir: string,
  {replace}: {replace: boolean},
): Promise<void> => {
  if (!existsSync(join(folder, PROJECT_FILE)))
    throw new SnapshotError(`${folder} is no whole snapshot.`)
  mkdirSync(dataDir, {recursive: true, mode: 0o700})
  const unlock = lockFolder(dataDir)
  if (unlock === null) throw new SnapshotError(`A lake runs on ${dataDir}. Stop it first.`)
  try {
    // The settings of a snapshot are in its project's file.
    const parts = [PROJECT_FILE, SETTINGS_FOLDER, 'datasets']
    const taken = parts.some((part) => existsSync(join(dataDir, part)))
    if (taken && !replace) {
      throw new SnapshotError(
        `${dataDir} holds a lake already. Choose another folder, or say --replace.`,
      )
    }
    const incoming = join(dataDir, 'restoring')
    const outgoing = join(dataDir, 'replaced')
    for (const leftover of [incoming, outgoing]) await rm(leftover, {recursive: true, force: true})
    await cp(folder, incoming, {recursive: true})
    await mkdir(outgoing)
    for (const part of parts) {
      if (existsSync(join(dataDir, part))) await rename(join(dataDir, part), join(outgoing, part))
      if (existsSync(join(incoming, part))) await rename(join(incoming, part), join(dataDir, part))
    }
    for (const done of [incoming, outgoing]) await rm(done, {recursive: true, force: true})
  } finally {
    unlock()
  }
}
