/**
 * Gives every line of a story its kind. Lines are told apart by what they say and by the region
 * they stand in, never by blank lines around them: the archive puts none between a byline and the
 * picture under it. The order of regions is the archive’s; a line that fits none is `unplaced`.
 */
import type {LineKind} from '../model/lineKind.ts'
import {foldSpace, plainWords, sameWords} from './foldSpace.ts'
import {
  archiveHeader,
  byline,
  creditNumber,
  endsLikeSentence,
  isAdvert,
  isCallToAction,
  isCreditsHeading,
  isMostReadHeading,
  isSeeAlso,
  topicLabels,
} from './grammar.ts'
import type {SourceLine} from './sourceText.ts'
import {splitFigureLine} from './splitFigureLine.ts'

export interface ClassifiedLine extends SourceLine {
  readonly kind: LineKind
  /** The line with its spaces folded. */
  readonly words: string
}

type Words = Omit<ClassifiedLine, 'kind'>
type Region =
  | 'header'
  | 'headline'
  | 'byline'
  | 'body'
  | 'mostRead'
  | 'authorBox'
  | 'credits'
  | 'end'

/** What has been read so far, as far as it decides what comes next. */
interface Page {
  region: Region
  /** The byline’s names as plain words. */
  authors: ReadonlySet<string>
  /** Headings that open a region, author names among them: each does so once. */
  readonly opened: Set<string>
  mostReadTitle: Words | undefined
  awaitsWork: boolean
}

/** Every line but the empty ones, in order, each with exactly one kind. */
export function classifyLines(lines: readonly SourceLine[]): ClassifiedLine[] {
  const read = lines.map((line) => ({...line, words: foldSpace(line.text).text}))
  const spoken = read.filter((line) => line.words !== '' && !isAdvert(line.words))
  const page: Page = {
    region: 'header',
    authors: new Set(),
    opened: new Set(),
    mostReadTitle: undefined,
    awaitsWork: false,
  }
  const kinds = new Map<number, LineKind>()
  for (const [index, line] of spoken.entries()) {
    const above = read[line.number - 2]
    const underBreak =
      above !== undefined && (kinds.get(above.number) === 'byline' || isAdvert(above.words))
    kinds.set(line.number, kindOf(line, spoken.slice(index + 1, index + 3), underBreak, page))
  }
  return read
    .filter((line) => line.text !== '')
    .map((line) => ({...line, kind: kinds.get(line.number) ?? silentKind(line)}))
}

function silentKind(line: Words): LineKind {
  return line.words === '' ? 'whitespace' : 'advert'
}

function kindOf(line: Words, ahead: readonly Words[], underBreak: boolean, page: Page): LineKind {
  switch (page.region) {
    case 'header':
      page.region = 'headline'
      return archiveHeader(line.words) ? 'archiveHeader' : 'unplaced'
    case 'headline':
    case 'byline':
      return topKind(line, page)
  }
  const opening = openingKind(line, page)
  if (opening) return open(line, opening, page)
  switch (page.region) {
    case 'body':
      return bodyKind(line, underBreak)
    case 'mostRead':
      return mostReadKind(line, ahead, page)
    case 'authorBox':
      return 'biography'
    case 'credits':
      return creditKind(line, page)
    case 'end':
      return 'unplaced'
  }
}

function topKind(line: Words, page: Page): LineKind {
  const signed = byline(line.words)
  if (signed) {
    page.region = 'body'
    page.authors = new Set(signed.names.map(plainWords))
    return 'byline'
  }
  if (page.region === 'byline') return 'unplaced'
  page.region = 'byline'
  return 'headline'
}

/** The kind of a line that ends the region before it, wherever it stands below the byline. */
function openingKind(line: Words, page: Page): LineKind | undefined {
  if (isCallToAction(line.words)) return 'callToAction'
  if (isMostReadHeading(line.words)) return 'mostReadHeading'
  if (topicLabels(line.words)) return 'topics'
  if (isCreditsHeading(line.words)) return 'creditsHeading'
  if (page.authors.has(plainWords(line.words))) return 'authorBoxName'
  return undefined
}

function open(line: Words, kind: LineKind, page: Page): LineKind {
  const heading = kind === 'authorBoxName' ? plainWords(line.words) : kind
  if (page.opened.has(heading)) return 'unplaced'
  page.opened.add(heading)
  page.region = regionUnder(kind)
  page.mostReadTitle = undefined
  return kind
}

function regionUnder(kind: LineKind): Region {
  if (kind === 'mostReadHeading') return 'mostRead'
  if (kind === 'authorBoxName') return 'authorBox'
  return kind === 'creditsHeading' ? 'credits' : 'end'
}

/**
 * A picture is known by its agency. A line right under the byline or an advert that ends unlike a
 * sentence is a picture too, from an agency nobody has listed yet.
 */
function bodyKind(line: Words, underBreak: boolean): LineKind {
  if (splitFigureLine(line.words)?.glued) return 'figure'
  if (isSeeAlso(line.words)) return 'seeAlso'
  return underBreak && !endsLikeSentence(line.words) ? 'figure' : 'paragraph'
}

/** Entries are a title, perhaps a category right under it, and the title again. */
function mostReadKind(line: Words, ahead: readonly Words[], page: Page): LineKind {
  const [next, second] = ahead
  const title = page.mostReadTitle
  if (title && sameWords(title.words, line.words)) {
    page.mostReadTitle = undefined
    return 'mostReadRepeat'
  }
  if (title && next && sameWords(title.words, next.words)) return 'mostReadCategory'
  if (title && isLabelUnder(line, title)) {
    page.mostReadTitle = undefined
    return 'mostReadCategory'
  }
  const repeated = [next, second].some((other) => other && sameWords(line.words, other.words))
  if (repeated || (next && isLabelUnder(next, line) && !openingKind(next, page))) {
    page.mostReadTitle = line
    return 'mostReadItem'
  }
  page.region = 'end'
  return 'unplaced'
}

function isLabelUnder(line: Words, title: Words): boolean {
  return line.number === title.number + 1 && !endsLikeSentence(line.words)
}

function creditKind(line: Words, page: Page): LineKind {
  if (creditNumber(line.words)) {
    page.opened.add('creditNumber')
    page.awaitsWork = true
    return 'creditNumber'
  }
  if (page.awaitsWork) {
    page.awaitsWork = false
    return 'creditWork'
  }
  return page.opened.has('creditNumber') ? 'unplaced' : 'creditsSummary'
}
