/** An author's page. E-mail addresses are for the desk and stand in no query here. */
import {defineQuery} from 'groq'

import {AFTER_LAST, AUTHOR, CARD, CREDIT, FIGURE, LIVE, NEWEST} from './fragments.ts'

/** In the byline, in whatever role. `references` finds the candidates in an index. */
const BY = `references(^._id) && ^._id in byline[].author._ref` as const

/** The author at `$slug` with the 20 newest live articles, or null. Parameters: `slug`, `now`. */
export const authorPageQuery = defineQuery(`
  *[_type == "author" && slug.current == $slug] | order(_id asc) [0] {
    ${AUTHOR}, jobTitle, shortBio, bio, profiles, "active": coalesce(active, true),
    "affiliation": affiliation->{${CREDIT}},
    portrait{${FIGURE}},
    "articles": *[${LIVE} && ${BY}] | ${NEWEST} [0...20] {${CARD}}
  }
`)

/**
 * The 20 articles of an author that follow the last of a page.
 * Parameters: `slug` (of the author), `lastPublishedAt`, `lastId`, `now`.
 */
export const authorPageAfterQuery = defineQuery(`
  *[_type == "author" && slug.current == $slug] | order(_id asc) [0] {
    "articles": *[${LIVE} && ${AFTER_LAST} && ${BY}] | ${NEWEST} [0...20] {${CARD}}
  }.articles
`)
