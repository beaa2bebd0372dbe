/**
 * Source text → parsed story. Refuses what is no story of this archive; what it cannot place in a
 * story it keeps, and notes for review.
 */
import {basename} from 'node:path'

import {parsedStory, type ParsedStory} from '../model/parsedStory.ts'
import type {Note, ReviewNote} from '../model/review.ts'
import {classifyLines} from './classifyLines.ts'
import {excerpt} from './excerpt.ts'
import {parseBody} from './parseBody.ts'
import {parseCredits} from './parseCredits.ts'
import {parseHead} from './parseHead.ts'
import {parseTail} from './parseTail.ts'
import {readSourceText} from './sourceText.ts'

/**
 * `file` is the path that messages name; the story keeps its last part.
 * Throws nothing but a Refusal.
 */
export function parseStory(file: string, bytes: Uint8Array): ParsedStory {
  const source = readSourceText(file, bytes)
  const lines = classifyLines(source.lines)
  const review: ReviewNote[] = []
  const note: Note = (code, line, message) => review.push({code, line, message})

  for (const {kind, number, words} of lines) {
    if (kind === 'unplaced')
      note('unplacedLine', number, `${excerpt(words)} fits no part of a story.`)
  }
  return parsedStory.parse({
    source: {
      file: basename(file),
      checksum: source.checksum,
      byteOrderMark: source.byteOrderMark,
      windowsLineEnds: source.windowsLineEnds,
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
