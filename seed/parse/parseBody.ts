/** The story: its paragraphs and pictures in order, with the lead picture separate. */
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

/** Kept in the story, because only an editor can decide. `ended` is the line of the appeal. */
function noteDoubt({number, words}: ClassifiedLine, ended: number, note: Note): void {
  if (number > ended) {
    const message = `${excerpt(words)} is below the end of the story and was kept in it. Check it.`
    note('belowTheEnd', number, message)
  } else if (looksLikeFurniture(words)) {
    const message = `${excerpt(words)} may be part of the page, not of the story. Keep it or remove it.`
    note('furnitureInBody', number, message)
  }
}

function parseFigure(line: ClassifiedLine, note: Note): ParsedFigure {
  const split = splitFigureLine(line.words)
  if (!split) {
    const message = `${excerpt(line.words)} does not end with a known agency: all of it was used as the caption.`
    note('unknownAgency', line.number, message)
  }
  const caption = split ? split.caption : line.words
  if (split?.caption) {
    // The archive has file titles in place of captions: line 22 of its first story is another
    // story's headline.
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
