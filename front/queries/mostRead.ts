/** The most-read list. */
import {defineQuery} from 'groq'

import {CREDIT, LIVE} from './fragments.ts'

/**
 * The newest snapshot of the most-read list, or null; the most read first. Link an item to `slug`
 * when it has one (a live article of ours), else to `url`, else print the headline alone.
 * Parameters: `now`.
 */
export const mostReadQuery = defineQuery(`
  *[_type == "mostRead"] | order(capturedOn desc, _id asc) [0] {
    _id, capturedOn, "publisher": publisher->{${CREDIT}},
    items[]{
      _key, headline, categoryLabel, url,
      "slug": article->{"slug": select(${LIVE} => slug.current, null)}.slug
    }
  }
`)
