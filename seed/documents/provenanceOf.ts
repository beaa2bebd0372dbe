/**
 * The record of a story’s source inside the article. Together with the article’s own fields it
 * holds every line: a line that no such field holds exactly, or that is in a document shared with
 * other stories, is kept here as printed. So later changes to an author, a topic or a list cannot
 * lose it.
 */
import {publicationOf} from '../entities/publications.ts'
import type {Ids} from '../identify/nameIds.ts'
import {furnitureKind} from '../model/lineKind.ts'
import type {NormalisationKind} from '../model/normalisation.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {ReviewNote} from '../model/review.ts'
import type {Proposal, Provenance} from '../model/seedDocument.ts'
import {readableText} from '../parse/readableText.ts'
import {homeOf} from './homeOf.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'

export function provenanceOf(
  story: ParsedStory,
  review: readonly ReviewNote[],
  proposals: readonly Proposal[],
  ids: Ids,
): Provenance {
  const normalisations = normalisationsOf(story)
  const {source} = story
  return {
    _type: 'provenance',
    ...(review.length > 0 && {
      reviewFlags: review.map(({code, line, message}, index) => ({
        _type: 'reviewFlag',
        _key: lineKey(line, index + 1),
        message,
        code,
        line,
      })),
    }),
    ...(proposals.length > 0 && {proposals: [...proposals]}),
    file: source.file,
    checksum: source.checksum,
    lineCount: source.lineCount,
    capturedOn: story.capturedOn,
    sourceSite: reference(ids.publisher(publicationOf(story.site).name)),
    sourceTime: story.byline.printedTime,
    timeZone: story.byline.timeZone,
    placed: placedLines(story),
    furniture: furnitureLines(story),
    ...(normalisations.length > 0 && {normalisations}),
  }
}

function placedLines(story: ParsedStory): NonNullable<Provenance['placed']> {
  return story.lines.flatMap((line) => {
    const home = homeOf(line, story)
    if (!home) return []
    const {number, text} = line
    return {
      _type: 'placedLine',
      _key: lineKey(number),
      line: number,
      field: home.field,
      ...(home.holds !== text && {text}),
    }
  })
}

function furnitureLines(story: ParsedStory): NonNullable<Provenance['furniture']> {
  return story.lines.flatMap(({number, kind, text}) => {
    const furniture = furnitureKind.safeParse(kind)
    if (!furniture.success) return []
    return {
      _type: 'furnitureLine',
      _key: lineKey(number),
      line: number,
      kind: furniture.data,
      text,
    }
  })
}

function normalisationsOf(story: ParsedStory): NonNullable<Provenance['normalisations']> {
  const ofFile: NormalisationKind[] = []
  if (story.source.byteOrderMark) ofFile.push('byteOrderMark')
  if (story.source.lineEnds === 'windows') ofFile.push('lineEndings')
  if (story.source.lineEnds === 'classicMac') ofFile.push('classicMacLineEnds')
  const ofLines = story.lines
    .filter(({kind}) => !furnitureKind.safeParse(kind).success)
    .flatMap(({number, text}) => readableText(text).normalisations.map((kind) => ({number, kind})))
  return [
    ...ofFile.map((kind) => ({_type: 'normalisation' as const, _key: kind, kind})),
    ...ofLines.map(({number, kind}) => ({
      _type: 'normalisation' as const,
      _key: `${lineKey(number)}-${kind}`,
      kind,
      line: number,
    })),
  ]
}
