/** The Sanity client of the npm commands, and the API version they use. */
import {createClient, type SanityClient} from '@sanity/client'

export const API_VERSION = '2025-02-19'

export interface ClientPlace {
  readonly projectId: string
  readonly dataset: string
  readonly token: string
  /** The address of an embedded lake; hosted Sanity when absent. */
  readonly apiHost?: string
}

/** The client for all commands; the same for an embedded lake and a hosted project. */
export const clientFor = ({apiHost, projectId, dataset, token}: ClientPlace): SanityClient =>
  createClient({
    projectId,
    dataset,
    token,
    apiVersion: API_VERSION,
    useCdn: false,
    // Node does not resolve `<project>.localhost` everywhere.
    ...(apiHost !== undefined && {apiHost, useProjectHostname: false}),
  })
