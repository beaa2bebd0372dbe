/** For tests: `@sanity/client` connected to a lake. */
import {type ClientConfig, createClient, type SanityClient} from '@sanity/client'

interface Signature {
  readonly projectId: string
  readonly token: string
}

/** @param url Where the lake is reached. */
export const clientOf = (
  {projectId, token}: Signature,
  url: string,
  changes: ClientConfig = {},
): SanityClient =>
  createClient({
    projectId,
    dataset: 'production',
    apiHost: url,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2025-02-19',
    token,
    ...changes,
  })
