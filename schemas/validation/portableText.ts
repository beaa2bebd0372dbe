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

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const strings = (value: unknown): string[] =>
  list(value).filter((item): item is string => typeof item === 'string')

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

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
  list(value)
    .filter(isRecord)
    .filter((block) => block['_type'] === 'block')
    .map((block) => ({
      _key: text(block['_key']),
      _type: 'block',
      style: text(block['style']) || undefined,
      listItem: text(block['listItem']) || undefined,
      children: list(block['children']).filter(isRecord).map(span),
      markDefs: list(block['markDefs']).filter(isRecord).map(markDef),
    }))

/** A block's words, without its marks. */
export const blockText = (block: TextBlock): string =>
  block.children.map((child) => child.text).join('')

/** A reference's target id, or nothing when the value is no reference. */
export const refOf = (value: unknown): string | undefined => {
  const ref = isRecord(value) ? value['_ref'] : undefined
  return typeof ref === 'string' && ref !== '' ? ref : undefined
}
