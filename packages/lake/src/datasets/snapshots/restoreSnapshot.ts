/**
 * Restores a snapshot into a data folder. The snapshot is copied and verified first; the folder's old
 * content is kept until the new content has opened, and comes back if it does not.
 */
import {existsSync, renameSync, rmSync} from 'node:fs'
import {chmod, copyFile, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {makePrivate} from '../../access/dataFolder.ts'
import {makePrivateFolder, syncFolder} from '../../access/privateFile.ts'
import {openProject} from '../../access/project.ts'
import {SETTINGS_FOLDER} from '../../access/settings.ts'
import {HOOK_FILE} from '../../store/hooks/hookFile.ts'
import {openDataset} from '../../store/openDataset.ts'
import {DATASET_FILE, datasetFolder} from '../datasetFolders.ts'
import {lockFolder} from '../folderLock.ts'
import {PROJECT_FILE, SnapshotError} from './snapshot.ts'
import {readSnapshot, type SnapshotContents, verifySnapshot} from './verifySnapshot.ts'

/** Folder of a copy that is not verified yet. */
const INCOMING = '.restoring'
/** Folder of a verified copy. Once it has this name, the restore will be completed. */
const READY = '.restored'
/** Folder of the old content, until the new content has opened. */
const OUTGOING = '.replaced'

/** The settings of a snapshot are in its project's file: the new folder is empty. */
const PARTS = ['datasets', SETTINGS_FOLDER, PROJECT_FILE]

/** Messages that are not sent yet are about the old content, so they are removed with it. */
const LEFT_OUT = [HOOK_FILE, `${HOOK_FILE}-wal`, `${HOOK_FILE}-shm`]

export interface RestoreOptions {
  /** Whether existing content may be replaced. */
  readonly replace: boolean
  /**
   * Whether the snapshot's tokens stay valid, and its webhooks switched on. Default false, because
   * anyone who created the tokens or changed the snapshot could use them, and because two lakes would
   * call the same receivers. Sessions never stay valid.
   */
  readonly keepTokens?: boolean
}

export interface Restored {
  /** Number of tokens in the snapshot, kept or not. */
  readonly tokens: number
  /** Number of webhooks in the snapshot, switched off or not. */
  readonly hooks: number
  /** Number of asset documents without bytes. */
  readonly missingAssets: number
}

/**
 * @param folder The snapshot. @param dataDir The data folder.
 * @throws SnapshotError if the data folder is in use, or has content that may not be replaced, or if
 *   the snapshot is damaged or contains anything else. The folder is then unchanged.
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
        `${dataDir} already has a lake. Choose another folder, or use --replace.`,
      )
    }
    const incoming = join(dataDir, INCOMING)
    try {
      await copyContents(folder, incoming, contents, keepTokens)
      const missingAssets = await verifySnapshot(incoming, contents)
      moveIn(dataDir)
      forgetReplaced(dataDir)
      const tokens = contents.project.tokens.filter(({kind}) => kind === 'token').length
      return {tokens, hooks: contents.project.hooks.length, missingAssets}
    } finally {
      await rm(incoming, {recursive: true, force: true})
    }
  } finally {
    unlock()
  }
}

/** Copies only the parts of a snapshot. */
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
    hooks: project.hooks.map((hook) => (keepTokens ? hook : {...hook, isDisabledByUser: true})),
  }))
}

/** Replaces the old content by the verified copy, or undoes that if it does not open. */
const moveIn = (dataDir: string): void => {
  rmSync(join(dataDir, OUTGOING), {recursive: true, force: true})
  syncFolder(join(dataDir, INCOMING))
  renameSync(join(dataDir, INCOMING), join(dataDir, READY))
  syncFolder(dataDir)
  exchange(dataDir)
  try {
    openAll(dataDir)
  } catch (error) {
    for (const part of [...PARTS, ...LEFT_OUT]) {
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

/** Moves the old parts out and the new parts in; continues an interrupted exchange. */
const exchange = (dataDir: string): void => {
  makePrivateFolder(join(dataDir, OUTGOING))
  for (const part of LEFT_OUT) {
    const here = join(dataDir, part)
    if (existsSync(here)) renameSync(here, join(dataDir, OUTGOING, part))
  }
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
 * Completes an interrupted restore, or undoes it if it had not replaced anything. The caller must
 * hold the folder's lock.
 */
export const finishRestore = (dataDir: string): void => {
  if (existsSync(join(dataDir, READY))) exchange(dataDir)
  rmSync(join(dataDir, INCOMING), {recursive: true, force: true})
}

/** Deletes the old content, once the new content has opened. */
export const forgetReplaced = (dataDir: string): void =>
  rmSync(join(dataDir, OUTGOING), {recursive: true, force: true})
