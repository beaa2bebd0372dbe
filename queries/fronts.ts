/** The newest articles of the whole site, a page of 20 at a time. */
import {defineQuery} from 'groq'

import {AFTER_LAST, CARD, LIVE, NEWEST} from './fragments.ts'

/** The 20 newest live articles. Parameters: `now`. */
export const frontPageQuery = defineQuery(`*[${LIVE}] | ${NEWEST} [0...20] {${CARD}}`)

/**
 * The 20 that follow the last article of a page; an empty list ends the pages. New articles do not
 * shift the pages, since a page starts at an article and not at a number.
 * Parameters: `lastPublishedAt` and `lastId` (`firstPublishedAt` and `_id` of that article), `now`.
 */
export const latestAfterQuery = defineQuery(
  `*[${LIVE} && ${AFTER_LAST}] | ${NEWEST} [0...20] {${CARD}}`,
)
