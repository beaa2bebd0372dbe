/**
 * Sitemaps for search engines, without articles hidden from them and copies of other sites' pages.
 */
import {defineQuery} from 'groq'

import {DATE_MODIFIED, INDEXABLE, LIVE, NEWEST} from './fragments.ts'

/** Oldest first, so that full files stay the same and new articles go into the last one. */
const OLDEST = `order(firstPublishedAt asc, _id asc)` as const

const URL = `_id, "slug": slug.current, firstPublishedAt, ${DATE_MODIFIED}` as const

/**
 * The first sitemap file: 5,000 addresses, a tenth of the protocol's limit, so that each file is
 * generated quickly. `lastmod` is `dateModified`. Parameters: `now`.
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
 * Google's news sitemap: at most 1,000 articles first published since `$since` (two days before
 * `$now`). The date is that of first publication, because an update does not make an old story
 * news. Parameters: `since`, `now`.
 */
export const newsSitemapQuery = defineQuery(`
  *[${LIVE} && ${INDEXABLE} && firstPublishedAt >= $since] | ${NEWEST} [0...1000] {
    _id, "slug": slug.current, headline, firstPublishedAt, language
  }
`)
