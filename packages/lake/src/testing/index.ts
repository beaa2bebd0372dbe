/** `@copydesk/lake/testing`: a lake for one test file, with its documents and a client for it. */
import {messageIn} from '../core/errors.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {DEFAULT_DATASET, type LakeOptions} from '../open/lakeOptions.ts'

/** A document to begin with. */
export interface TestDocument {
  /** Random if left out. */
  readonly _id?: string
  readonly _type: string
  readonly [field: string]: unknown
}

/** Those of `createLake`, but for the folder: a test lake is in memory. */
export interface TestLakeOptions extends Omit<LakeOptions, 'dataDir'> {
  /** At most 4 MB of JSON together; they may refer to one another. */
  readonly documents?: readonly TestDocument[] | undefined
  /** Where the documents are, and what the client reads; the first of `datasets` if left out. */
  readonly dataset?: string | undefined
}

/**
 * Options of `createClient` of @sanity/client 8. Versions 6 and 7 know no `resolveFetch`: start a
 * server, and put its `url` in place of `apiHost`.
 */
export interface TestClientConfig {
  readonly projectId: string
  readonly dataset: string
  readonly apiHost: string
  readonly apiVersion: string
  readonly token: string
  readonly useProjectHostname: false
  readonly useCdn: false
  /** Hands requests to the lake in this process: no port is used. */
  resolveFetch(): (input: string | URL | Request, init?: RequestInit) => Promise<Response>
}

export interface TestLake extends Lake {
  readonly clientConfig: TestClientConfig
  /**
   * Puts the datasets back to how they were at first: the one with the documents holds them again,
   * all others are empty. With a name it resets that dataset only. For `beforeEach`.
   */
  reset(dataset?: string): Promise<void>
}

const API_VERSION = '2025-02-19'
const ADDRESS = 'http://localhost'

/**
 * A lake in memory that holds the documents when this resolves.
 * @throws Error with the lake's own message when it does not accept a document.
 * @example
 * import {createTestLake} from '@copydesk/lake/testing'
 * import {createClient} from '@sanity/client'
 *
 * await using lake = await createTestLake({documents: [{_id: 'a', _type: 'post', title: 'One'}]})
 * const client = createClient(lake.clientConfig)
 * expect(await client.fetch('*[_type == "post"].title')).toEqual(['One'])
 */
export const createTestLake = async ({
  documents = [],
  dataset: named,
  ...options
}: TestLakeOptions = {}): Promise<TestLake> => {
  const dataset = named ?? firstOf(options.datasets) ?? DEFAULT_DATASET
  const lake = createLake({...options, datasets: options.datasets ?? [dataset]})
  const seed = (): Promise<void> => writeAll(lake, dataset, documents)
  try {
    await seed()
  } catch (error) {
    await lake.close()
    throw error
  }
  const empty = lake.reset
  // The lake itself, not a copy: startServer takes no other.
  return Object.assign(lake, {
    clientConfig: {
      projectId: lake.projectId,
      dataset,
      apiHost: ADDRESS,
      apiVersion: API_VERSION,
      token: lake.token,
      useProjectHostname: false,
      useCdn: false,
      resolveFetch: () => (input: string | URL | Request, init?: RequestInit) =>
        lake.fetch(new Request(input, init)),
    } as const,
    reset: async (name?: string) => {
      await empty(name)
      if (name === undefined || name === dataset) await seed()
    },
  })
}

const firstOf = (datasets: LakeOptions['datasets']): string | undefined => {
  const first = datasets?.[0]
  return typeof first === 'object' ? first.name : first
}

/** In one transaction, so that documents may refer to those that come later. */
const writeAll = async (
  lake: Lake,
  dataset: string,
  documents: readonly TestDocument[],
): Promise<void> => {
  if (documents.length === 0) return
  const mutations = documents.map((document) => ({
    [document._id === undefined ? 'create' : 'createOrReplace']: document,
  }))
  const path = `/v${API_VERSION}/data/mutate/${encodeURIComponent(dataset)}`
  const response = await lake.fetch(
    new Request(`${ADDRESS}${path}`, {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`, 'content-type': 'application/json'},
      body: JSON.stringify({mutations}),
    }),
  )
  if (response.ok) return
  throw new Error(
    `The documents were not accepted: ${messageIn(await response.json(), response.status)}`,
  )
}
