/** Search over headlines, standfirsts and stories. */
import {defineQuery} from 'groq'

import {CARD, LIVE} from './fragments.ts'

/**
 * The 20 best matches among live articles; newest first when the scores are equal. Every word has
 * to occur in one of the fields. Headlines count most. Parameters: `pattern` (from
 * `searchPattern`), `now`.
 */
export const searchQuery = defineQuery(`
  *[${LIVE} && [headline, standfirst, pt::text(body)] match $pattern]
    | score(
        boost(headline match $pattern, 4),
        boost(standfirst match $pattern, 2),
        pt::text(body) match $pattern
      )
    | order(_score desc, firstPublishedAt desc, _id asc) [0...20] {_score, ${CARD}}
`)
