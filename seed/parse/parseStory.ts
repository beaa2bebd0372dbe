/**
 * Source text → parsed story. Refuses files that are not stories of this archive. Lines that fit
 * nowhere are kept and flagged for review.
 */
import {basename} from 'node:path'

import {parsedStory, type ParsedStory} from '../model/parsedStory.ts'
import type {Note, ReviewNote} from '../model/review.ts'
import {byline} from './byline.ts'
import {type ClassifiedLine, classifyLines} from './classifyLines.ts'
import {excerpt} from './excerpt.ts'
import {updateTime} from './grammar.ts'
import {parseBody} from './parseBody.ts'
import {parseCredits} from './parseCredits.ts'
import {parseHead} from './parseHead.ts'
import {parseTail} from './parseTail.ts'
import {damageIn} from './readableText.ts'
import {readSourceText} from './sourceText.ts'

/** `file` is the path for messages; the story keeps its last part. Throws only a Refusal. */
export function parseStory(file: string, bytes: Uint8Array): ParsedStory {
  const source = readSourceText(file, bytes)
  const lines = classifyLines(source.lines)
  const review: ReviewNote[] = []
  const note: Note = (code, line, message) => review.push({code, line, message})

  for (const line of lines) noteLine(line, note)
  return parsedStory.parse({
    source: {
      file: basename(file),
      checksum: source.checksum,
      byteOrderMark: source.byteOrderMark,
      lineEnds: source.lineEnds,
      lineCount: source.lines.length,
    },
    lines: lines.map(({number, kind, text}) => ({number, kind, text})),
    ...parseHead(file, lines, note),
    ...parseBody(file, lines, note),
    ...parseTail(lines),
    credits: parseCredits(lines, note),
    review: review.toSorted((a, b) => a.line - b.line),
  })
}

/** Flags a line for an editor, independent of its kind. */
function noteLine({kind, number, text, words}: ClassifiedLine, note: Note): void {
  if (kind === 'unplaced') {
    const second = byline(words)?.time ? 'a second byline' : undefined
    const found = second ?? (updateTime(words) ? 'a time of update' : undefined)
    const message = found
      ? `${excerpt(words)} looks like ${found}, which the import does not read. Enter it by hand.`
      : `${excerpt(words)} fits no part of a story.`
    note('unplacedLine', number, message)
  }
  if (kind === 'seeAlso') {
    const message = `${excerpt(words)} points to another page and was left out of the story. Check it.`
    note('leftOut', number, message)
  }
  const damage = damageIn(text)
  if (damage !== undefined) {
    note('damagedText', number, `“${damage}” is damaged text. Restore the characters it stood for.`)
  }
  if (/\r(?!$)/.test(text)) {
    const message = 'The line holds a carriage return: two lines may have become one. Check it.'
    note('gluedLines', number, message)
  }
}
