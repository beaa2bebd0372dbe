/** Related articles. */
import {defineQuery} from 'groq'

import {CARD, LIVE, NEWEST} from './fragments.ts'

/** The number of topics that an article shares with the outer one. */
const SHARED = `count((topics[]._ref)[@ in ^.^.topics[]._ref])` as const

/**
 * Up to six live articles to read after the one at `$slug`: first the editor's picks, in their
 * order, then those that share the most topics with it, newest first. Never the article itself, and
 * none twice. Null when there is no such article. Only the 500 newest articles that share a topic
 * are considered, so that the query stays fast for topics with a hundred thousand stories.
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
