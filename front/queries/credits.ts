/** The credits of an article, and the articles that use a credit. */
import {defineQuery} from 'groq'

import {CARD, CREDIT, LINE, LIVE, NEWEST} from './fragments.ts'

/**
 * Every credit of the article at `$slug`: its list of sources, the credit lines of its pictures and
 * recordings, the sources named in its text, and the site of an imported story. Parameters: `slug`,
 * `now`.
 */
export const articleCreditsQuery = defineQuery(`
  *[${LIVE} && slug.current == $slug] | order(_id asc) [0] {
    _id, headline, "slug": slug.current,
    "sources": credits[]{${LINE}},
    "media": [
      leadMedia,
      ...body[_type in ["figure", "video", "audio"]],
      ...body[_type == "gallery"].pictures[]
    ][defined(@)]{
      _key, _type, caption, credits[]{${LINE}}
    },
    "named": [
      ...body[_type == "block" && defined(markDefs)],
      ...body[_type == "factBox"].body[defined(markDefs)]
    ].markDefs[_type == "attribution"]{_key, "credit": credit->{${CREDIT}}},
    "origin": provenance{capturedOn, "site": sourceSite->{${CREDIT}}}
  }
`)

/**
 * A credit, the works it published, and the 50 newest live articles that name it anywhere.
 * Parameters: `id` (of the credit), `now`.
 */
export const creditUseQuery = defineQuery(`
  *[_type == "credit" && _id == $id][0] {
    ${CREDIT},
    "works": *[_type == "credit" && publisher._ref == ^._id] | order(coalesce(publishedOn, "") desc, _id asc) {${CREDIT}},
    "articles": *[${LIVE} && references(^._id)] | ${NEWEST} [0...50] {${CARD}}
  }
`)
