/** Questions to the lake: as readers see it, or with drafts while an editor previews. */
import {previewOf, siteQuery} from '@copydesk/front/queries'
import {keepClean} from '@copydesk/front/stega'
import {createClient} from '@sanity/client'
import {draftMode} from 'next/headers'

const apiHost = process.env.SANITY_API_HOST

export const client = createClient({
  projectId: process.env.NEXT_PUBLIC_SANITY_PROJECT_ID,
  dataset: process.env.NEXT_PUBLIC_SANITY_DATASET,
  apiVersion: process.env.NEXT_PUBLIC_SANITY_API_VERSION,
  useCdn: false,
  // Without SANITY_API_HOST it is hosted Sanity.
  ...(apiHost && {apiHost, useProjectHostname: false}),
})

/** Drafts, with marks in texts that say which field they come from. */
export const editors = client.withConfig({
  token: process.env.SANITY_API_READ_TOKEN,
  perspective: 'drafts',
  stega: {enabled: true, studioUrl: process.env.NEXT_PUBLIC_SANITY_STUDIO_URL, filter: keepClean},
})

/** The answer to one of the package's queries, with its type. */
export const ask: typeof client.fetch = async (query: string, params = {}) =>
  (await draftMode()).isEnabled
    ? editors.fetch(previewOf(query), params)
    : client.fetch(query, params)

/** The publication, and what renderers need to know of it. */
export const about = async () => {
  const site = await ask(siteQuery)
  const {projectId, dataset} = client.config()
  return {
    publication: site?.publicationName ?? 'News',
    base: site?.baseUrl ?? '',
    context: {
      language: site?.language ?? 'en',
      timeZone: site?.timeZone ?? 'UTC',
      imageBase: `${apiHost ?? 'https://cdn.sanity.io'}/images/${projectId}/${dataset}`,
    },
  }
}

export const now = (): string => new Date().toISOString()
