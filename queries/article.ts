/** One article by its address, and where a retired or retracted address leads. */
import {defineQuery} from 'groq'

import {
  BODY,
  CARD,
  CREDIT,
  FIGURE,
  FIRST_PARAGRAPH,
  LINE,
  LIVE,
  PUBLISHED,
  TOPIC,
} from './fragments.ts'

/**
 * The live article at `$slug`, or null: then ask `articleRedirectQuery`.
 * Parameters: `slug`, `now`.
 */
export const articleBySlugQuery = defineQuery(`
  *[${LIVE} && slug.current == $slug] | order(_id asc) [0] {
    ${CARD},
    dateline{text, "place": place->{${TOPIC}}},
    body[]{${BODY}},
    topics[]->{${TOPIC}},
    credits[]{${LINE}},
    "corrections": corrections[show != "listOnly"]{_key, kind, text, madeAt, show} | order(madeAt desc, _key asc),
    language,
    rights{"holder": holder->{${CREDIT}}, notice, terms, maySyndicate},
    "seo": {
      "title": coalesce(seo.title, headline),
      "description": coalesce(seo.description, standfirst, ${FIRST_PARAGRAPH}, ""),
      "noIndex": coalesce(seo.noIndex, false),
      "canonicalUrl": seo.canonicalUrl
    },
    "social": {
      "title": coalesce(social.title, headline),
      "description": coalesce(social.description, standfirst, ${FIRST_PARAGRAPH}, ""),
      "image": coalesce(social.image, leadMedia){${FIGURE}}
    }
  }
`)

/**
 * Where the live article that once had the address `$slug` is now, or null. A live article that has
 * the address today wins, so nothing is redirected away from a page that exists.
 * Parameters: `slug`, `now`.
 */
export const articleRedirectQuery = defineQuery(`
  *[
    ${LIVE} && $slug in previousSlugs[].slug
    && !defined(*[${LIVE} && slug.current == $slug][0]._id)
  ] | order(_id asc) [0] {"slug": slug.current}
`)

/**
 * What to say at the address of a retracted article (HTTP 410): its headline and the retraction,
 * never its text. Null for any other article.
 * Parameters: `slug`, `now`.
 */
export const retractedArticleQuery = defineQuery(`
  *[${PUBLISHED} && pubStatus == "retracted" && slug.current == $slug] | order(_id asc) [0] {
    _id, headline, firstPublishedAt,
    "retractions": corrections[kind == "retraction"]{_key, text, madeAt} | order(madeAt desc, _key asc)
  }
`)
