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

/**
 * Free to read and open to syndication: only these stories leave the site with their full text.
 */
const OPEN = `rights.maySyndicate != false && coalesce(access, "free") == "free"` as const

/**
 * The 50 newest live articles. The text is null, and so is the summary of a story
 * without standfirst, unless the story is free to read and may be syndicated. Parameters: `now`.
 */
export const feedQuery = defineQuery(`
  *[${LIVE}] | ${NEWEST} [0...50] {
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
  }
`)
