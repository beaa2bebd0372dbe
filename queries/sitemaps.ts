/** What search engines crawl. Articles hidden from them, and copies of others' pages, are left out. */
import {defineQuery} from 'groq'

import {DATE_MODIFIED, INDEXABLE, LIVE, NEWEST} from './fragments.ts'

/** Oldest first, so that a full file stays as it is while new articles fill the last one. */
const OLDEST = `order(firstPublishedAt asc, _id asc)` as const

const URL = `_id, "slug": slug.current, firstPublishedAt, ${DATE_MODIFIED}` as const

/**
 * The first sitemap file: 5,000 addresses, a tenth of what the protocol allows, so that no file
 * takes long to make. `lastmod` is `dateModified`. Parameters: `now`.
 */
export const sitemapQuery = defineQuery(
  `*[${LIVE} && ${INDEXABLE}] | ${OLDEST} [0...5000] {${URL}}`,
)

/** The file after the one that ends with the given article. Parameters: `lastPublishedAt`, `lastId`, `now`. */
export const sitemapAfterQuery = defineQuery(`
  *[
    ${LIVE} && ${INDEXABLE} && firstPublishedAt >= $lastPublishedAt
    && (firstPublishedAt > $lastPublishedAt || _id > $lastId)
  ] | ${OLDEST} [0...5000] {${URL}}
`)

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
