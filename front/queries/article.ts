/** One article by its slug, and what to show at an old or retracted address. */
import {defineQuery} from 'groq'

import {
  BODY,
  BODY_BLOCKS,
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
 * The live article at `$slug`, or null: then try `articleRedirectQuery`. Parameters: `slug`, `now`.
 */
export const articleBySlugQuery = defineQuery(`
  *[${LIVE} && slug.current == $slug] | order(_id asc) [0] {
    ${CARD},
    dateline{text, "place": place->{${TOPIC}}},
    "body": ${BODY_BLOCKS}{${BODY}},
    topics[]->{${TOPIC}},
    credits[]{${LINE}},
    "corrections": corrections[show != "listOnly"]{_key, kind, text, madeAt, show} | order(madeAt desc, _key asc),
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
 * The current slug of the live article that once had the slug `$slug`, or null. If a live article
 * has that slug now, the answer is null, so a page that exists never redirects. Parameters: `slug`,
 * `now`.
 */
export const articleRedirectQuery = defineQuery(`
  *[
    ${LIVE} && $slug in previousSlugs[].slug
    && !defined(*[${LIVE} && slug.current == $slug][0]._id)
  ] | order(_id asc) [0] {"slug": slug.current}
`)

/**
 * The current slug of the live article that an import brought from the address `$address` of a
 * former site, or null. An address is path and query, as in `/2014/05/a-story/` or `/?p=123`.
 * Parameters: `address`, `now`.
 */
export const formerAddressQuery = defineQuery(`
  *[${LIVE} && $address in formerAddresses] | order(_id asc) [0] {"slug": slug.current}
`)

/**
 * What to show at the address of a retracted article (HTTP 410): its headline and the retraction,
 * never its text. Null for any other article. Parameters: `slug`, `now`.
 */
export const retractedArticleQuery = defineQuery(`
  *[${PUBLISHED} && pubStatus == "retracted" && slug.current == $slug] | order(_id asc) [0] {
    _id, headline, firstPublishedAt,
    "retractions": corrections[kind == "retraction"]{_key, text, madeAt} | order(madeAt desc, _key asc)
  }
`)

/**
 * When readers may see the article at `$slug`, as stored: the later of its first publication and the
 * end of its embargo, or null without either. For previews, by `previewOf`. Parameters: `slug`.
 */
export const storyOpensAtQuery = defineQuery(`
  *[_type == "article" && slug.current == $slug] | order(_id asc) [0] {
    "times": [firstPublishedAt, embargoUntil]
  } {"opensAt": (times[defined(@)] | order(dateTime(@) desc))[0]}.opensAt
`)
