/**
 * The page’s sources: a numbered list of publishers and works below a summary (`Popular Mechanics`,
 * `Popular Mechanics and 1 other`). A publisher that only the summary names is a source without a
 * number.
 */
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import type {ClassifiedLine} from './classifyLines.ts'
import {excerpt} from './excerpt.ts'
import {creditNumber} from './grammar.ts'

type Credit = ParsedStory['credits'][number]

export function parseCredits(lines: readonly ClassifiedLine[], note: Note): Credit[] {
  const numbered: Credit[] = []
  for (const line of lines) {
    const source = line.kind === 'creditNumber' ? creditNumber(line.words) : undefined
    if (source) numbered.push({line: line.number, ...source})
    const last = numbered.at(-1)
    if (line.kind === 'creditWork' && last) last.work = {line: line.number, text: line.words}
  }
  const summed = lines
    .filter(({kind, words}) => kind === 'creditsSummary' && !sumsUp(words, numbered))
    .map((line): Credit => ({line: line.number, publisher: line.words}))
  for (const {line, publisher} of summed) {
    note('creditsMismatch', line, `${excerpt(publisher)} is credited without a number and a work.`)
  }
  return [...summed, ...renumbered(numbered, note)]
}

/** Whether a line consists of publishers in the list and a count of the others. */
function sumsUp(summary: string, credits: readonly Credit[]): boolean {
  const longestFirst = credits.toSorted((a, b) => b.publisher.length - a.publisher.length)
  const rest = longestFirst.reduce((text, {publisher}) => text.replaceAll(publisher, ''), summary)
  return /^(?:\s|,|&|and|\d+ others?)*$/i.test(rest)
}

/** Numbers run from 1 in reading order, whatever numbers the source printed. */
function renumbered(credits: readonly Credit[], note: Note): Credit[] {
  return credits.map((credit, index) => {
    const number = index + 1
    if (credit.number !== number) {
      const message = `The source printed as ${credit.number}. is the list’s number ${number} and was renumbered.`
      note('creditsMismatch', credit.line, message)
    }
    return {...credit, number}
  })
}
