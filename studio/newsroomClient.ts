/** The client of the Studio, with what the newsroom adds to Sanity's own. */
import {type ClientConfig, createClient, type SanityClient} from '@sanity/client'

import {clientThatWaits} from './clientThatWaits.ts'
import {withFirstPublication} from './releases/firstPublication.ts'

/**
 * Makes the Studio's client. It writes “First published” into stories before their release goes out.
 * Where the lake serves the Studio, it also waits while the lake is away.
 */
export const newsroomClient =
  (isServedByLake: boolean) =>
  (options: ClientConfig): SanityClient => {
    const make = isServedByLake ? clientThatWaits : createClient
    const requestHandler = withFirstPublication(
      make(options),
      () => new Date(),
      options.requestHandler,
    )
    return make({...options, requestHandler})
  }
