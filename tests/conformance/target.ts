import {randomBytes} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake, startServer} from '@copydesk/lake'
import {type ClientConfig, createClient, type SanityClient} from '@sanity/client'

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
  /** An id for a document of this run only, because hosted datasets hold other documents too. */
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

const openHosted = async (): Promise<Target> => {
  const projectId = required('CONFORMANCE_PROJECT_ID')
  const dataset = required('CONFORMANCE_DATASET')
  const token = required('CONFORMANCE_TOKEN')
  const target = clients({projectId, dataset, token}, `https://${projectId}.api.sanity.io`)
  return {
    kind: 'hosted',
    ...target,
    close: async () => {
      const mine = `_id in path("${target.id('**')}") || _id in path("*.${target.id('**')}")`
      await target.client().delete({query: `*[${mine}]`})
    },
  }
}

const required = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') {
    throw new Error(`CONFORMANCE_TARGET=hosted needs ${name} in the environment.`)
  }
  return value
}

interface Connection {
  readonly projectId: string
  readonly dataset: string
  readonly token: string
  readonly apiHost?: string
}

const clients = (
  {token, ...connection}: Connection,
  base: string,
): Omit<Target, 'kind' | 'close'> => {
  const run = randomBytes(4).toString('hex')
  const config: ClientConfig = {
    ...connection,
    useProjectHostname: connection.apiHost === undefined,
    useCdn: false,
    apiVersion: API_VERSION,
    perspective: 'raw',
  }
  return {
    projectId: connection.projectId,
    dataset: connection.dataset,
    token,
    client: (overrides) => createClient({...config, token, ...overrides}),
    anonymous: (overrides) => createClient({...config, perspective: 'published', ...overrides}),
    url: (path, version = `v${API_VERSION}`) => `${base}/${version}${path}`,
    id: (name) => `run${run}-${name}`,
  }
}
