/** The report of an empty archive, for tests: each says what its own has more. */
import type {ArchiveReport} from './tally.ts'

export const reportWith = (more: Partial<ArchiveReport>): ArchiveReport => ({
  run: 'r',
  dryRun: false,
  interrupted: false,
  stories: [],
  taken: 0,
  items: 0,
  others: {},
  superseded: [],
  refused: [],
  missingPictures: [],
  documents: {created: 0, unchanged: 0, replaced: 0, kept: 0},
  drafts: 0,
  flagged: 0,
  hidden: 0,
  text: {source: 0, kept: 0, moved: 0, opaque: 0, furniture: 0},
  unbalanced: [],
  archived: {},
  flags: {},
  ...more,
})
