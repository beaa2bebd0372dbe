/**
 * The facts above the story: archive header, headline, byline. A file without one of them is
 * refused.
 */
import {z} from 'zod'

import {knownPublication, publicationOf} from '../entities/publications.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import {HEADLINE_MAX} from '../model/rules.ts'
import {byline} from './byline.ts'
import type {ClassifiedLine} from './classifyLines.ts'
import {excerpt} from './excerpt.ts'
import {type ArchiveHeader, archiveHeader} from './grammar.ts'
import {publicationTime, type PublicationTime} from './publicationTime.ts'
import {refusalAt} from './refusal.ts'

const HEADER = 'the archive’s header, `date YYYY-MM-DD site`'
const BYLINE = 'a byline, `by : NAME on : 14 Feb 2021 12:31`'
const HEADLINE = `a headline of at most ${HEADLINE_MAX} characters above the byline`

type Head = Pick<ParsedStory, 'site' | 'capturedOn' | 'headline' | 'byline'>

export function parseHead(file: string, lines: readonly ClassifiedLine[], note: Note): Head {
  const spoken = lines.filter(({kind}) => kind !== 'advert' && kind !== 'whitespace')
  const [first] = spoken
  const header = first && archiveHeader(first.words)
  if (!header || !z.iso.date().safeParse(header.capturedOn).success) {
    throw refusalAt(file, first, HEADER)
  }
  const headline = lines.find(({kind}) => kind === 'headline')
  if (!headline || headline.words.length > HEADLINE_MAX) {
    throw refusalAt(file, headline ?? spoken[1], HEADLINE)
  }
  if (!knownPublication(header.site)) {
    const {timeZone, language} = publicationOf(header.site)
    const message = `“${header.site}” is not in publications.json: assumed time zone ${timeZone} and language ${language}.`
    note('unknownPublication', first.number, message)
  }
  return {
    site: header.site,
    capturedOn: header.capturedOn,
    headline: {line: headline.number, text: headline.words},
    byline: parseByline(file, lines, headline, header, note),
  }
}

function parseByline(
  file: string,
  lines: readonly ClassifiedLine[],
  headline: ClassifiedLine,
  {site, capturedOn}: ArchiveHeader,
  note: Note,
): Head['byline'] {
  const {name: publication, timeZone} = publicationOf(site)
  const line = lines.find(({kind}) => kind === 'byline')
  const below = lines.find(({number, kind}) => number > headline.number && kind === 'unplaced')
  const signed = line && byline(line.words, publication)
  const time = signed?.time ? publicationTime(signed.time, timeZone) : undefined
  if (!line || !signed?.time || !time || signed.printed === '') {
    throw refusalAt(file, line ?? below, BYLINE)
  }

  const names = [...new Set(signed.names)]
  if (names.length < (signed.names ?? []).length) {
    note('repeatedAuthor', line.number, 'The byline names an author twice; one entry was made.')
  }
  if (!signed.names) {
    const message = `${excerpt(signed.printed)} was kept as printed. Choose the authors it names.`
    note('bylineAsPrinted', line.number, message)
  }
  noteDoubt(time, timeZone, line.number, note)
  if (time.local.slice(0, 10) > capturedOn) {
    const message = `${time.local} is after the page was captured, on ${capturedOn}. Check the time.`
    note('timeAfterCapture', line.number, message)
  }
  return {
    line: line.number,
    printed: signed.printed,
    names,
    printedTime: signed.time,
    timeZone,
    localTime: time.local,
    publishedAt: time.instant,
  }
}

function noteDoubt(time: PublicationTime, timeZone: string, line: number, note: Note): void {
  const local = `${time.local} in ${timeZone}`
  if (time.doubt === 'repeated') {
    note(
      'repeatedClockTime',
      line,
      `${local} happened twice, because the clocks went back; the first was used. Check the time.`,
    )
  }
  if (time.doubt === 'skipped') {
    note(
      'skippedClockTime',
      line,
      `${local} did not exist, because the clocks went forward; ${time.instant} was used. Check the time.`,
    )
  }
}
