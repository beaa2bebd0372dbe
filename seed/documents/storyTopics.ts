/** The topics of a story in the order of the page, and its section among them. */
import {knownTopic} from '../entities/topics.ts'
import type {Ids} from '../identify/nameIds.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import type {Topic} from '../model/seedDocument.ts'
import {excerpt} from '../parse/excerpt.ts'
import {topicDocument} from './topicDocument.ts'

const SECTION_BY_DEFAULT = 'News'

export interface StoryTopics {
  /** Each topic once, even if the page prints it twice. */
  readonly topics: readonly Topic[]
  readonly section: Topic
}

export function storyTopics(story: ParsedStory, ids: Ids, note: Note): StoryTopics {
  const labels = story.topics?.labels ?? []
  const line = story.topics?.line ?? story.headline.line
  const topics = [
    ...new Map(
      labels.map((label) => topicDocument(label, ids)).map((topic) => [topic._id, topic]),
    ).values(),
  ]
  for (const {name} of topics.filter((topic) => !knownTopic(topic.name))) {
    note('unknownTopic', line, `${excerpt(name)} is a new topic. Say whether it is a subject.`)
  }
  const section = topics.find(({kind}) => kind === 'section')
  if (!section) {
    note('assumedSection', line, `The page names no section; ${SECTION_BY_DEFAULT} was taken.`)
  }
  return {topics, section: section ?? topicDocument(SECTION_BY_DEFAULT, ids)}
}
