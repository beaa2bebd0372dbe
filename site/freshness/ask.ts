/** How pages ask the lake: a question, its answer, and the tags that say when it is out of date. */
import {type ClientReturn, isHttpError, type QueryParams, type SanityClient} from '@sanity/client'

/** Fetches the answer to a query of the library. @throws LakeError */
export type Ask = <const Query extends string>(
  query: Query,
  params?: QueryParams,
) => Promise<ClientReturn<Query>>

/** The lake gave no answer. */
export class LakeError extends Error {
  /** Whether it may answer later: false if the query itself is wrong. */
  readonly isTemporary: boolean

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), {cause})
    this.name = 'LakeError'
    this.isTemporary = !isHttpError(cause) || cause.statusCode === 429 || cause.statusCode >= 500
  }
}

/** Asks with `client`, and calls `onTags` with the sync tags of each answer. */
export const askWith =
  (client: SanityClient, onTags: (tags: readonly string[]) => void): Ask =>
  async (query, params = {}) => {
    try {
      const {result, syncTags} = await client.fetch(query, params, {filterResponse: false})
      onTags(syncTags ?? [])
      return result
    } catch (error) {
      throw new LakeError(error)
    }
  }
