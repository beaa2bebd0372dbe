/**
 * Opens the services of a lake: takes its data folder, opens the project, tokens, datasets and
 * assets, and closes all of them again.
 */
import {existsSync, readdirSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'

import {createAccessWatch} from '../access/accessWatch.ts'
import type {Caller} from '../access/caller.ts'
import {DataFolderError, makePrivate, upgradeFolder} from '../access/dataFolder.ts'
import {announceServer, type LocalFile, localToken, readLocalFile} from '../access/localFile.ts'
import {makePrivateFolder} from '../access/privateFile.ts'
import {openProject, type ProjectFile} from '../access/project.ts'
import {moveSettings, openSettings, SETTINGS_FOLDER} from '../access/settings.ts'
import {createTemporaryCodes} from '../access/temporaryCodes.ts'
import {newSecret, openTokens} from '../access/tokens.ts'
import {createAssets} from '../assets/assets.ts'
import {FixableError, notFound} from '../core/errors.ts'
import type {FastOption} from '../core/fast.ts'
import {isDatasetName} from '../core/ids.ts'
import {
  ASSET_SWEEP_INTERVAL,
  DELETED_ASSET_LIFETIME,
  FIRST_ASSET_SWEEP,
  MAX_BACKLOG_BYTES,
  TEMPORARY_CODE_LIFETIME,
} from '../core/limits.ts'
import {createRequestScheduler} from '../core/requestScheduler.ts'
import {runSteps} from '../core/runSteps.ts'
import {readdressAssets} from '../datasets/assetDocuments.ts'
import {createCopyJobs} from '../datasets/copyJobs.ts'
import {DATASET_FILE, datasetFolder, openDatasetFolders} from '../datasets/datasetFolders.ts'
import {openDatasets} from '../datasets/datasets.ts'
import {lockFolder} from '../datasets/folderLock.ts'
import {finishRestore, forgetReplaced} from '../datasets/snapshots/restoreSnapshot.ts'
import {createHooks} from '../hooks/hooks.ts'
import {createTargets} from '../hooks/targets.ts'
import type {Services} from '../http/exchange/services.ts'
import {HOOK_FILE} from '../store/hooks/hookFile.ts'
import {openDataset} from '../store/openDataset.ts'
import {createBacklogs} from '../stream/backlogs.ts'
import {createEventStreams} from '../stream/eventStreams.ts'
import {definitionsOf} from './declaredIndexes.ts'
import {DEFAULT_PORT, type LakeOptions} from './lakeOptions.ts'

/** Every option is there but those whose absence means something; faults and rates are not for here. */
type Options = Pick<LakeOptions, 'dataDir' | 'url'> & {
  readonly [
    Name in Exclude<keyof LakeOptions, 'dataDir' | 'url' | 'faults' | 'rateLimits'>
  ]-?: Exclude<LakeOptions[Name], undefined>
} & {readonly fast: FastOption}

const DEFAULT_URL = `http://localhost:${DEFAULT_PORT}`

/** The services, with the functions that start and close them. */
export interface OpenServices extends Services {
  readonly dataDir: string | null
  assetsFolder(dataset: string): string
  serverStarting(): void
  serverStarted(url: string): void
  endStreams(): void
  serverStopped(): void
  close(): Promise<void>
}

/** Another process uses the data folder; connect to its server instead. */
export class FolderInUseError extends FixableError {
  override readonly name = 'FolderInUseError'
  readonly code = 'FOLDER_IN_USE'
}

/**
 * Opens a data folder, or creates a lake in memory, and creates missing datasets.
 * @throws When that fails; the folder is then released, with nothing left open.
 */
export const openServices = (options: Options): OpenServices => {
  const {projectId} = options
  if (!/^[a-z0-9]+$/.test(projectId)) {
    throw new Error(`"${projectId}" is not a valid project id: use lower-case letters and digits.`)
  }
  const dataDir = options.dataDir === undefined ? null : resolve(options.dataDir)
  if (dataDir === null) return openIn(null, () => {}, options)
  const unlock = takeFolder(dataDir)
  try {
    finishRestore(dataDir)
    upgradeFolder(dataDir, (name) => {
      makePrivateFolder(datasetFolder(dataDir, name))
      openDataset({name, file: join(datasetFolder(dataDir, name), DATASET_FILE)}).close()
    })
    const services = openIn(dataDir, unlock, options)
    forgetReplaced(dataDir)
    return services
  } catch (error) {
    unlock()
    throw error
  }
}

const openIn = (dataDir: string | null, unlock: () => void, options: Options): OpenServices => {
  const {projectId, hosts, origins, hookHosts, sendHooks, now, newId, onError} = options
  const targets = createTargets(hookHosts)
  // Assets are files even when documents are in memory.
  const home = dataDir ?? join(tmpdir(), `lake-${newId()}`)
  if (dataDir !== null) requireProject(dataDir)
  const project = openProject(dataDir === null ? null : join(dataDir, 'project.json'))
  const settings = openSettings(dataDir === null ? null : join(dataDir, SETTINGS_FOLDER))
  moveSettings(project, settings)
  // Written without a slash at the end, because paths are appended.
  const givenUrl = options.url?.replace(/\/+$/, '')
  let url = givenUrl ?? project.read().assetsAt ?? DEFAULT_URL
  const token = dataDir === null ? newSecret() : localToken(dataDir)
  const tokens = openTokens(project, token, now, newId)
  const accessWatch = createAccessWatch(project)
  const backlogs = createBacklogs(MAX_BACKLOG_BYTES)
  const streams = createEventStreams(backlogs)
  const assetsFolder = (name: string): string => join(datasetFolder(home, name), 'assets')
  const assets = createAssets({
    projectId,
    publicUrl: () => url,
    datasetFolder: assetsFolder,
    cacheFolder: join(home, 'cache', 'images'),
    newId,
  })
  const hooks = createHooks({
    project,
    projectId,
    file: dataDir === null ? null : join(dataDir, HOOK_FILE),
    targets,
    sends: sendHooks,
    now,
    newId,
    onError,
  })
  const datasets = openDatasets({
    onOpen: hooks.follow,
    projectId,
    project,
    isOnDisk: dataDir !== null,
    folders: openDatasetFolders(home),
    assets,
    now,
    newId,
    tokens,
    accessWatch,
    onError,
    indexes: definitionsOf(options.indexes, 'The option "indexes"'),
    fast: options.fast,
    flushesCommits: options.durability === 'disk',
  })
  try {
    for (const wanted of options.datasets) {
      const {name, aclMode} =
        typeof wanted === 'string' ? {name: wanted, aclMode: 'public' as const} : wanted
      const exists = datasets.list().some((record) => record.name === name)
      if (!exists) datasets.create({name, aclMode})
    }
  } catch (error) {
    void datasets.close().catch(onError)
    throw error
  }

  const sweep = (): void => {
    datasets.sweepAssets(now() - DELETED_ASSET_LIFETIME).catch((error: unknown) => {
      // The rest is removed the next time.
      if (!isClosing()) onError(error)
    })
  }
  const firstSweep = setTimeout(sweep, FIRST_ASSET_SWEEP).unref()
  const sweeps = setInterval(sweep, ASSET_SWEEP_INTERVAL).unref()
  const isClosing = (): boolean => closing !== undefined

  /** The folder is released last: until then only this process may write, and afterwards it may not. */
  const close = (): Promise<void> =>
    runSteps('closing the lake', [
      [
        'ending timers',
        () => {
          clearTimeout(firstSweep)
          clearInterval(sweeps)
        },
      ],
      ['ending event streams', streams.close],
      ['refusing uploads', assets.close],
      ['ending webhooks', hooks.close],
      ['closing the datasets', datasets.close],
      ['closing the project', project.close],
      ['closing the settings', settings.close],
      [
        'taking the address out of lake.json',
        () => {
          if (isAnnounced) announce(null)
          isEnded = true
        },
      ],
      [
        'removing temporary files',
        () => (dataDir === null ? rm(home, {recursive: true, force: true}) : undefined),
      ],
      ['releasing the data folder', unlock],
    ])
  let closing: Promise<void> | undefined
  let isAnnounced = false
  let isEnded = false

  const announce = (server: LocalFile['server']): void => {
    // A server that stops after its lake has closed has nothing to write.
    if (dataDir === null || isEnded) return
    try {
      announceServer(dataDir, server)
      isAnnounced = server !== null
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new DataFolderError(
        `${join(dataDir, 'lake.json')} cannot be written: ${reason}. ` +
          'Make room on the disk, or make the folder writable.',
        {cause: error},
      )
    }
  }

  /** Changes the URLs in asset documents, in the background. */
  const moveAssets = (at: string): void => {
    const stayed = url === at && project.read().assetsAt === at
    url = at
    if (stayed) return
    const finish = (): void => project.change((state) => ({...state, assetsAt: at}))
    const moving: Promise<unknown>[] = []
    for (const dataset of datasets.opened()) {
      try {
        const moved = readdressAssets(dataset, projectId, url)
        if (moved) moving.push(moved.catch(onError))
      } catch (error) {
        onError(error)
      }
    }
    if (moving.length === 0) finish()
    else void Promise.all(moving).then(finish).catch(onError)
  }

  return {
    fast: options.fast,
    projectId,
    dataDir,
    assetsFolder,
    checkProject: (id) => {
      if (id !== projectId) throw notFound(`This lake serves project "${projectId}", not "${id}".`)
    },
    now,
    newId,
    token,
    hosts,
    get origins() {
      return [...origins, ...listed(project, true)]
    },
    get readingOrigins() {
      return listed(project, false)
    },
    project,
    settings,
    tokens,
    accessWatch,
    signIns: createTemporaryCodes<Caller>(TEMPORARY_CODE_LIFETIME, now),
    tickets: createTemporaryCodes<Caller>(TEMPORARY_CODE_LIFETIME, now),
    datasets,
    assets,
    hooks,
    jobs: createCopyJobs(now, newId),
    backlogs,
    streams,
    scheduler: createRequestScheduler(),
    serverStarting: () => announce(null),
    serverStarted: (at) => {
      // An address that was given, such as a proxy's, is where clients find the assets.
      moveAssets(givenUrl ?? at)
      announce({url: at, pid: process.pid, ...(givenUrl !== undefined && {publicUrl: givenUrl})})
    },
    serverStopped: () => announce(null),
    endStreams: streams.close,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

const listed = (project: ProjectFile, withCredentials: boolean): string[] =>
  project
    .read()
    .origins.filter(({allowCredentials}) => allowCredentials === withCredentials)
    .map(({origin}) => origin)

/** Without the file that lists them, existing datasets would be ignored and their names used again. */
const requireProject = (dataDir: string): void => {
  const path = join(dataDir, 'project.json')
  const folder = join(dataDir, 'datasets')
  if (existsSync(path) || !existsSync(folder)) return
  const names = readdirSync(folder).filter((name) => isDatasetName(name))
  if (names.length === 0) return
  throw new DataFolderError(
    `${path} is missing, but ${folder} contains datasets (${names.join(', ')}). ` +
      `Restore the file from a snapshot, or move ${folder} away to start with an empty lake.`,
  )
}

const takeFolder = (dataDir: string): (() => void) => {
  makePrivate(dataDir)
  const unlock = lockFolder(dataDir)
  if (unlock !== null) return unlock
  const url = readLocalFile(dataDir)?.server?.url
  throw new FolderInUseError(
    `${dataDir} is in use by another process` +
      (url === undefined ? '.' : `, which answers at ${url}.`) +
      ' Stop it, use its address, or choose another folder.',
  )
}
