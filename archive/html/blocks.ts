/** The blocks of a story's body that are not text: pictures, tables, archived blocks. */
import type {Figure, NewsBody} from '../../seed/model/seedDocument.ts'
import type {StoryFigure} from '../story/story.ts'
import {plainLine} from './textBlock.ts'
import {attribute, type Element, elementsOf, isElement, type Node, textOf} from './tree.ts'

type Member<Type extends NewsBody[number]['_type']> = Extract<NewsBody[number], {_type: Type}>

/** Credits are documents, so they are added where documents are made. */
export function figureBlock({address, alt, caption}: StoryFigure): Figure {
  return {
    _type: 'figure',
    ...(alt !== undefined && alt !== '' && {alt}),
    ...(caption && {caption}),
    sourceAddress: address,
  }
}

interface Archived {
  readonly kind: string
  readonly text: string
  readonly source: string
  readonly pointer: string
}

export function archivedBlock(
  key: string,
  {kind, text, source, pointer}: Archived,
): Member<'archivedBlock'> {
  const words = text.trim()
  return {
    _type: 'archivedBlock',
    _key: key,
    kind,
    ...(words && {text: words}),
    source,
    pointer,
  }
}

const IN_A_TABLE = new Set(
  'caption colgroup col thead tbody tfoot tr th td p br a b strong i em span sup sub small u abbr time code'.split(
    ' ',
  ),
)

/** Undefined for a table that is more than rows of text: merged cells, pictures, lists. */
export function tableBlock(key: string, node: Element): Member<'table'> | undefined {
  const captions = elementsOf(node, 'caption')
  const isFirst = captions.length === 0 || node.childNodes.find(isElement) === captions[0]
  // The text of a caption between or below the rows would change its place.
  if (!isFirst || captions.length > 1 || !node.childNodes.every(isPlain)) return undefined
  const rows = elementsOf(node, 'tr').map((row) => ({
    cells: row.childNodes.filter(isElement).map((cell) => plainLine(textOf(cell))),
    heading: row.childNodes.filter(isElement).every(({tagName}) => tagName === 'th'),
  }))
  const filled = rows.filter(({cells}) => cells.some((cell) => cell !== ''))
  if (filled.length === 0) return undefined
  const [caption] = captions
  const title = caption ? plainLine(textOf(caption)) : ''
  return {
    _type: 'table',
    _key: key,
    ...(title && {caption: title}),
    rows: filled.map(({cells, heading}, index) => ({
      _type: 'tableRow',
      _key: `${key}r${index + 1}`,
      cells: [...cells],
      ...(heading && {heading}),
    })),
  }
}

function isPlain(node: Node): boolean {
  if (!isElement(node)) return true
  if (!IN_A_TABLE.has(node.tagName)) return false
  const spans = ['colspan', 'rowspan'].some((name) => Number(attribute(node, name) ?? 1) > 1)
  return !spans && node.childNodes.every(isPlain)
}
