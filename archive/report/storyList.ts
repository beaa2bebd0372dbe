/** The stories of a report, in a file: an archive may have more of them than memory holds. */
import {DatabaseSync} from 'node:sqlite'

import type {Outcome} from '../../seed/write/planDocument.ts'
import type {StoryLedger} from '../documents/bodyOf.ts'
import type {StoryFlag} from '../story/story.ts'

export interface StoryResult {
  readonly title: string
  /** Of its article. */
  readonly id: string
  readonly format: string
  /** File, and place in it. */
  readonly place: string
  readonly draftBecause: readonly string[]
  readonly flags: readonly StoryFlag[]
  /** The text dump keeps a record of each line instead. */
  readonly ledger?: StoryLedger
  /** Where it was; from here readers are sent to `slug`. */
  readonly addresses?: readonly string[]
  readonly slug?: string
}

export interface ReportedStory extends StoryResult {
  readonly outcome: Outcome | 'refused'
  readonly reason?: string | undefined
}

/** Can be read any number of times, while its file is there. */
export interface StoryList extends Iterable<ReportedStory> {
  readonly length: number
}

export interface StoryWriter {
  add(story: ReportedStory): void
  /** Call it once, at the end. */
  finish(): StoryList
}

/** `file` is made for one run. */
export function writeStoryList(file: string): StoryWriter {
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;
    CREATE TABLE stories (story TEXT); BEGIN`)
  const insert = database.prepare('INSERT INTO stories VALUES (?)')
  let length = 0
  return {
    add(story) {
      insert.run(JSON.stringify(story))
      length += 1
    },
    finish() {
      database.exec('COMMIT')
      database.close()
      return {length, [Symbol.iterator]: () => storiesIn(file)}
    },
  }
}

/** The first stories that meet a test, at most `most`. */
export function firstStories(
  stories: StoryList,
  most: number,
  isMeant: (story: ReportedStory) => boolean,
): ReportedStory[] {
  const found: ReportedStory[] = []
  for (const story of stories) {
    if (found.length === most) break
    if (isMeant(story)) found.push(story)
  }
  return found
}

function* storiesIn(file: string): Iterator<ReportedStory> {
  using database = new DatabaseSync(file, {readOnly: true})
  for (const row of database.prepare('SELECT story FROM stories ORDER BY rowid').iterate()) {
    const story: ReportedStory = JSON.parse(String(row['story']))
    yield story
  }
}
