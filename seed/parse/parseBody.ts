/** The story itself: paragraphs and pictures in their order, the picture above them apart. */
import type {ParsedFigure, ParsedStory} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import type {ClassifiedLine} from './classifyLines.ts'
import {excerpt} from './excerpt.ts'
import {looksLikeFurniture} from './grammar.ts'
import {refusalAt} from './refusal.ts'
import {splitFigureLine} from './splitFigureLine.ts'

type Body = Pick<ParsedStory, 'leadFigure' | 'body'>

export function parseBody(file: string, lines: readonly ClassifiedLine[], note: Note): Body {
  const parts: Body['body'] = []
  const ended = lines.find(({kind}) => kind === 'callToAction')?.number ?? Infinity
  for (const line of lines) {
    if (line.kind === 'figure') parts.push(parseFigure(line, note))
    if (line.kind === 'paragraph') {
      parts.push({kind: 'paragraph', line: line.number, text: line.words})
      noteDoubt(line, ended, note)
    }
  }
  if (!parts.some(({kind}) => kind === 'paragraph')) {
    const byline = lines.findIndex(({kind}) => kind === 'byline')
    const below = lines.slice(byline + 1).find(({kind}) => kind !== 'advert')
    throw refusalAt(file, below, 'a paragraph of the story below the byline')
  }
  const [first, ...rest] = parts
  return first?.kind === 'figure' ? {leadFigure: first, body: rest} : {body: parts}
}

/** Kept in the story all the same: only an editor can tell. `ended` is the line of the appeal. */
function noteDoubt({number, words}: ClassifiedLine, ended: number, note: Note): void {
  if (number > ended) {
    const message = `${excerpt(words)} stands below the end of the story and was kept in it. Check it.`
    note('belowTheEnd', number, message)
  } else if (looksLikeFurniture(words)) {
    const message = `${excerpt(words)} may be part of the page, not of the story. Keep it or remove it.`
    note('furnitureInBody', number, message)
  }
}

function parseFigure(line: ClassifiedLine, note: Note): ParsedFigure {
  const split = splitFigureLine(line.words)
  if (!split) {
    const message = `No known agency ends ${excerpt(line.words)}: all of it was taken for the caption.`
    note('unknownAgency', line.number, message)
  }
  const caption = split ? split.caption : line.words
  if (split?.caption) {
    // The archive put file titles where captions go: line 22 of its first story is another's headline.
    const message = `${excerpt(split.caption)} may be the picture’s file title, not a caption. Check it.`
    note('captionUnverified', line.number, message)
  }
  return {
    kind: 'figure',
    line: line.number,
    ...(caption && {caption}),
    ...(split && {agency: split.agency}),
    sourceText: line.text,
  }
}
