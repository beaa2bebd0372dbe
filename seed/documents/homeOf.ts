/**
 * For an article's provenance, which keeps every line of its source: the field that holds a line, as
 * a path from the article. Where the article's own field holds the line whole, the line is rebuilt
 * from it and not stored twice.
 */
import {mostReadId} from '../identify/ids.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import {readableText} from '../parse/readableText.ts'
import {lineKey} from './lineKey.ts'

export interface Home {
  readonly field: string
  /** The part of the line that the article’s own field holds. */
  readonly holds?: string
}

/** Undefined for furniture, which is not part of the story. */
export function homeOf(line: ParsedStory['lines'][number], story: ParsedStory): Home | undefined {
  const {kind, number, text} = line
  const mostRead = `${mostReadId(story.site, story.capturedOn)}.items`
  switch (kind) {
    case 'headline':
      return {field: 'headline', holds: readableText(text).text}
    case 'byline':
      return {field: 'byline'}
    case 'paragraph':
      return {field: member('body', number), holds: readableText(text).text}
    case 'figure': {
      const lead = number === story.leadFigure?.line
      return {field: lead ? 'leadMedia' : member('body', number), holds: text}
    }
    case 'mostReadItem':
      return {field: `${member(mostRead, number)}.headline`}
    case 'mostReadCategory': {
      const item = story.mostRead.find(({category}) => category?.line === number)
      return {field: `${member(mostRead, item?.line ?? number)}.categoryLabel`}
    }
    case 'biography':
      return {field: `${member('byline', story.byline.line, boxOf(number, story))}.author->bio`}
    case 'topics':
      return {field: 'topics'}
    case 'creditNumber':
    case 'creditWork':
      return {field: `${member('credits', number)}.credit->name`}
    default:
      return undefined
  }
}

function member(array: string, line: number, nth?: number): string {
  return `${array}[_key=="${lineKey(line, nth)}"]`
}

/** The position in the byline, from 1, of the author whose box contains a line. */
function boxOf(line: number, story: ParsedStory): number {
  const box = story.biographies.find(({paragraphs}) => paragraphs.some((one) => one.line === line))
  return story.byline.names.findIndex((name) => name === box?.name) + 1
}
