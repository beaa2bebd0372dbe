/** `createLake`: opens a lake, and builds the `Lake` that users of the package get. */
import type {Role} from '../access/roles.ts'
import type {FastOption} from '../core/fast.ts'
import {randomId} from '../core/ids.ts'
import {withSettings, writeSnapshot} from '../datasets/snapshots/snapshot.ts'
import {fromFetchRequest, toFetchResponse} from '../http/exchange/fetchAdapter.ts'
import {refuseForeignPage} from '../http/routing/crossSite.ts'
import {withFaults} from '../http/routing/faults.ts'
import {createHandle} from '../http/routing/handle.ts'
import {createRateLimits} from '../http/routing/rateLimits.ts'
import {withInternals} from './internals.ts'
import {DEFAULT_DATASET, DEFAULT_PROJECT_ID, type LakeOptions} from './lakeOptions.ts'
import {openServices} from './openServices.ts'

/**
 * A Content Lake in this process: documents in SQLite behind Sanity's HTTP API.
 * @example
 * await using lake = createLake() // closed at the end of the block
 * const {token} = lake
 * const response = await lake.fetch(
 *   new Request('http://localhost/v2025-02-19/data/query/production?query=count(*)', {
 *     headers: {authorization: `Bearer ${token}`},
 *   }),
 * )
 * console.log(await response.json()) // {query: 'count(*)', result: 0, ms: 1}
 */
export interface Lake extends AsyncDisposable {
  readonly projectId: string
  /** The absolute path of the data folder; null in memory. */
  readonly dataDir: string | null
  /** An administrator's token; a data folder keeps its own. */
  readonly token: string
  /**
   * Answers a request of Sanity's HTTP API without a network. `request.url` may have any host name
   * of this machine. Never rejects for what a request says: errors are responses.
   */
  fetch(request: Request): Promise<Response>
  /** The names of all datasets. */
  datasets(): readonly string[]
  /**
   * Makes a token for a program.
   * @param label Shown in lists of tokens.
   * @returns The token, which cannot be read again later.
   */
  createToken(label: string, role: Role): string
  /**
   * @param studioUrl Where the Studio is, such as the `url` of a server that has one.
   * @returns An address that opens the Studio signed in as the lake's administrator.
   */
  signInLink(studioUrl: string): string
  /**
   * Empties one dataset, or all of them: documents, history and assets.
   * @throws LakeError 404 when no dataset has the name.
   */
  reset(dataset?: string): Promise<void>
  /**
   * Writes everything but the local token to a new folder; `restoreSnapshot` reads it.
   * @throws SnapshotError when the folder is not empty.
   */
  snapshot(folder: string): Promise<void>
  /**
   * Closes the lake; every step is taken even if others fail, and the data folder is released last.
   * @throws AggregateError that names the steps that failed.
   */
  close(): Promise<void>
}

/**
 * Opens the lake of a data folder, or one in memory. An option that is undefined has its default.
 * @throws FolderInUseError when another process has the data folder.
 * @throws Error when the data folder holds something else or cannot be read, or when an option has
 *   no valid value.
 * @example
 * const lake = createLake({dataDir: '.lake', datasets: ['production', 'staging']})
 * const reader = lake.createToken('Front end', 'viewer')
 * await lake.close()
 */
export const createLake = (options: LakeOptions = {}): Lake => openLake(options, true)

/**
 * `createLake` with the internal option, for tests and measurements.
 * @param fast Which optimisations it uses. Results are the same without them.
 */
export const openLake = (options: LakeOptions, fast: FastOption): Lake => {
  const {
    dataDir: folder,
    url,
    projectId = DEFAULT_PROJECT_ID,
    datasets: wanted = [DEFAULT_DATASET],
    hosts = [],
    origins = [],
    hookHosts = [],
    indexes = [],
    sendHooks = true,
    durability = 'disk',
    now = Date.now,
    newId = randomId,
    onError = printError,
    rateLimits = false,
    faults,
  } = options
  const services = openServices({
    projectId,
    datasets: wanted,
    hosts,
    origins,
    hookHosts,
    indexes,
    sendHooks,
    durability,
    now,
    newId,
    onError,
    fast,
    ...(folder !== undefined && {dataDir: folder}),
    ...(url !== undefined && {url}),
  })
  const {dataDir, token, tokens, datasets} = services
  const rates = rateLimits ? createRateLimits(services.now, rateLimits) : null
  const faultless = createHandle(services, onError, rates)
  const handle = faults ? withFaults(faultless, faults) : faultless
  const names = (): readonly string[] => datasets.list().map(({name}) => name)
  const lake: Lake = {
    projectId,
    dataDir,
    token,
    fetch: async (request) =>
      toFetchResponse(await handle(fromFetchRequest(request)), request.method),
    datasets: names,
    createToken: (label, role) => tokens.create(label, role).token,
    signInLink: (studioUrl) => {
      const link = new URL(studioUrl)
      link.hash = `token=${tokens.startSession(tokens.callerOf(token))}`
      return link.href
    },
    reset: async (dataset) => {
      for (const name of dataset === undefined ? names() : [dataset]) await datasets.reset(name)
    },
    snapshot: (to) => {
      return writeSnapshot(to, {
        project: () => withSettings(services.project.read(), services.settings),
        copyDocuments: (name, file) => datasets.get(name).store.copyTo(file),
        assetsFolder: services.assetsFolder,
      })
    },
    close: services.close,
    [Symbol.asyncDispose]: services.close,
  }
  return withInternals(lake, {
    fast,
    backlogs: services.backlogs,
    handle,
    refuseForeignPage: (request) => refuseForeignPage(request, services, 'none'),
    dataset: datasets.get,
    sweepAssets: datasets.sweepAssets,
    pausedHooks: () => services.hooks.list().filter(services.hooks.isPaused),
    firstUnread: services.hooks.firstUnread,
    serverStarting: services.serverStarting,
    serverStarted: services.serverStarted,
    endStreams: services.endStreams,
    serverStopped: services.serverStopped,
  })
}

const printError = (error: unknown): void => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
}
