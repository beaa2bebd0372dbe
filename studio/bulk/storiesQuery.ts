/** The tool “Stories”: the list that an editor has filtered. */
import {records} from '../../schemas/untyped.ts'
import {type StoryRow, STORY_ROW, storyRow} from '../stories/storyRow.ts'
import {articleLists, type DeskList, workLists} from '../structure/deskLists.ts'

/** What an editor filters by. */
export interface Filters {
  /** The id of one of the lists. */
  readonly list: string
  /** The id of a section; empty for all. */
  readonly section: string
  /** Words of the headline; empty for all. */
  readonly words: string
}

/** All lists of articles in the desk, for a choice. */
export const filterLists: readonly (Pick<DeskList, 'id' | 'title' | 'filter'> &
  Partial<DeskList>)[] = [
  {id: 'all', title: 'All articles', filter: 'true'},
  ...workLists,
  ...articleLists,
]

/** Documents, of which a draft and its published document make one story. */
const MOST = 200

/** The query and its parameters, for the perspective `raw`. */
export const storiesQuery = (
  {list, section, words}: Filters,
  now: Date,
): {readonly query: string; readonly params: Record<string, string>} => {
  const chosen = filterLists.find(({id}) => id === list)
  return {
    query: `*[_type == "article" && !(_id in path("versions.**")) && (${chosen?.filter ?? 'true'})
      && ($section == "" || section._ref == $section) && ($words == "" || headline match $words)]
      | order(_updatedAt desc)[0...${MOST}]${STORY_ROW}`,
    params: {...chosen?.params?.(now), section, words: words === '' ? '' : `${words}*`},
  }
}

/**
 * The stories in the answer, each once. The draft stands for a story that has one.
 * @param now in milliseconds
 */
export const storiesIn = (answer: unknown, now: number): StoryRow[] => {
  const rows = records(answer).map((found) => storyRow(found, now))
  const drafts = new Set(rows.filter(({isDraft}) => isDraft).map(({id}) => id))
  return rows.filter(({id, isDraft}) => isDraft || !drafts.has(id))
}
