/** The home page: its lists of stories, asked in one query. */
import {LIVE} from '../../front/queries/fragments.ts'
import {isRecord, records} from '../../schemas/untyped.ts'
import {type StoryRow, STORY_ROW, storyRow} from '../stories/storyRow.ts'

/** Stories in a list; each list in the desk has all. */
const ROWS = 6

const isOut = '_type == "article" && !(_id in path("drafts.**")) && !(_id in path("versions.**"))'

/** When readers will see a story that waits for its time. */
const goesOut = `select(
  dateTime(embargoUntil) > dateTime(firstPublishedAt) => embargoUntil, firstPublishedAt
)`

/** In the perspective `raw`, with the parameters `now` and `me`, the id of the user. */
export const homeQuery = `{
  "mine": *[_type == "article" && _id in path("drafts.**") && assignee == $me]
    | order(_updatedAt desc)[0...${ROWS}]${STORY_ROW},
  "others": *[_type == "article" && _id in path("drafts.**") && assignee != $me]
    | order(_updatedAt desc)[0...${ROWS}]${STORY_ROW},
  "next": *[${isOut} && coalesce(pubStatus, "usable") == "usable" && defined(firstPublishedAt)
    && (firstPublishedAt > $now || dateTime(embargoUntil) > dateTime($now))]
    | order(${goesOut} asc)[0...${ROWS}]${STORY_ROW},
  "recent": *[${LIVE} && !(_id in path("drafts.**")) && !(_id in path("versions.**"))]
    | order(firstPublishedAt desc)[0...${ROWS}]${STORY_ROW}
}`

/** The lists of the home page. */
export interface HomeLists {
  readonly mine: readonly StoryRow[]
  readonly others: readonly StoryRow[]
  readonly next: readonly StoryRow[]
  readonly recent: readonly StoryRow[]
}

/**
 * The lists in the answer to the query; undefined before there is one.
 * @param now in milliseconds
 */
export const homeLists = (answer: unknown, now: number): HomeLists | undefined => {
  if (!isRecord(answer)) return undefined
  const rows = (list: keyof HomeLists) => records(answer[list]).map((found) => storyRow(found, now))
  return {mine: rows('mine'), others: rows('others'), next: rows('next'), recent: rows('recent')}
}
