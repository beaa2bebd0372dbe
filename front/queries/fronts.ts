/** The newest articles of the whole site, in pages of 20. */
import {defineQuery} from 'groq'

import {AFTER_LAST, CARD, LIVE, NEWEST} from './fragments.ts'

/** The 20 newest live articles. Parameters: `now`. */
export const frontPageQuery = defineQuery(`*[${LIVE}] | ${NEWEST} [0...20] {${CARD}}`)

/**
 * The 20 articles after the last one of a page; an empty list at the end. New articles do not shift
 * the pages, because a page starts after an article, not at a number. Parameters: `lastPublishedAt`
 * and `lastId` (`firstPublishedAt` and `_id` of that article), `now`.
 */
export const latestAfterQuery = defineQuery(
  `*[${LIVE} && ${AFTER_LAST}] | ${NEWEST} [0...20] {${CARD}}`,
)
