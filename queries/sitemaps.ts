/** What search engines crawl. Articles hidden from them, and copies of others' pages, are left out. */
import {defineQuery} from 'groq'

import {AFTER_LAST, DATE_MODIFIED, INDEXABLE, LIVE, NEWEST} from './fragments.ts'

const URL = `_id, "slug": slug.current, firstPublishedAt, ${DATE_MODIFIED}` as const

/**
 * The first sitemap file: up to 50,000 addresses (the protocol's limit), newest first. `lastmod` is
 * `dateModified`. Parameters: `now`.
 */
export const sitemapQuery = defineQuery(
  `*[${LIVE} && ${INDEXABLE}] | ${NEWEST} [0...50000] {${URL}}`,
)

/** The next file of the same size. Parameters: `lastPublishedAt`, `lastId`, `now`. */
export const sitemapAfterQuery = defineQuery(
  `*[${LIVE} && ${INDEXABLE} && ${AFTER_LAST}] | ${NEWEST} [0...50000] {${URL}}`,
)

/**
 * Google's news sitemap: first published since `$since` (two days before `$now`), at most 1,000.
 * Its date is that of first publication; an update does not make old news new.
 * Parameters: `since`, `now`.
 */
export const newsSitemapQuery = defineQuery(`
  *[${LIVE} && ${INDEXABLE} && firstPublishedAt >= $since] | ${NEWEST} [0...1000] {
    _id, "slug": slug.current, headline, firstPublishedAt, language
  }
`)
