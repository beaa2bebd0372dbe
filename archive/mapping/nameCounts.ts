/** Counts the names that an archive uses, for the tables that editors fill in. */
import {creditsIn} from '../story/creditsIn.ts'
import type {Story, StoryFigure} from '../story/story.ts'
import {PRINTED, type TableName, TABLES} from './mapping.ts'

export interface NameCount {
  readonly text: string
  /** Empty where the source has no id. */
  readonly source: string
  readonly stories: number
}

export interface NameCounts {
  /** Each name of a story counts once. */
  add(story: Story, figures: Iterable<StoryFigure>): void
  counts(): Readonly<Record<TableName, readonly NameCount[]>>
}

export function nameCounts(): NameCounts {
  const tables = {
    authors: new Map<string, number>(),
    topics: new Map<string, number>(),
    sections: new Map<string, number>(),
    credits: new Map<string, number>(),
  }
  return {
    add(story, figures) {
      const terms = story.topics.map(({name, sourceId}) => keyOf(name, sourceId))
      const found: Record<TableName, string[]> = {
        authors: [
          ...story.names.map(({sourceId, text}) => keyOf(text, sourceId)),
          ...(story.bylineText ? [keyOf(story.bylineText, PRINTED)] : []),
        ],
        topics: terms,
        // Where a story has no section, one of its topics may be it.
        sections: story.section ? [keyOf(story.section.name, story.section.sourceId)] : terms,
        credits: creditsIn(story, figures).map(({text}) => keyOf(text)),
      }
      for (const table of TABLES) {
        for (const key of new Set(found[table])) {
          tables[table].set(key, (tables[table].get(key) ?? 0) + 1)
        }
      }
    },
    counts: () => ({
      authors: sorted(tables.authors),
      topics: sorted(tables.topics),
      sections: sorted(tables.sections),
      credits: sorted(tables.credits),
    }),
  }
}

const keyOf = (text: string, source = ''): string => `${source}\n${text}`

/** The most frequent first, and by text where the count is equal. */
function sorted(counted: ReadonlyMap<string, number>): NameCount[] {
  return [...counted]
    .map(([key, stories]) => {
      const end = key.indexOf('\n')
      return {source: key.slice(0, end), text: key.slice(end + 1), stories}
    })
    .toSorted((a, b) => b.stories - a.stories || (a.text < b.text ? -1 : 1))
}
