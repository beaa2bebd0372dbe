import type {DocumentResult, ImportSummary} from '../../seed/importStories.ts'

/** An import in words, for a terminal or a log: what happened, and what a person should look at. */
export const describeImport = (summary: ImportSummary): string[] => [
  ...summary.stories.flatMap(({file, review}) =>
    review.map(({line, message}) => `Review ${file}:${line}: ${message}`),
  ),
  ...summary.disagreements.map(
    ({id, field, taken, left}) => `Review ${id}: ${field} is taken from ${taken}, not from ${left}`,
  ),
  ...summary.documents.flatMap(describeKept),
  ...summary.refused.map(({message}) => `Refused ${message}`),
  totals(summary),
]

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
