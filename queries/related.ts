/** What to read next. */
import {defineQuery} from 'groq'

import {CARD, LIVE} from './fragments.ts'

/**
 * Up to six live articles to read after the one at `$slug`: first those the editor picked, in that
 * order, then those that share the most topics with it, newest first. Never the article itself,
 * and none twice. Null when there is no such article.
 * Parameters: `slug`, `now`.
 */
export const relatedQuery = defineQuery(`
  *[${LIVE} && slug.current == $slug] | order(_id asc) [0] {
    "picked": coalesce((relatedArticles[]->)[${LIVE} && _id != ^._id], []),
    "automatic": *[
      ${LIVE} && _id != ^._id && references(^.topics[]._ref)
      && !(_id in coalesce(^.relatedArticles[]._ref, []))
    ] {..., "shared": count((topics[]._ref)[@ in ^.^.topics[]._ref])}
      [shared > 0] | order(shared desc, firstPublishedAt desc, _id asc) [0...6]
  } {"articles": [...picked, ...automatic][0...6]{${CARD}}}.articles
`)
