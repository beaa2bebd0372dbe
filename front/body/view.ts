/** The body of a story as views: one for each type of block and each style of text. */
import type {BlockAnswer, BlockOf} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {CONTENT, h} from '../view/element.ts'
import type {Blocks, Element, Node} from '../view/element.ts'
import {directionIn} from '../view/language.ts'
import {targetOf} from './marks.ts'
import {archivedView, factBoxView, recordingView, tableView} from './otherBlocks.ts'
import {figureView, galleryView} from './pictures.ts'
import {pullQuoteView, socialPostView} from './quotes.ts'

/** The body of a story, or a part of it, to put into the view of a page. */
export const bodyView = (blocks: readonly BlockAnswer[], context: ViewContext): Blocks => ({
  blocks,
  context,
})

export type Other = Exclude<BlockAnswer, {readonly _type: 'block'}>

/** The types of blocks besides text. */
export const OTHER_BLOCKS = [
  'figure',
  'pullQuote',
  'socialPost',
  'video',
  'audio',
  'factBox',
  'table',
  'gallery',
  'archivedBlock',
] as const satisfies readonly Other['_type'][]

/** A block besides text; null if there is nothing to show. */
export const blockView = (block: Other, context: ViewContext): Node | null => {
  const edited = context.edit?.(`body[_key=="${block._key ?? ''}"]`)
  switch (block._type) {
    case 'figure':
      return figureView(block, context, {edited})
    case 'pullQuote':
      return pullQuoteView(block, context, edited)
    case 'socialPost':
      return socialPostView(block, context, edited)
    case 'video':
    case 'audio':
      return recordingView(block, context, edited)
    case 'factBox':
      return factBoxView(block, context, edited)
    case 'table':
      return tableView(block, context, edited)
    case 'gallery':
      return galleryView(block, context, edited)
    case 'archivedBlock':
      return archivedView(block, context)
  }
}

type Text = BlockOf<'block'>

/** A text block as a query answers it, or as Portable Text's renderers pass it on. */
export interface TextBlock {
  readonly _key?: string | null
  readonly style?: string | null
  readonly children?: readonly {readonly _type: string; readonly text?: unknown}[] | null
}

const textOf = ({children}: TextBlock): string =>
  (children ?? []).map(({text}) => (typeof text === 'string' ? text : '')).join('')

/** A paragraph, heading or block quote around `CONTENT`. */
export const textView = (block: TextBlock, {language, idPrefix}: ViewContext): Element => {
  const direction = directionIn(language, textOf(block))
  switch (block.style) {
    case 'h2':
    case 'h3':
      return h(block.style, {id: headingId(block, idPrefix), ...direction}, CONTENT)
    case 'blockquote':
      return h('blockquote', direction, h('p', {}, CONTENT))
    default:
      return h('p', direction, CONTENT)
  }
}

/** The `id` of a heading, which stays when its words change. */
const headingId = ({_key: key}: TextBlock, prefix = 'h-'): string | null =>
  key ? `${prefix}${key}`.replaceAll(/[^\w-]/g, '-') : null

/** A list around `CONTENT`. */
export const listView = (kind: string): Element => h(kind === 'number' ? 'ol' : 'ul', {}, CONTENT)

/** An item of a list around `CONTENT`. */
export const itemView = (block: TextBlock, {language}: ViewContext): Element =>
  h('li', directionIn(language, textOf(block)), CONTENT)

/** A text block in the form that Portable Text's renderers take. */
export interface PreparedText {
  readonly _type: 'block'
  readonly _key: string
  readonly style: string
  readonly listItem?: string
  readonly level?: number
  readonly markDefs: {readonly _type: string; readonly _key: string}[]
  readonly children: {
    readonly _type: 'span'
    readonly _key: string
    readonly text: string
    readonly marks: string[]
  }[]
}

type PreparedOther = Other & {readonly _key: string}

/**
 * The blocks to render. Text blocks without text are left out, and of several links on the same
 * words only the most specific stays, because HTML has no link inside a link.
 */
export const prepared = (
  blocks: readonly BlockAnswer[],
  context: ViewContext,
): (PreparedText | PreparedOther)[] =>
  blocks.flatMap((block, index): (PreparedText | PreparedOther)[] => {
    if (block._type !== 'block') return [{...block, _key: block._key ?? String(index)}]
    return textOf(block).trim() === '' ? [] : [preparedText(block, index, context)]
  })

const preparedText = (block: Text, index: number, context: ViewContext): PreparedText => {
  const {_key: key, style, listItem, level, markDefs, children} = block
  const marks = (markDefs ?? []).flatMap((mark) => (mark._key ? [{...mark, _key: mark._key}] : []))
  const links = LINKS.flatMap((type) =>
    marks.flatMap((mark) =>
      mark._type === type && targetOf(mark, context) !== null ? [mark._key] : [],
    ),
  )
  return {
    _type: 'block',
    _key: key ?? String(index),
    style: style ?? 'normal',
    ...(listItem && {listItem, level: level ?? 1}),
    markDefs: marks,
    children: (children ?? []).map((span, at) => {
      const own = (span.marks ?? []).filter((mark) => mark !== null)
      const link = links.find((name) => own.includes(name))
      return {
        _type: 'span',
        _key: span._key ?? String(at),
        text: span.text ?? '',
        marks: own.filter((mark) => mark === link || !links.includes(mark)),
      }
    }),
  }
}

const LINKS = ['link', 'internalLink', 'attribution']
