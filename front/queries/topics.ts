/** Topic pages. A section is a topic of kind `section`, so its front is a topic page too. */
import {defineQuery} from 'groq'

import {AFTER_LAST, CARD, LIVE, NEWEST, TOPIC} from './fragments.ts'

/** The ids of a topic and of the topics merged into it. */
export const IDS = `"ids": [_id, ...*[_type == "topic" && mergedInto._ref == ^._id]._id]` as const

/**
 * Filed under one of `^.ids`. `references` finds the candidates in an index, the other condition
 * decides.
 */
export const FILED = `references(^.ids)
  && (section._ref in ^.ids || count((topics[]._ref)[@ in ^.^.ids]) > 0)` as const

/**
 * The topic at `$slug` with its 20 newest live articles, or null. When `mergedInto` is set, redirect
 * to that topic. Parameters: `slug`, `now`.
 */
export const topicPageQuery = defineQuery(`
  *[_type == "topic" && slug.current == $slug] | order(_id asc) [0] {..., ${IDS}} {
    ${TOPIC}, description, aliases, externalIds[]{_key, scheme, value},
    "parent": parent->{${TOPIC}},
    "children": *[_type == "topic" && parent._ref == ^._id] | order(name asc, _id asc) {${TOPIC}},
    "mergedInto": mergedInto->{${TOPIC}},
    "articles": *[${LIVE} && ${FILED}] | ${NEWEST} [0...20] {${CARD}}
  }
`)

/**
 * The next 20 articles of a topic. Parameters: `slug` (of the topic), `lastPublishedAt`, `lastId`,
 * `now`.
 */
export const topicPageAfterQuery = defineQuery(`
  *[_type == "topic" && slug.current == $slug] | order(_id asc) [0] {${IDS}} {
    "articles": *[${LIVE} && ${AFTER_LAST} && ${FILED}] | ${NEWEST} [0...20] {${CARD}}
  }.articles
`)

/** Every topic with live articles and their number, by name. Parameters: `now`. */
export const topicsIndexQuery = defineQuery(`
  *[_type == "topic" && !defined(mergedInto)] {..., ${IDS}} {
    ${TOPIC},
    "articleCount": count(*[${LIVE} && ${FILED}])
  } [articleCount > 0] | order(name asc, _id asc)
`)
