import {constants, existsSync, readdirSync, statSync} from 'node:fs'
import {chmod, copyFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {makePrivateFolder, writePrivateJson} from '../../access/privateFile.ts'
import {openProject, type Project} from '../../access/project.ts'
import {openSettings, type Settings, SETTINGS_FOLDER} from '../../access/settings.ts'
import {parseAssetName} from '../../assets/assetName.ts'
import {copyDatasetFile} from '../../store/file/datasetFile.ts'
import {openDataset} from '../../store/openDataset.ts'
import {DATASET_FILE, datasetFolder} from '../datasetFolders.ts'

/**
 * A snapshot is a folder with everything a lake holds but its local token, its sessions and its
 * cache: the project's file, for each dataset its documents with their history and its assets, and a
 * list of what there is, by which `restore` knows that all of it came along.
 */
export const PROJECT_FILE = 'project.json'
export const CONTENTS_FILE = 'snapshot.json'

/** What stands in the way of a snapshot, in words for its user. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}

/** What `snapshot.json` holds. */
interface Contents {
  readonly format: 1
  /** By dataset. */
  readonly assets: Readonly<Record<string, readonly string[]>>
}

/** How to read a lake while others may write to it. */
export interface SnapshotSource {
  project(): Project
  /** Copies the documents, as they are at the call, to a file. */
  copyDocuments(dataset: string, file: string): Promise<void>
  /** Where the dataset's assets are. */
  assetsFolder(dataset: string): string
}

/** @param folder Made by this; must not be there yet, or be empty. */
export const writeSnapshot = async (folder: string, source: SnapshotSource): Promise<void> => {
  makePrivateFolder(folder)
  if (readdirSync(folder).length > 0)
    throw new SnapshotError(`${folder} is not empty. Choose a folder that is, or a new one.`)
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
  // All begun in one turn: each is the state of now, whatever is written from here on.
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
    // Deleted meanwhile, it is in no snapshot; emptied or failed, there is something to say.
    if (!source.project().datasets.some((record) => record.name === name)) continue
    if (outcome?.status === 'rejected') throw outcome.reason
    throw new SnapshotError(`The dataset "${name}" was emptied during the snapshot. Take it again.`)
  }
  const project = source.project()
  // One that was deleted after it was copied is whole: it is in the snapshot as it was.
  const records = left.flatMap(
    (name) => [...project.datasets, ...begun].find((record) => record.name === name) ?? [],
  )
  const contents: Contents = {format: 1, assets}
  writePrivateJson(join(folder, CONTENTS_FILE), contents)
  // Last: a folder without it is no whole snapshot.
  openProject(join(folder, PROJECT_FILE)).change(() => ({
    ...project,
    datasets: records,
    tokens: project.tokens.filter(({kind}) => kind !== 'session'),
  }))
}

/** Tells a dataset's folder from another one that took its place. */
const identityOf = (assetsFolder: string): number => {
  const folder = join(assetsFolder, '..')
  return existsSync(folder) ? statSync(folder).ino : 0
}

/** @returns File names with their folder, or null when the dataset's folder was taken away. */
const copyAssets = async (
  folder: string,
  name: string,
  identity: number,
  source: SnapshotSource,
): Promise<string[] | null> => {
  const from = source.assetsFolder(name)
  const to = join(datasetFolder(folder, name), 'assets')
  const copied: string[] = []
  // Copied after the documents: every asset that a document names is there by then. Whole ones
  // only: what is on its way is no asset yet.
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

/** @returns False where it is gone by now: no document of the snapshot stands for it then. */
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

/** The project as a snapshot keeps it: in one file, as earlier lakes do. */
export const withSettings = (project: Project, settings: Settings): Project => ({
  ...project,
  keyValues: {...settings.all(), ...project.keyValues},
})

/**
 * Takes a snapshot of a data folder, whether or not a lake runs on it.
 * @param folder Made by this; must not exist yet, or be empty.
 * @throws SnapshotError when it is not.
 * @example
 * await snapshotFolder('.lake', 'backup')
 */
export const snapshotFolder = async (dataDir: string, folder: string): Promise<void> => {
  const file = join(dataDir, PROJECT_FILE)
  if (!existsSync(file)) throw new SnapshotError(`${dataDir} holds no lake.`)
  await writeSnapshot(folder, {
    project: () =>
      withSettings(openProject(file).read(), openSettings(join(dataDir, SETTINGS_FOLDER))),
    copyDocuments: async (name, target) => {
      const home = datasetFolder(dataDir, name)
      // Lakes of format 1 made a dataset's folder when it was first used.
      const isUnused =
        !existsSync(home) &&
        openProject(file)
          .read()
          .datasets.some((record) => record.name === name && !record.hasFile)
      if (isUnused) openDataset({name, file: target}).close()
      else await copyDatasetFile(name, join(home, DATASET_FILE), target)
    },
    assetsFolder: (name) => join(datasetFolder(dataDir, name), 'assets'),
  })
}
