import {publicationOf} from '../entities/publications.ts'
/**
 * Gives every line of a story its kind. Lines are told apart by what they say and by the region
 * they stand in, never by blank lines around them: the archive puts none between a byline and the
 * picture under it. The order of regions is the archive’s, and a region ends only at one of the
 * archive’s own headings in full: prose stays in the body whatever words it begins with. A line that
 * fits no region is `unplaced`.
 */
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
  /** The line as readers see it: see `readableText`. */
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

/** What has been read so far, as far as it decides what comes next. */
interface Page {
  region: Region
  /** The name of the publication, which may sign its stories. */
  publication: string | undefined
  /** The byline’s names. */
  authors: ReadonlySet<string>
  /** Headings that open a region, author names among them: each does so once. */
  readonly opened: Set<string>
  mostReadTitle: Words | undefined
  /** The numbered source whose work comes next. */
  source: {readonly number: number; readonly indent: number; readonly awaitsWork: boolean}
}

const NO_SOURCE = {number: 0, indent: 0, awaitsWork: false}

/** Every line but the empty ones, in order, each with exactly one kind. */
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

/** The kind of a line that ends the region before it, wherever it stands below the byline. */
function openingKind(line: Words, ahead: readonly Words[], page: Page): LineKind | undefined {
  if (isCallToAction(line.words)) return 'callToAction'
  if (isMostReadHeading(line.words)) return 'mostReadHeading'
  if (topicLabels(line.words) && !proseFollows(ahead)) return 'topics'
  if (isCreditsHeading(line.words) && headsCredits(ahead, page)) return 'creditsHeading'
  // In the body the author’s name may be a line of the story; the box stands below it.
  if (page.region !== 'body' && page.authors.has(line.words)) return 'authorBoxName'
  return undefined
}

/** A sentence of some words. Titles, labels and captions end otherwise or are shorter. */
function isProse({words}: Words): boolean {
  return /[.!?…]["'’”)\]]*$/.test(words) && words.split(' ').length >= 4
}

/** Whether the story goes on before the credits: then no list of topics has ended it. */
function proseFollows(ahead: readonly Words[]): boolean {
  const credits = ahead.findIndex(({words}) => isCreditsHeading(words))
  return ahead.slice(0, credits === -1 ? undefined : credits).some(isProse)
}

/** A heading of the list, not the word alone: below the topics, or with a numbered source below. */
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
 * A picture is known by its agency. A line right under the byline or an advert that ends unlike a
 * sentence is a picture too, from an agency that is not listed yet. A second byline and a time of
 * update are neither.
 */
function bodyKind(line: Words, underBreak: boolean): LineKind {
  if (byline(line.words)?.time || updateTime(line.words)) return 'unplaced'
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

/** A work may begin with a number itself: it is indented further, or its number is not the next. */
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
