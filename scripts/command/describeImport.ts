/** What `npm run seed` and `npm start` print about an import. */
import type {DocumentResult, ImportSummary} from '../../seed/importStories.ts'

/**
 * At most this many notes are printed, the rest counted: an archive has thousands, and its
 * documents hold them all.
 */
const MOST_NOTES = 20

/** Formats the result of an import for a terminal or a log: what happened, and what to review. */
export const describeImport = (summary: ImportSummary): string[] => [
  ...notes(summary),
  ...summary.documents.flatMap(describeKept),
  ...summary.refused.map(({message}) => `Refused ${message}`),
  totals(summary),
]

const notes = ({stories, disagreements}: ImportSummary): string[] => {
  const all = [
    ...stories.flatMap(({file, review}) =>
      review.map(({line, message}) => `Review ${file}:${line}: ${message}`),
    ),
    ...stories.flatMap(({earlierCaptures, file}) =>
      earlierCaptures.map(
        (earlier) => `Review ${file}: taken as the latest capture, not ${earlier}`,
      ),
    ),
    ...disagreements.map(
      ({id, field, taken, left}) =>
        `Review ${id}: ${field} is taken from ${taken}, not from ${left}`,
    ),
  ]
  const more = all.length - MOST_NOTES
  if (more <= 0) return all
  return [
    ...all.slice(0, MOST_NOTES),
    `Review … and ${more} more: the Studio lists them under “Needs attention”.`,
  ]
}

const REASONS: Readonly<Record<NonNullable<DocumentResult['reason']>, string>> = {
  edited: 'an editor changed it',
  unpublished: 'it exists only as a draft',
  earlierImport: 'an earlier import wrote it, and the source says something else now',
  otherType: 'a document of another type has this id',
}

const describeKept = ({id, outcome, reason, fields}: DocumentResult): string[] => {
  if (outcome !== 'kept' || reason === undefined) return []
  const where = fields === undefined ? '' : `; differs in ${fields.join(', ')}`
  return [`Kept ${id}: ${REASONS[reason]}${where}. --replace sets it back.`]
}

const totals = ({counts, documents, dryRun, stories}: ImportSummary): string => {
  const {created, replaced, unchanged, kept, flagged, refused} = counts
  const edited = documents.filter(
    ({reason}) => reason === 'edited' || reason === 'unpublished',
  ).length
  const nothing = created === 0 && replaced === 0
  const parts = [
    `${created} created`,
    ...(replaced > 0 ? [`${replaced} replaced`] : []),
    `${unchanged} unchanged`,
    `${edited} kept because edited`,
    ...(kept > edited ? [`${kept - edited} kept for other reasons`] : []),
    `${flagged} flagged for review`,
    `${refused} refused`,
  ]
  const outcome = nothing ? 'Nothing changed' : dryRun ? 'Would change' : 'Done'
  return `${outcome}: ${stories.length} ${stories.length === 1 ? 'story' : 'stories'}; ${parts.join(', ')}.`
}
