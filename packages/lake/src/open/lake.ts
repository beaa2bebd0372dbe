import type {Role} from '../access/roles.ts'
import type {RequestHead} from '../core/exchange.ts'
import {randomId} from '../core/randomId.ts'
import type {Dataset} from '../datasets/dataset.ts'
import {withSettings, writeSnapshot} from '../datasets/snapshots/snapshot.ts'
import {fromFetchRequest, toFetchResponse} from '../http/exchange/fetchAdapter.ts'
import {refuseForeignPage} from '../http/routing/crossSite.ts'
import {withFaults} from '../http/routing/faults.ts'
import {createHandle, type Handle} from '../http/routing/handle.ts'
import {createRateLimits} from '../http/routing/rateLimits.ts'
import type {Backlogs} from '../stream/backlogs.ts'
import {openServices} from './openServices.ts'
import type {LakeOptions} from './options.ts'

/** A Content Lake in this process: documents in SQLite behind Sanity's HTTP API. */
export interface Lake extends AsyncDisposable {
  readonly projectId: string
  /** Null in memory. */
  readonly dataDir: string | null
  /** An administrator's; the data folder's own where there is one. */
  readonly token: string
  /** The API under web standards. `request.url` may have any host name of this machine. */
  fetch(request: Request): Promise<Response>
  /** What waits for slow readers. */
  readonly backlogs: Backlogs
  /** The same as plain values, for servers. */
  readonly handle: Handle
  /** For a web socket. @throws LakeError 403 when a page sends it that may not use the lake. */
  refuseForeignPage(request: RequestHead): void
  /** Names of all datasets. */
  datasets(): readonly string[]
  /** @throws LakeError 404 when there is none of the name. */
  dataset(name: string): Dataset
  /** A token for a program; its text cannot be had again. */
  createToken(label: string, role: Role): string
  /** An address that opens the Studio signed in as the lake's administrator. */
  signInLink(studioUrl: string): string
  /** Empties one dataset, or all of them: documents, history and assets. */
  reset(dataset?: string): Promise<void>
  /**
   * Removes the bytes of assets whose document was deleted before a time (milliseconds since 1970)
   * and that no document refers to. A lake that runs does so by itself after 30 days.
   * @returns The ids of the assets.
   */
  sweepAssets(before: number, datasets?: readonly string[]): Promise<readonly string[]>
  /** Writes everything but the local token to a new folder; `restoreSnapshot` reads it. */
  snapshot(folder: string): Promise<void>
  /** @throws When the data folder cannot say where the lake answers: then nothing may listen. */
  serverStarting(): void
  /** Says in the data folder where the lake answers, so that other commands find it. */
  serverStarted(url: string): void
  /** Ends all event streams, so that a server can close. */
  endStreams(): void
  /** Says in the data folder that the lake does not answer any more. */
  serverStopped(): void
  /**
   * Closes everything for good, the data folder last, whatever goes wrong on the way.
   * @throws AggregateError that names what did.
   */
  close(): Promise<void>
}

export const DEFAULT_PROJECT_ID = 'copydesk'
export const DEFAULT_DATASET = 'production'

/** @throws FolderInUseError when another process has the data folder. */
export const createLake = (options: LakeOptions = {}): Lake => {
  const {onError = printError} = options
  const services = openServices({
    projectId: DEFAULT_PROJECT_ID,
    datasets: [DEFAULT_DATASET],
    hosts: [],
    origins: [],
    now: Date.now,
    newId: randomId,
    onError,
    ...options,
  })
  const {projectId, dataDir, token, tokens, datasets} = services
  const rates = options.rateLimits ? createRateLimits(services.now, options.rateLimits) : null
  const faultless = createHandle(services, onError, rates)
  const handle = options.faults ? withFaults(faultless, options.faults) : faultless
  const names = (): readonly string[] => datasets.list().map(({name}) => name)
  return {
    projectId,
    dataDir,
    token,
    backlogs: services.backlogs,
    handle,
    fetch: async (request) =>
      toFetchResponse(await handle(fromFetchRequest(request)), request.method),
    refuseForeignPage: (request) => refuseForeignPage(request, services, 'none'),
    datasets: names,
    dataset: datasets.get,
    createToken: (label, role) => tokens.create(label, role).token,
    signInLink: (studioUrl) => {
      const url = new URL(studioUrl)
      url.hash = `token=${tokens.startSession(tokens.callerOf(token))}`
      return url.href
    },
    reset: async (dataset) => {
      for (const name of dataset === undefined ? names() : [dataset]) await datasets.reset(name)
    },
    sweepAssets: datasets.sweepAssets,
    snapshot: (folder) => {
      return writeSnapshot(folder, {
        project: () => withSettings(services.project.read(), services.settings),
        copyDocuments: (name, file) => datasets.get(name).store.copyTo(file),
        assetsFolder: services.assetsFolder,
      })
    },
    serverStarting: services.serverStarting,
    serverStarted: services.serverStarted,
    endStreams: services.endStreams,
    serverStopped: services.serverStopped,
    close: services.close,
    [Symbol.asyncDispose]: services.close,
  }
}

const printError = (error: unknown): void => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
}
