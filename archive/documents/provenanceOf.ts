/** The record of a story's source inside its article: where it was, and what is left of it. */
import type {NormalisationKind} from '../../seed/model/normalisation.ts'
import type {Provenance} from '../../seed/model/seedDocument.ts'
import type {Residue, Story, StoryFlag} from '../story/story.ts'

export function provenanceOf(
  {proposals, source, times}: Story,
  flags: readonly StoryFlag[],
  residue: readonly Residue[],
  normalisations: ReadonlySet<NormalisationKind>,
): Provenance {
  const [sourceUrl] = source.urls
  const questions = proposals.map(({evidence, message, pointer}) => ({
    code: 'proposal',
    pointer,
    message,
    evidence,
  }))
  return {
    _type: 'provenance',
    ...(flags.length + questions.length > 0 && {
      reviewFlags: [...flags, ...questions].map(({code, evidence, message, pointer}, index) => ({
        _type: 'reviewFlag',
        _key: `f${index + 1}`,
        message,
        code,
        ...(evidence && {evidence}),
        pointer,
      })),
    }),
    ...(proposals.length > 0 && {
      proposals: proposals.map(({evidence, field, pointer, rule, value}, index) => ({
        _type: 'proposal',
        _key: `q${index + 1}`,
        value,
        evidence,
        field,
        pointer,
        rule,
      })),
    }),
    file: source.entry,
    checksum: source.sha256,
    format: source.format,
    pointer: source.pointer,
    ...(source.originalId && {originalId: source.originalId}),
    ...(sourceUrl && {sourceUrl}),
    ...(times.first && {sourceTime: times.first.raw}),
    ...(times.modified?.instant && {sourceModifiedAt: times.modified.instant}),
    ...(residue.length > 0 && {
      residue: residue.map(({pointer, text}, index) => ({
        _type: 'residue',
        _key: `z${index + 1}`,
        pointer,
        text,
      })),
    }),
    ...(normalisations.size > 0 && {
      normalisations: [...normalisations].toSorted().map((kind) => ({
        _type: 'normalisation',
        _key: kind,
        kind,
      })),
    }),
  }
}
