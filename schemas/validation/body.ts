/** Rules about the text of a story, and the reading of Portable Text that they share. */
import {records, textOf} from '../untyped.ts'
import {workingNotes} from './wording.ts'

/**
 * The parts of Portable Text that the rules look at. Values under validation are whatever an
 * editor, a paste or an API client put there, so they are narrowed here and never assumed.
 */
export interface TextBlock {
  _key: string
  _type: 'block'
  style?: string
  children: readonly Span[]
  markDefs: readonly MarkDef[]
}

interface Span {
  text: string
  marks: readonly string[]
}

interface MarkDef {
  _key: string
  _type: string
  [field: string]: unknown
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

const text = (value: unknown): string => textOf(value) ?? ''

/** The text blocks of a Portable Text value, in order, without figures, embeds and malformed items. */
export const textBlocks = (value: unknown): TextBlock[] =>
  records(value)
    .filter((block) => block['_type'] === 'block')
    .map((block) => ({
      _key: text(block['_key']),
      _type: 'block',
      style: textOf(block['style']),
      children: records(block['children']).map((span) => ({
        text: text(span['text']),
        marks: strings(span['marks']),
      })),
      markDefs: records(block['markDefs']).map((mark) => ({
        ...mark,
        _key: text(mark['_key']),
        _type: text(mark['_type']),
      })),
    }))

/** A block's words, without its marks. */
export const blockText = (block: TextBlock): string =>
  block.children.map((child) => child.text).join('')

/** The words of a block that carry no annotation of one type. */
const textOutside = (type: string, block: TextBlock): string => {
  const marked = new Set(
    block.markDefs.filter((mark) => mark._type === type).map((mark) => mark._key),
  )
  return block.children
    .filter((span) => !span.marks.some((mark) => marked.has(mark)))
    .map((span) => span.text)
    .join('')
}

const at = (block: TextBlock, message: string) => ({message, path: [{_key: block._key}]})

/** Empty paragraphs, mostly from a paste, show as gaps. */
export const noEmptyBlocks = (value: unknown[] | undefined) =>
  textBlocks(value)
    .filter((block) => blockText(block).trim() === '')
    .map((block) => at(block, 'Empty paragraph: delete it.'))

/** Screen readers offer headings as a table of contents: a level must not be skipped. */
export const headingsInOrder = (value: unknown[] | undefined) => {
  const headings = textBlocks(value).filter(({style}) => style === 'h2' || style === 'h3')
  const [first] = headings
  return (
    first?.style !== 'h3' ||
    at(first, 'Make this a subheading: a small subheading belongs under one.')
  )
}

const url = /\bhttps?:\/\/|\bwww\.\w/i

/** An address printed as text: readers cannot follow it and screen readers spell it out. */
export const noRawUrls = (value: unknown[] | undefined) =>
  textBlocks(value)
    .filter((block) => url.test(textOutside('link', block)))
    .map((block) => at(block, 'There is a bare web address here: turn it into a link.'))

/** A working note in the newsroom's own words: quotations are never checked. */
export const bodyHasNoWorkingNotes = (value: unknown[] | undefined) =>
  textBlocks(value).flatMap((block) => {
    const note = workingNotes.exec(textOutside('quotation', block))?.[0]
    return note === undefined
      ? []
      : [at(block, `“${note}” is still in the text: resolve it, or move it to the desk notes.`)]
  })
