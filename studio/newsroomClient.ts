/** The client of the Studio, with what the newsroom adds to Sanity's own. */
import {type ClientConfig, createClient, type SanityClient} from '@sanity/client'

import {clientThatWaits} from './clientThatWaits.ts'
import {withFirstPublication} from './releases/firstPublication.ts'

/**
 * Makes the Studio's client. It writes “First published” into stories before their release goes out;
 * and where the lake serves the Studio, it waits while the lake is away.
 */
export const newsroomClient =
  (isServedByLake: boolean) =>
  (options: ClientConfig): SanityClient => {
    const make = isServedByLake ? clientThatWaits : createClient
    const inner = make(options)
    return make({
      ...options,
      requestHandler: withFirstPublication(
        () => inner,
        () => new Date(),
        options.requestHandler ?? ((request, next) => next(request)),
      ),
    })
  }
