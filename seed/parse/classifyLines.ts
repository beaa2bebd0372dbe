/**
 * Gives every line of a story its kind, by its words and its region, never by blank lines: the
 * archive puts none between a byline and the picture below it. Regions follow the archive’s order,
 * and a region ends only at a complete heading of the archive, so prose stays in the body even if
 * it begins with the same words. A line that fits no region is `unplaced`.
 */
import {publicationOf} from '../entities/publications.ts'
import type {LineKind} from '../model/lineKind.ts'
import {byline} from './byline.ts'
import {
  archiveHeader,
  creditNumber,
  endsLikeSentence,
  isAdvert,
  isCallToAction,
  isCreditsHeading,
  isMostReadHeading,
  isSeeAlso,
  topicLabels,
  updateTime,
} from './grammar.ts'
import {readableText, sameWords} from './readableText.ts'
import type {SourceLine} from './sourceText.ts'
import {splitFigureLine} from './splitFigureLine.ts'

export interface ClassifiedLine extends SourceLine {
  readonly kind: LineKind
  /** The line as readers see it (see `readableText`). */
  readonly words: string
}

type Words = Omit<ClassifiedLine, 'kind'>
type Region =
  | 'header'
  | 'headline'
  | 'byline'
  | 'body'
  | 'belowBody'
  | 'mostRead'
  | 'authorBox'
  | 'credits'
  | 'end'

/** What the lines so far imply for the next one. */
interface Page {
  region: Region
  /** The publication's name, which may appear as author. */
  publication: string | undefined
  /** The byline’s names. */
  authors: ReadonlySet<string>
  /** Headings that have opened a region, including author names: each can do so once. */
  readonly opened: Set<string>
  mostReadTitle: Words | undefined
  /** The numbered source whose work comes next. */
  source: {readonly number: number; readonly indent: number; readonly awaitsWork: boolean}
}

const NO_SOURCE = {number: 0, indent: 0, awaitsWork: false}

/** Every non-empty line in order, each with one kind. */
export function classifyLines(lines: readonly SourceLine[]): ClassifiedLine[] {
  const read = lines.map((line) => ({...line, words: readableText(line.text).text}))
  const spoken = read.filter((line) => line.words !== '' && !isAdvert(line.words))
  const page: Page = {
    region: 'header',
    publication: undefined,
    authors: new Set(),
    opened: new Set(),
    mostReadTitle: undefined,
    source: NO_SOURCE,
  }
  const kinds = new Map<number, LineKind>()
  for (const [index, line] of spoken.entries()) {
    const above = read[line.number - 2]
    const underBreak =
      above !== undefined && (kinds.get(above.number) === 'byline' || isAdvert(above.words))
    kinds.set(line.number, kindOf(line, spoken.slice(index + 1), underBreak, page))
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
    case 'header': {
      page.region = 'headline'
      const header = archiveHeader(line.words)
      page.publication = header && publicationOf(header.site).name
      return header ? 'archiveHeader' : 'unplaced'
    }
    case 'headline':
    case 'byline':
      return topKind(line, page)
  }
  const opening = openingKind(line, ahead, page)
  if (opening) return open(line, opening, page)
  switch (page.region) {
    case 'body':
      return bodyKind(line, underBreak)
    case 'belowBody':
      return isProse(line) ? 'paragraph' : 'unplaced'
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
  const signed = byline(line.words, page.publication)
  if (signed) {
    page.region = 'body'
    page.authors = new Set(signed.names)
    return 'byline'
  }
  if (page.region === 'byline') return 'unplaced'
  page.region = 'byline'
  return 'headline'
}

/** The kind of a line that ends the current region, anywhere below the byline. */
function openingKind(line: Words, ahead: readonly Words[], page: Page): LineKind | undefined {
  if (isCallToAction(line.words)) return 'callToAction'
  if (isMostReadHeading(line.words)) return 'mostReadHeading'
  if (topicLabels(line.words) && !proseFollows(ahead)) return 'topics'
  if (isCreditsHeading(line.words) && headsCredits(ahead, page)) return 'creditsHeading'
  // In the body the author’s name may be a line of the story; the author box comes after it.
  if (page.region !== 'body' && page.authors.has(line.words)) return 'authorBoxName'
  return undefined
}

/** Whether a line is a sentence. Titles, labels and captions are shorter or end differently. */
function isProse({words}: Words): boolean {
  return /[.!?…]["'’”)\]]*$/.test(words) && words.split(' ').length >= 4
}

/** Whether the story continues before the credits; then this is not the list of topics. */
function proseFollows(ahead: readonly Words[]): boolean {
  const credits = ahead.findIndex(({words}) => isCreditsHeading(words))
  return ahead.slice(0, credits === -1 ? undefined : credits).some(isProse)
}

/**
 * Whether `Credits` is the heading of the list: it follows the topics, or a numbered source follows
 * it.
 */
function headsCredits(ahead: readonly Words[], page: Page): boolean {
  return page.opened.has('topics') || ahead.slice(0, 2).some(({words}) => creditNumber(words))
}

function open(line: Words, kind: LineKind, page: Page): LineKind {
  const heading = kind === 'authorBoxName' ? `by ${line.words}` : kind
  if (page.opened.has(heading)) return 'unplaced'
  page.opened.add(heading)
  page.region = regionUnder(kind)
  page.mostReadTitle = undefined
  return kind
}

function regionUnder(kind: LineKind): Region {
  if (kind === 'callToAction') return 'belowBody'
  if (kind === 'mostReadHeading') return 'mostRead'
  if (kind === 'authorBoxName') return 'authorBox'
  return kind === 'creditsHeading' ? 'credits' : 'end'
}

/**
 * A picture is recognised by its agency. A line directly below the byline or an advert that does
 * not end like a sentence is also a picture, from an agency that is not in the table. A second
 * byline and a time of update are neither.
 */
function bodyKind(line: Words, underBreak: boolean): LineKind {
  if (byline(line.words)?.time || updateTime(line.words)) return 'unplaced'
  if (splitFigureLine(line.words)?.glued) return 'figure'
  if (isSeeAlso(line.words)) return 'seeAlso'
  return underBreak && !endsLikeSentence(line.words) ? 'figure' : 'paragraph'
}

/** An entry is a title, an optional category below it, and the title again. */
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
  if (repeated || (next && isLabelUnder(next, line) && !openingKind(next, ahead.slice(1), page))) {
    page.mostReadTitle = line
    return 'mostReadItem'
  }
  page.region = 'end'
  return 'unplaced'
}

function isLabelUnder(line: Words, title: Words): boolean {
  return line.number === title.number + 1 && !endsLikeSentence(line.words)
}

/**
 * A title may begin with a number itself: then it is indented further, or the number is not the
 * next.
 */
function creditKind(line: Words, page: Page): LineKind {
  const numbered = creditNumber(line.words)
  const indent = line.text.search(/\S/)
  const {source} = page
  const isWork =
    source.awaitsWork &&
    (numbered === undefined ||
      indent > source.indent ||
      (indent === source.indent && numbered.number !== source.number + 1))
  if (isWork) {
    page.source = {...source, awaitsWork: false}
    return 'creditWork'
  }
  if (numbered) {
    page.source = {number: numbered.number, indent, awaitsWork: true}
    return 'creditNumber'
  }
  return source.number > 0 ? 'unplaced' : 'creditsSummary'
}
