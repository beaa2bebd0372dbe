import {randomBytes} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {createLake, startServer} from '@copydesk/lake'
import {
  type ClientConfig,
  createClient,
  type RequestHandler,
  type SanityClient,
} from '@sanity/client'

import {isRecord} from './isRecord.ts'

/**
 * The target of the suite: an embedded lake on a loopback port or, with
 * `CONFORMANCE_TARGET=hosted`, a project on sanity.io. The tests and clients are the same.
 */
export interface Target {
  readonly kind: 'embedded' | 'hosted'
  readonly projectId: string
  readonly dataset: string
  /** An administrator's. */
  readonly token: string
  /** A client with the token, for the raw perspective; `overrides` change its configuration. */
  client(overrides?: ClientConfig): SanityClient
  /** A client without a token. */
  anonymous(overrides?: ClientConfig): SanityClient
  /** The address of an API path (`/data/query/production`) for plain `fetch`. */
  url(path: string, version?: string): string
  /** An id for a document, a dataset or a setting of this file only, because files share a target. */
  id(name: string): string
  close(): Promise<void>
}

const API_VERSION = '2025-02-19'

export const openTarget = async (): Promise<Target> =>
  process.env['CONFORMANCE_TARGET'] === 'hosted' ? openHosted() : openEmbedded()

const openEmbedded = async (): Promise<Target> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'conformance-lake-'))
  const lake = createLake({dataDir})
  const server = await startServer({lake, port: 0})
  const {projectId, token} = lake
  return {
    kind: 'embedded',
    ...clients({projectId, dataset: 'production', token, apiHost: server.url}, server.url),
    close: async () => {
      await server.close()
      await lake.close()
      rmSync(dataDir, {recursive: true})
    },
  }
}

/** The dataset is that of the run, which `recordHosted.ts` creates and deletes. */
const openHosted = async (): Promise<Target> => {
  const projectId = required('CONFORMANCE_PROJECT_ID')
  const dataset = required('CONFORMANCE_DATASET')
  const token = required('CONFORMANCE_TOKEN')
  return {
    kind: 'hosted',
    ...clients({projectId, dataset, token}, `https://${projectId}.api.sanity.io`),
    close: async () => {},
  }
}

const required = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') {
    throw new Error(`${name} is missing in the environment. Use: npm run conformance`)
  }
  return value
}

interface Connection {
  readonly projectId: string
  readonly dataset: string
  readonly token: string
  readonly apiHost?: string
}

/** Sends a request again that was one too many in its second; the client itself repeats no writes. */
const waitingForRates: RequestHandler = async (request, next) => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await next(request)
    } catch (error) {
      if (tries === 5 || !isRecord(error) || error['statusCode'] !== 429) throw error
      await wait(1_000)
    }
  }
}

const clients = (
  {token, ...connection}: Connection,
  base: string,
): Omit<Target, 'kind' | 'close'> => {
  // Each file has ids of its own; the names of datasets and origins begin with that of the run.
  const own = randomBytes(3).toString('hex')
  const run = connection.apiHost === undefined ? connection.dataset : 'run'
  const config: ClientConfig = {
    ...connection,
    useProjectHostname: connection.apiHost === undefined,
    useCdn: false,
    apiVersion: API_VERSION,
    perspective: 'raw',
    requestHandler: waitingForRates,
  }
  return {
    projectId: connection.projectId,
    dataset: connection.dataset,
    token,
    client: (overrides) => createClient({...config, token, ...overrides}),
    anonymous: (overrides) => createClient({...config, perspective: 'published', ...overrides}),
    url: (path, version = `v${API_VERSION}`) => `${base}/${version}${path}`,
    id: (name) => `${run}-${own}-${name}`,
  }
}
