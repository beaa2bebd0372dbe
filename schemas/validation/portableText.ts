import {records, textOf} from '../untyped.ts'

/**
 * The parts of Portable Text that the rules look at. Values under validation are whatever an
 * editor, a paste or an API client put there, so they are narrowed here and never assumed.
 */
export interface TextBlock {
  _key: string
  _type: 'block'
  style?: string
  listItem?: string
  children: readonly Span[]
  markDefs: readonly MarkDef[]
}

export interface Span {
  text: string
  marks: readonly string[]
}

export interface MarkDef {
  _key: string
  _type: string
  [field: string]: unknown
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

const text = (value: unknown): string => textOf(value) ?? ''

const span = (value: Record<string, unknown>): Span => ({
  text: text(value['text']),
  marks: strings(value['marks']),
})

const markDef = (value: Record<string, unknown>): MarkDef => ({
  ...value,
  _key: text(value['_key']),
  _type: text(value['_type']),
})

/** The text blocks of a Portable Text value, in order; figures, embeds and malformed items fall out. */
export const textBlocks = (value: unknown): TextBlock[] =>
  records(value)
    .filter((block) => block['_type'] === 'block')
    .map((block) => ({
      _key: text(block['_key']),
      _type: 'block',
      style: textOf(block['style']),
      listItem: textOf(block['listItem']),
      children: records(block['children']).map(span),
      markDefs: records(block['markDefs']).map(markDef),
    }))

/** A block's words, without its marks. */
export const blockText = (block: TextBlock): string =>
  block.children.map((child) => child.text).join('')
