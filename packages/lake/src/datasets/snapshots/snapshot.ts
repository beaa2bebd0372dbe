/**
 * Takes a snapshot: a folder with everything in a lake except its local token, sessions and cache. It
 * has the project's file, each dataset's documents, history and assets, and a list of contents, by
 * which a restore knows that nothing is missing.
 */
import {constants, existsSync, readdirSync, statSync} from 'node:fs'
import {chmod, copyFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {makePrivateFolder, writePrivateJson} from '../../access/privateFile.ts'
import {openProject, type Project} from '../../access/project.ts'
import {openSettings, type Settings, SETTINGS_FOLDER} from '../../access/settings.ts'
import {parseAssetName} from '../../assets/assetName.ts'
import {FixableError} from '../../core/errors.ts'
import {copyDatasetFile} from '../../store/file/datasetFile.ts'
import {openDataset} from '../../store/openDataset.ts'
import {DATASET_FILE, datasetFolder, openDatasetFolders} from '../datasetFolders.ts'

export const PROJECT_FILE = 'project.json'
export const CONTENTS_FILE = 'snapshot.json'

/** Why a snapshot cannot be taken or restored; the message is for users. */
export class SnapshotError extends FixableError {
  override readonly name = 'SnapshotError'
}

/** The contents of `snapshot.json`. */
interface Contents {
  readonly format: 1
  /** File names of assets, by dataset. */
  readonly assets: Readonly<Record<string, readonly string[]>>
}

/** Reads a lake, to which others may write meanwhile. */
export interface SnapshotSource {
  project(): Project
  /** Copies the state of the documents at the call to a file. */
  copyDocuments(dataset: string, file: string): Promise<void>
  /** Path of the folder with the dataset's assets. */
  assetsFolder(dataset: string): string
}

/**
 * @param folder Path of the snapshot; must not exist or be empty.
 * @throws SnapshotError if it is not empty, or if a dataset is emptied meanwhile.
 */
export const writeSnapshot = async (folder: string, source: SnapshotSource): Promise<void> => {
  makePrivateFolder(folder)
  if (readdirSync(folder).length > 0)
    throw new SnapshotError(`${folder} is not empty. Choose an empty or a new folder.`)
  await chmod(folder, 0o700)
  try {
    await write(folder, source)
  } catch (error) {
    for (const part of readdirSync(folder)) {
      await rm(join(folder, part), {recursive: true, force: true})
    }
    throw error
  }
}

const write = async (folder: string, source: SnapshotSource): Promise<void> => {
  const begun = source.project().datasets
  const names = begun.map(({name}) => name)
  for (const name of names) makePrivateFolder(datasetFolder(folder, name))
  // All copies begin now, so all have the state of the same time.
  const copies = names.map(async (name) => {
    const before = identityOf(source.assetsFolder(name))
    await source.copyDocuments(name, join(datasetFolder(folder, name), DATASET_FILE))
    return before
  })
  const outcomes = await Promise.allSettled(copies)
  const assets: Record<string, readonly string[]> = {}
  const left: string[] = []
  for (const [index, name] of names.entries()) {
    const outcome = outcomes[index]
    const identity = outcome?.status === 'fulfilled' ? outcome.value : undefined
    const copied = identity !== undefined && (await copyAssets(folder, name, identity, source))
    if (copied) {
      assets[name] = copied
      left.push(name)
      continue
    }
    await rm(datasetFolder(folder, name), {recursive: true, force: true})
    // A dataset that was deleted meanwhile is left out; if it was emptied or failed, report that.
    if (!source.project().datasets.some((record) => record.name === name)) continue
    if (outcome?.status === 'rejected') throw outcome.reason
    throw new SnapshotError(`The dataset "${name}" was emptied during the snapshot. Take it again.`)
  }
  const project = source.project()
  // A dataset that was deleted after its copy is complete, and stays in the snapshot.
  const records = left.flatMap(
    (name) => [...project.datasets, ...begun].find((record) => record.name === name) ?? [],
  )
  const contents: Contents = {format: 1, assets}
  writePrivateJson(join(folder, CONTENTS_FILE), contents)
  // Written last: a folder without it is not a complete snapshot.
  openProject(join(folder, PROJECT_FILE)).change(() => ({
    ...project,
    datasets: records,
    tokens: project.tokens.filter(({kind}) => kind !== 'session'),
  }))
}

/**
 * Identifies a dataset's folder, to notice if another one replaces it. File systems give the number of
 * a deleted folder to the next one, so the times at which folder and file were made belong to it.
 */
const identityOf = (assetsFolder: string): string => {
  const folder = join(assetsFolder, '..')
  return [folder, join(folder, DATASET_FILE)]
    .map((path) => statSync(path, {bigint: true, throwIfNoEntry: false}))
    .map((found) => `${found?.ino} ${found?.birthtimeNs}`)
    .join(', ')
}

/** @returns File names with their folder, or null if the dataset's folder was replaced. */
const copyAssets = async (
  folder: string,
  name: string,
  identity: string,
  source: SnapshotSource,
): Promise<string[] | null> => {
  const from = source.assetsFolder(name)
  const to = join(datasetFolder(folder, name), 'assets')
  const copied: string[] = []
  // Copied after the documents, so that every asset they name exists. Skips uploads in progress.
  for (const [kind, kinds] of KINDS) {
    if (!existsSync(join(from, kinds))) continue
    makePrivateFolder(join(to, kinds))
    for (const file of readdirSync(join(from, kinds))) {
      if (parseAssetName(kind, file) === undefined) continue
      if (await copyOne(join(from, kinds, file), join(to, kinds, file))) {
        copied.push(`${kinds}/${file}`)
      }
    }
  }
  return identityOf(from) === identity ? copied : null
}

export const KINDS = [
  ['image', 'images'],
  ['file', 'files'],
] as const

/** @returns False if the file was deleted meanwhile; then the snapshot has no document for it. */
const copyOne = async (from: string, to: string): Promise<boolean> => {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
    await chmod(to, 0o600)
    return true
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** The project as stored in a snapshot: with its settings, in one file, as earlier lakes do. */
export const withSettings = (project: Project, settings: Settings): Project => ({
  ...project,
  keyValues: {...settings.all(), ...project.keyValues},
})

/**
 * Takes a snapshot of a data folder, whether or not a lake runs on it.
 * @param folder Path of the snapshot; must not exist yet, or be empty.
 * @throws SnapshotError if it is not empty, or if the data folder has no lake.
 * @example
 * await snapshotFolder('.lake', 'backup')
 */
export const snapshotFolder = async (dataDir: string, folder: string): Promise<void> => {
  const file = join(dataDir, PROJECT_FILE)
  if (!existsSync(file)) {
    throw new SnapshotError(`There is no lake in ${dataDir}. Check the path of the data folder.`)
  }
  const folders = openDatasetFolders(dataDir)
  /** A running lake lists a dataset just before it places its folder, and so may one that was killed. */
  const homeOf = (name: string): string => {
    const unfinished = folders.unfinished(name)
    return unfinished?.kind === 'ready' ? unfinished.folder : folders.of(name)
  }
  const read = (): Project => openProject(file).read()
  await writeSnapshot(folder, {
    project: () => {
      const project = withSettings(read(), openSettings(join(dataDir, SETTINGS_FOLDER)))
      // Just as briefly, a dataset whose deletion has begun is still listed.
      const datasets = project.datasets.filter(
        ({name}) => folders.unfinished(name)?.kind !== 'deleted',
      )
      return {...project, datasets}
    },
    copyDocuments: async (name, target) => {
      const home = homeOf(name)
      // Lakes of format 1 created a dataset's folder when it was first used.
      const isUnused =
        !existsSync(home) &&
        read().datasets.some((record) => record.name === name && !record.hasFile)
      if (isUnused) return openDataset({name, file: target}).close()
      try {
        await copyDatasetFile(name, join(home, DATASET_FILE), target)
      } catch (error) {
        const placed = homeOf(name)
        if (placed === home) throw error
        await copyDatasetFile(name, join(placed, DATASET_FILE), target)
      }
    },
    assetsFolder: (name) => join(homeOf(name), 'assets'),
  })
}
