/**
 * A table of plain cells. One that holds pictures, players, tables or joined cells is undefined:
 * the caller archives it whole, because no row of it could be read alone.
 */
import type {Run, TablePart} from './part.ts'
import {
  attribute,
  elementsIn,
  elementsNamed,
  isElement,
  isText,
  lineIn,
  startOf,
  type Element,
  type Node,
} from './tree.ts'

const NOT_PLAIN: ReadonlySet<string> = new Set([
  'audio',
  'figure',
  'form',
  'iframe',
  'img',
  'object',
  'svg',
  'table',
  'video',
])

export function tablePart(
  table: Element,
  captionOf: (nodes: readonly Node[]) => readonly Run[],
): TablePart | undefined {
  const inside = [...elementsIn(table.childNodes)]
  if (inside.some(({tagName}) => NOT_PLAIN.has(tagName))) return undefined
  const rows = inside
    .filter(({tagName}) => tagName === 'tr')
    .map((row) => {
      const cells = row.childNodes.filter(isElement)
      return {heading: isHeading(row, cells), cells}
    })
  const cells = rows.flatMap((row) => row.cells)
  if (lineIn(cells) === '' || cells.some((cell) => isJoined(cell))) return undefined
  const captions = elementsNamed(table.childNodes, 'caption')
  // A caption between the rows, or a second one, would change its place.
  const [first] = captions
  if (first && (captions.length > 1 || table.childNodes.find(isElement) !== first)) return undefined
  const links = elementsNamed(cells, 'a').flatMap((link) => attribute(link, 'href') ?? [])
  return {
    kind: 'table',
    rows: rows.map((row) => ({
      heading: row.heading,
      cells: row.cells.map((cell) => cellText(cell)),
    })),
    caption: captions.flatMap((caption) => captionOf(caption.childNodes)),
    ...(links.length > 0 && {links}),
    at: startOf(table),
  }
}

function isHeading(row: Element, cells: readonly Element[]): boolean {
  const parent = row.parentNode
  const inHead = parent !== null && 'tagName' in parent && parent.tagName === 'thead'
  return inHead || cells.every(({tagName}) => tagName === 'th')
}

function isJoined(cell: Element): boolean {
  return ['colspan', 'rowspan'].some((name) => Number(attribute(cell, name) ?? 1) > 1)
}

/** The words of a cell; breaks and paragraphs in it become line ends. */
function cellText(cell: Element): string {
  const lines: string[] = ['']
  const collect = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (isText(node)) lines.push((lines.pop() ?? '') + node.value.replace(/[ \t\n\r\f]+/g, ' '))
      else if (isElement(node)) {
        const cuts = /^(?:p|div|li|br|h[1-6])$/.test(node.tagName)
        if (cuts) lines.push('')
        if (node.childNodes.length > 0) collect(node.childNodes)
        if (cuts) lines.push('')
      }
    }
  }
  if (lineIn([cell]) !== '') collect(cell.childNodes)
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
