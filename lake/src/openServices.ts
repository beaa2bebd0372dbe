import {mkdirSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'

import {createAccessWatch} from './access/accessWatch.ts'
import type {Caller} from './access/caller.ts'
import {announceServer, localToken, readLocalFile} from './access/localFile.ts'
import {openProject, type ProjectFile} from './access/project.ts'
import {newSecret, openTokens} from './access/tokens.ts'
import {createVouchers} from './access/vouchers.ts'
import {createAssets} from './assets/assets.ts'
import {datasetFolder, openDatasets} from './datasets/datasets.ts'
import {readdressAssets} from './datasets/readdressAssets.ts'
import {notFound} from './errors.ts'
import {createJobs} from './jobs.ts'
import type {LakeOptions} from './lake.ts'
import {MAX_BACKLOG_BYTES, VOUCHER_LIFETIME} from './limits.ts'
import {lockFolder} from './server/folderLock.ts'
import type {Services} from './services.ts'
import {createBacklogs} from './stream/backlogs.ts'
import {createEventStreams} from './stream/eventStreams.ts'

type Options = LakeOptions &
  Required<Omit<LakeOptions, 'dataDir' | 'faults' | 'rateLimits' | 'url'>>

const DEFAULT_URL = 'http://localhost:3333'

/** Services, and what begins and ends them. */
export interface OpenServices extends Services {
  readonly dataDir: string | null
  assetsFolder(dataset: string): string
  serverStarted(url: string): void
  serverStopped(): void
  close(): Promise<void>
}

/** Another process has the data folder: go through its server instead. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  readonly code = 'FOLDER_IN_USE'
}

/** Opens a data folder, or sets up a lake in memory, and makes the datasets that are wanted. */
export const openServices = (options: Options): OpenServices => {
  const {projectId, hosts, origins, now, newId, onError} = options
  if (!/^[a-z0-9]+$/.test(projectId)) {
    throw new Error(`"${projectId}" cannot name a project: use lower-case letters and digits.`)
  }
  const dataDir = options.dataDir === undefined ? null : resolve(options.dataDir)
  const unlock = dataDir === null ? null : takeFolder(dataDir)
  // Assets are files even when documents are not.
  const home = dataDir ?? join(tmpdir(), `lake-${newId()}`)
  const project = openProject(dataDir === null ? null : join(dataDir, 'project.json'))
  let url = options.url ?? project.read().assetsAt ?? DEFAULT_URL
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
  const datasets = openDatasets({
    projectId,
    project,
    dataDir,
    assets,
    now,
    newId,
    tokens,
    accessWatch,
    onError,
  })
  for (const wanted of options.datasets) {
    const {name, aclMode} =
      typeof wanted === 'string' ? {name: wanted, aclMode: 'public' as const} : wanted
    const exists = datasets.list().some((record) => record.name === name)
    if (!exists) datasets.create({name, aclMode})
  }
  // All at once, not when first asked for: their scheduled releases wait for no request.
  for (const {name} of datasets.list()) datasets.get(name)

  const close = async (): Promise<void> => {
    streams.close()
    assets.close()
    await datasets.close()
    unlock?.()
    if (dataDir === null) await rm(home, {recursive: true, force: true})
  }
  let closing: Promise<void> | undefined

  /** The lake serves, whatever becomes of the addresses. */
  const moveAssets = (at: string): void => {
    const stayed = url === at && project.read().assetsAt === at
    url = at
    if (stayed) return
    const finish = (): void => project.change((state) => ({...state, assetsAt: at}))
    const moving: Promise<unknown>[] = []
    for (const {name} of datasets.list()) {
      try {
        const moved = readdressAssets(datasets.get(name), projectId, url)
        if (moved) moving.push(moved.catch(onError))
      } catch (error) {
        onError(error)
      }
    }
    if (moving.length === 0) finish()
    else void Promise.all(moving).then(finish).catch(onError)
  }

  return {
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
    tokens,
    accessWatch,
    signIns: createVouchers<Caller>(VOUCHER_LIFETIME, now),
    tickets: createVouchers<Caller>(VOUCHER_LIFETIME, now),
    datasets,
    assets,
    jobs: createJobs(now, newId),
    backlogs,
    streams,
    serverStarted: (at) => {
      moveAssets(at)
      if (dataDir !== null) announceServer(dataDir, {url, pid: process.pid})
    },
    serverStopped: () => {
      streams.close()
      if (dataDir !== null) announceServer(dataDir, null)
    },
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

const takeFolder = (dataDir: string): (() => void) => {
  // Drafts are nobody else's business: neither is the folder.
  try {
    mkdirSync(dataDir, {recursive: true, mode: 0o700})
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${dataDir} cannot be the data folder: ${reason}`, {cause: error})
  }
  const unlock = lockFolder(dataDir)
  if (unlock !== null) return unlock
  const url = readLocalFile(dataDir)?.server?.url
  throw new FolderInUseError(
    `${dataDir} is in use by another process` +
      (url === undefined ? '.' : `, which answers at ${url}.`) +
      ' Stop it, use its address, or choose another folder.',
  )
}
