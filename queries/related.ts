/** What to read next. */
import {defineQuery} from 'groq'

import {CARD, LIVE, NEWEST} from './fragments.ts'

/** How many topics an article has in common with the one outside. */
const SHARED = `count((topics[]._ref)[@ in ^.^.topics[]._ref])` as const

/**
 * Up to six live articles to read after the one at `$slug`: first those the editor picked, in that
 * order, then those that share the most topics with it, the newer first. Never the article itself,
 * and none twice. Null when there is no such article. To stay quick on a subject with a hundred
 * thousand stories, it looks no further than the 500 newest that share a topic.
 * Parameters: `slug`, `now`.
 */
export const relatedQuery = defineQuery(`
  *[${LIVE} && slug.current == $slug] | order(_id asc) [0] {
    "picked": coalesce((relatedArticles[]->)[${LIVE} && _id != ^._id], []),
    "automatic": *[
      ${LIVE} && references(^.topics[]._ref) && ${SHARED} > 0
      && _id != ^._id && !(_id in coalesce(^.relatedArticles[]._ref, []))
    ] | ${NEWEST} [0...500] {..., "shared": ${SHARED}}
      | order(shared desc, firstPublishedAt desc, _id asc) [0...6]
  } {"articles": [...picked, ...automatic][0...6]{${CARD}}}.articles
`)
