/** The data for RSS, JSON Feed and partners' readers. */
import {defineQuery} from 'groq'

import {
  AUTHOR,
  BODY,
  BODY_BLOCKS,
  DATE_MODIFIED,
  FIGURE,
  FIRST_PARAGRAPH,
  LINE,
  LIVE,
  NEWEST,
  TOPIC,
} from './fragments.ts'
import {FILED, IDS} from './topics.ts'

/**
 * Free to read and open to syndication: only these stories leave the site with their full text.
 */
const OPEN = `rights.maySyndicate != false && coalesce(access, "free") == "free"` as const

/** A story in a feed. */
const FEED_ITEM = `
  _id, "slug": slug.current, articleType, headline,
  standfirst, "summary": coalesce(standfirst, select(${OPEN} => ${FIRST_PARAGRAPH}, null)),
  firstPublishedAt, ${DATE_MODIFIED},
  "section": section->{${TOPIC}},
  bylinePrefix, bylineText, byline[]{_key, role, "author": author->{${AUTHOR}}},
  topics[]->{${TOPIC}},
  leadMedia{${FIGURE}},
  credits[]{${LINE}},
  "sponsor": sponsor->name,
  "access": coalesce(access, "free"),
  "rightsNotice": rights.notice,
  "canonicalUrl": seo.canonicalUrl,
  language,
  "body": select(${OPEN} => ${BODY_BLOCKS}{${BODY}}, null)
` as const

/**
 * The 50 newest live articles. Unless a story is free to read and may be syndicated, its text is
 * null, and so is its summary if it has no standfirst. Parameters: `now`.
 */
export const feedQuery = defineQuery(`*[${LIVE}] | ${NEWEST} [0...50] {${FEED_ITEM}}`)

/** The same for the topic at `$slug`, with its name, or null. Parameters: `slug`, `now`. */
export const topicFeedQuery = defineQuery(`
  *[_type == "topic" && slug.current == $slug] | order(_id asc) [0] {..., ${IDS}} {
    ${TOPIC},
    "articles": *[${LIVE} && ${FILED}] | ${NEWEST} [0...50] {${FEED_ITEM}}
  }
`)
