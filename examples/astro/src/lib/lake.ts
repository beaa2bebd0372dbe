/** Questions to the lake: as readers see it, or with drafts while an editor previews. */
import {createHmac, timingSafeEqual} from 'node:crypto'

import {previewOf, siteQuery} from '@copydesk/front/queries'
import {keepClean} from '@copydesk/front/stega'
import {createClient} from '@sanity/client'
import type {AstroCookies} from 'astro'

const {
  PUBLIC_SANITY_PROJECT_ID: projectId = 'copydesk',
  PUBLIC_SANITY_DATASET: dataset = 'production',
  PUBLIC_SANITY_API_VERSION: apiVersion = '2025-02-19',
  PUBLIC_SANITY_STUDIO_URL: studioUrl = '',
  SANITY_API_HOST: apiHost,
  SANITY_API_READ_TOKEN: token = '',
} = process.env

const client = createClient({
  projectId,
  dataset,
  apiVersion,
  useCdn: false,
  // Without SANITY_API_HOST it is hosted Sanity.
  ...(apiHost && {apiHost, useProjectHostname: false}),
})

/** Drafts, with marks in texts that say which field they come from. */
export const editors = client.withConfig({
  token,
  perspective: 'drafts',
  stega: {enabled: true, studioUrl, filter: keepClean},
})

const COOKIE = 'preview'
/** Only this server can make it, because only it has the token. */
const SIGNATURE = createHmac('sha256', token).update(COOKIE).digest('hex')

export const startPreview = (cookies: AstroCookies): void =>
  cookies.set(COOKIE, SIGNATURE, {path: '/', httpOnly: true, sameSite: 'lax'})

export const isPreview = (cookies: AstroCookies): boolean => {
  const [given, own] = [Buffer.from(cookies.get(COOKIE)?.value ?? ''), Buffer.from(SIGNATURE)]
  return token !== '' && given.length === own.length && timingSafeEqual(given, own)
}

/** Asks the package's queries; answers have their types. */
export const askFor = (cookies: AstroCookies): typeof client.fetch =>
  isPreview(cookies)
    ? (query: string, params = {}) => editors.fetch(previewOf(query), params)
    : (query: string, params = {}) => client.fetch(query, params)

/** The publication, and what renderers need to know of it. */
export const aboutFrom = async (ask: typeof client.fetch) => {
  const site = await ask(siteQuery)
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
