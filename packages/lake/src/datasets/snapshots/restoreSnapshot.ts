import {existsSync, renameSync, rmSync} from 'node:fs'
import {chmod, copyFile, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {makePrivate} from '../../access/dataFolder.ts'
import {makePrivateFolder, syncFolder} from '../../access/privateFile.ts'
import {openProject} from '../../access/project.ts'
import {SETTINGS_FOLDER} from '../../access/settings.ts'
import {openDataset} from '../../store/openDataset.ts'
import {DATASET_FILE, datasetFolder} from '../datasetFolders.ts'
import {lockFolder} from '../folderLock.ts'
import {PROJECT_FILE, SnapshotError} from './snapshot.ts'
import {readSnapshot, type SnapshotContents, verifySnapshot} from './verifySnapshot.ts'

/** A copy that is not known to be whole. */
const INCOMING = '.restoring'
/** A whole one: from when it has this name, what the folder held is replaced, come what may. */
const READY = '.restored'
/** What the folder held before, until the new content has opened. */
const OUTGOING = '.replaced'

/** The settings of a snapshot are in its project's file: the new folder is empty. */
const PARTS = ['datasets', SETTINGS_FOLDER, PROJECT_FILE]

export interface RestoreOptions {
  /** Whether what the folder held before may go. */
  readonly replace: boolean
  /**
   * Whether the tokens of the snapshot are good in the restored lake: false unless given, because
   * whoever made them, or changed the snapshot, could use them. Sessions never are.
   */
  readonly keepTokens?: boolean
}

export interface Restored {
  /** How many the snapshot holds, kept or not. */
  readonly tokens: number
  /** Assets that have a document and no bytes. */
  readonly missingAssets: number
}

/**
 * Makes a data folder hold what a snapshot holds. The snapshot is copied and looked through first;
 * what the folder held stays until the new content has opened, and comes back when it does not.
 * @throws SnapshotError when the folder is in use, or holds something that may not go, or when the
 *   snapshot is damaged or holds what no snapshot holds; the folder is as it was then.
 * @example
 * const {tokens} = await restoreSnapshot('backup', '.lake', {replace: true})
 */
export const restoreSnapshot = async (
  folder: string,
  dataDir: string,
  {replace, keepTokens = false}: RestoreOptions,
): Promise<Restored> => {
  const contents = readSnapshot(folder)
  makePrivateFolder(dataDir)
  const unlock = lockFolder(dataDir)
  if (unlock === null) throw new SnapshotError(`A lake runs on ${dataDir}. Stop it first.`)
  try {
    makePrivate(dataDir)
    finishRestore(dataDir)
    const taken = PARTS.some((part) => existsSync(join(dataDir, part)))
    if (taken && !replace) {
      throw new SnapshotError(
        `${dataDir} holds a lake already. Choose another folder, or say --replace.`,
      )
    }
    const incoming = join(dataDir, INCOMING)
    try {
      await copyContents(folder, incoming, contents, keepTokens)
      const missingAssets = await verifySnapshot(incoming, contents)
      moveIn(dataDir)
      forgetReplaced(dataDir)
      const tokens = contents.project.tokens.filter(({kind}) => kind === 'token').length
      return {tokens, missingAssets}
    } finally {
      await rm(incoming, {recursive: true, force: true})
    }
  } finally {
    unlock()
  }
}

/** Only what a snapshot has, whatever lies beside it. */
const copyContents = async (
  folder: string,
  to: string,
  {project, datasets}: SnapshotContents,
  keepTokens: boolean,
): Promise<void> => {
  await rm(to, {recursive: true, force: true})
  makePrivateFolder(join(to, 'datasets'))
  makePrivateFolder(join(to, SETTINGS_FOLDER))
  for (const {name, assets} of datasets) {
    const [from, home] = [datasetFolder(folder, name), datasetFolder(to, name)]
    makePrivateFolder(home)
    for (const file of [DATASET_FILE, ...assets.map((asset) => join('assets', asset))]) {
      makePrivateFolder(dirname(join(home, file)))
      await copyFile(join(from, file), join(home, file))
      await chmod(join(home, file), 0o600)
    }
  }
  openProject(join(to, PROJECT_FILE)).change(() => ({
    ...project,
    tokens: project.tokens.filter(({kind}) => kind === 'token' && keepTokens),
  }))
}

/** Puts the verified copy in the place of what is there, or everything back. */
const moveIn = (dataDir: string): void => {
  rmSync(join(dataDir, OUTGOING), {recursive: true, force: true})
  syncFolder(join(dataDir, INCOMING))
  renameSync(join(dataDir, INCOMING), join(dataDir, READY))
  syncFolder(dataDir)
  exchange(dataDir)
  try {
    openAll(dataDir)
  } catch (error) {
    for (const part of PARTS) {
      rmSync(join(dataDir, part), {recursive: true, force: true})
      const replaced = join(dataDir, OUTGOING, part)
      if (existsSync(replaced)) renameSync(replaced, join(dataDir, part))
    }
    throw new SnapshotError(
      `The snapshot does not open: ${error instanceof Error ? error.message : String(error)}`,
      {cause: error},
    )
  }
}

/** Moves the new parts in, and those that are there out; goes on where it ended in the middle. */
const exchange = (dataDir: string): void => {
  makePrivateFolder(join(dataDir, OUTGOING))
  for (const part of PARTS) {
    const incoming = join(dataDir, READY, part)
    const here = join(dataDir, part)
    if (!existsSync(incoming)) continue
    if (existsSync(here)) renameSync(here, join(dataDir, OUTGOING, part))
    renameSync(incoming, here)
  }
  rmSync(join(dataDir, READY), {recursive: true})
  syncFolder(dataDir)
}

const openAll = (dataDir: string): void => {
  for (const {name} of openProject(join(dataDir, PROJECT_FILE)).read().datasets) {
    openDataset({name, file: join(datasetFolder(dataDir, name), DATASET_FILE)}).close()
  }
}

/**
 * Finishes a restore whose process ended in the middle, or takes it back where it had not begun to
 * replace anything. To be called by whoever has the folder's lock.
 */
export const finishRestore = (dataDir: string): void => {
  if (existsSync(join(dataDir, READY))) exchange(dataDir)
  rmSync(join(dataDir, INCOMING), {recursive: true, force: true})
}

/** Removes what a restore has replaced, once what it put there has opened. */
export const forgetReplaced = (dataDir: string): void =>
  rmSync(join(dataDir, OUTGOING), {recursive: true, force: true})
