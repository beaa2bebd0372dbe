/** A story in a list of our own: what the query asks for, and what the row shows. */
import {workflowSteps} from '../../schemas/documents/article/deskFields.ts'
import {type ReaderState, readerState} from '../../schemas/documents/article/readerState.ts'
import {newsroomTimeAndDay} from '../../schemas/newsroomTime.ts'
import {isRecord, textOf} from '../../schemas/untyped.ts'

const READER_FIELDS = 'pubStatus, firstPublishedAt, embargoUntil, expiresAt, slug'

/**
 * The projection of a row, for a query in the perspective `raw`. What readers see depends on the
 * published document, so a draft brings it along.
 */
export const STORY_ROW = `{
  _id, _updatedAt, headline, assignee, workflow, ${READER_FIELDS},
  "section": section->name,
  "picture": leadMedia.asset.asset->url,
  "published": *[_id == array::join(string::split(^._id, "drafts."), "")][0]{${READER_FIELDS}}
}`

export interface StoryRow {
  /** The published id. */
  readonly id: string
  readonly isDraft: boolean
  readonly headline: string
  readonly section: string | undefined
  /** The address of the lead picture. */
  readonly picture: string | undefined
  /** The user who has the story. */
  readonly assignee: string | undefined
  /** How far the story is, such as “Legal”. */
  readonly workflow: string | undefined
  readonly state: ReaderState
  /** When the draft was last edited or the story was published, unless the state has the time. */
  readonly time: string | undefined
}

/**
 * The row of a story, from what the query answered.
 * @param now in milliseconds
 */
export const storyRow = (found: Readonly<Record<string, unknown>>, now: number): StoryRow => {
  const id = textOf(found['_id']) ?? ''
  const isDraft = id.startsWith('drafts.')
  const published = isRecord(found['published']) ? found['published'] : undefined
  const state = readerState(published ?? found, published !== undefined, now)
  return {
    id: isDraft ? id.slice('drafts.'.length) : id,
    isDraft,
    headline: textOf(found['headline']) ?? 'No headline yet',
    section: textOf(found['section']),
    picture: textOf(found['picture']),
    assignee: textOf(found['assignee']),
    workflow: workflowSteps.find(({value}) => value === found['workflow'])?.title,
    state,
    time: isDraft
      ? timeOf('edited ', found['_updatedAt'])
      : state.name === 'live'
        ? timeOf('', found['firstPublishedAt'])
        : undefined,
  }
}

const timeOf = (before: string, time: unknown): string | undefined => {
  const text = textOf(time)
  return text === undefined ? undefined : `${before}${newsroomTimeAndDay(text)}`
}
