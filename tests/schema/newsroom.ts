import {createLake, startServer} from '@copydesk/lake'
import {createClient, type SanityClient} from '@sanity/client'

import type {TestDocument} from './documents.ts'

/** A lake on a free port with some documents, and an editor’s client for it. */
export const openNewsroom = async (
  documents: readonly TestDocument[],
): Promise<{client: SanityClient; close(): Promise<void>}> => {
  const lake = createLake()
  const server = await startServer({lake, port: 0})
  const client = createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiVersion: '2025-02-19',
    apiHost: server.url,
    useProjectHostname: false,
    useCdn: false,
    token: lake.token,
  })
  await client.mutate(documents.map((document) => ({create: document})))
  return {
    client,
    close: async () => {
      await server.close()
      await lake.close()
    },
  }
}
