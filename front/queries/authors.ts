/** An author's page. E-mail addresses are internal and in no query here. */
import {defineQuery} from 'groq'

import {AFTER_LAST, AUTHOR, CARD, CREDIT, FIGURE, LIVE, NEWEST} from './fragments.ts'

/** Has the author in the byline, in any role. `references` finds the candidates in an index. */
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
 * The next 20 articles of an author. Parameters: `slug` (of the author), `lastPublishedAt`,
 * `lastId`, `now`.
 */
export const authorPageAfterQuery = defineQuery(`
  *[_type == "author" && slug.current == $slug] | order(_id asc) [0] {
    "articles": *[${LIVE} && ${AFTER_LAST} && ${BY}] | ${NEWEST} [0...20] {${CARD}}
  }.articles
`)
