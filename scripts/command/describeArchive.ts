/** What `npm run import` prints at its end. */
import {firstStories} from '../../archive/report/storyList.ts'
import {type ArchiveReport, isBalanced, sumOf} from '../../archive/report/tally.ts'

/** The report and its files have all of them. */
const MOST = 20

/** The result of an import for a terminal or a log: what was refused, what to check, the totals. */
export const describeArchive = (report: ArchiveReport): string[] => [
  ...limited(draftLines(report), report.drafts),
  ...Object.entries(report.flags).map(([code, count]) => `Check ${code}: ${count}`),
  ...Object.entries(report.archived).map(([kind, count]) => `Archived ${kind}: ${count}`),
  ...report.refused.map(({place, reason}) => `Refused ${place}: ${reason}`),
  ...limited(
    report.missingPictures.map(({address, reason}) => `Missing picture ${address}: ${reason}`),
    report.missingPictures.length,
  ),
  ...(isBalanced(report) ? [] : [`The totals do not add up: ${report.unbalanced.join(', ')}`]),
  totals(report),
]

const draftLines = ({stories}: ArchiveReport): string[] =>
  firstStories(stories, MOST, ({draftBecause}) => draftBecause.length > 0).map(
    ({draftBecause, title}) => `Draft ${title}: ${draftBecause.join('; ')}`,
  )

const limited = (lines: readonly string[], total: number): string[] => [
  ...lines.slice(0, MOST),
  ...(total > MOST ? [`… and ${total - MOST} more.`] : []),
]

const totals = ({
  documents,
  drafts,
  dryRun,
  flagged,
  interrupted,
  items,
  others,
  refused,
  stories,
  superseded,
}: ArchiveReport): string => {
  const outcome = interrupted ? 'Interrupted' : dryRun ? 'Would import' : 'Done'
  return (
    `${outcome}: ${items} records: ${stories.length} stories (${drafts} drafts, ${flagged} to check), ` +
    `${sumOf(others)} not stories, ${superseded.length} older versions, ${refused.length} refused. ` +
    `Documents: ${documents.created} created, ${documents.unchanged} unchanged, ${documents.replaced} replaced, ${documents.kept} kept.`
  )
}

/** 0 done, 1 something was refused, 3 the totals do not add up, 130 interrupted. */
export const exitCodeOf = (report: ArchiveReport): number => {
  if (report.interrupted) return 130
  if (!isBalanced(report)) return 3
  return report.refused.length > 0 ? 1 : 0
}
