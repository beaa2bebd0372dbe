/** The story’s form: tables in a paste, such as Word’s, become tables of the story. */
import {blockText, textBlocks} from '../../schemas/validation/body.ts'

/** A table of the story, without the key that the editor gives it. */
interface PastedTable {
  readonly rows: readonly {readonly cells: readonly string[]; readonly heading: boolean}[]
}

interface WithoutTables {
  /** The paste with a mark in the place of each table. */
  readonly html: string
  readonly tables: ReadonlyMap<string, PastedTable>
}

/** A character of the private use area, which no text has. */
const MARK = '\uE000'

/**
 * Takes the tables out of a paste. A table with a single cell is only layout and stays, and so does a
 * table inside another.
 */
export const takeTables = (html: string): WithoutTables => {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const tables = new Map<string, PastedTable>()
  for (const element of page.querySelectorAll('table')) {
    const table = tableOf(element)
    const isNested = element.parentElement?.closest('table') !== null
    if (isNested || table.rows.flatMap(({cells}) => cells).length < 2) continue
    const mark = `${MARK}${tables.size}${MARK}`
    tables.set(mark, table)
    const paragraph = page.createElement('p')
    paragraph.textContent = mark
    element.replaceWith(paragraph)
  }
  return {html: page.documentElement.outerHTML, tables}
}

const tableOf = (element: HTMLTableElement): PastedTable => ({
  rows: [...element.rows]
    .map((row) => ({cells: [...row.cells].map(wordsOf), heading: isHeading(row)}))
    .filter(({cells}) => cells.some((cell) => cell !== '')),
})

const wordsOf = ({textContent}: Element): string => textContent.replaceAll(/\s+/g, ' ').trim()

const isBold = (cell: Element): boolean => {
  const bold = cell.querySelector('b, strong')
  return bold !== null && wordsOf(bold) === wordsOf(cell)
}

/** A row of headings is marked as one, or it is the first row and all its cells are bold. */
const isHeading = (row: HTMLTableRowElement): boolean => {
  const cells = [...row.cells]
  if (row.parentElement?.tagName === 'THEAD' || cells.every(({tagName}) => tagName === 'TH')) {
    return true
  }
  return row.rowIndex === 0 && cells.every(isBold)
}

/** Puts tables back: the blocks, with a table in the place of each mark. */
export const putTables = <Block extends {readonly _type: string}>(
  blocks: readonly Block[],
  tables: ReadonlyMap<string, PastedTable>,
  newKey: () => string,
) =>
  blocks.map((block) => {
    const table = tables.get(textBlocks([block]).map(blockText).join('').trim())
    if (!table) return block
    return {
      _type: 'table',
      _key: newKey(),
      rows: table.rows.map(({cells, heading}) => ({
        _type: 'tableRow',
        _key: newKey(),
        cells: [...cells],
        ...(heading && {heading}),
      })),
    }
  })
