/** Keeps the ids of one site apart from equal ids of another, where `site.json` names the source. */
import type {Story} from './story.ts'

export function inSource(story: Story, source: string | undefined): Story {
  if (source === undefined) return story
  const apart = <Named extends {sourceId?: string | undefined}>(one: Named): Named =>
    one.sourceId === undefined ? one : {...one, sourceId: `${source} ${one.sourceId}`}
  return {
    ...story,
    source: {...story.source, key: `${source} ${story.source.key}`},
    names: story.names.map(apart),
    topics: story.topics.map(apart),
    ...(story.section && {section: apart(story.section)}),
  }
}
