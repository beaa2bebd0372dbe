/**
 * What became of the text of a story's markup. Every text node has one fate, and the ledger compares
 * them with the markup on one side and with the blocks that were made on the other, so that text
 * cannot vanish or double unseen.
 */
import type {NewsBody} from '../../seed/model/seedDocument.ts'

/**
 * `kept`: in a paragraph. `moved`: in another field, such as a caption. `opaque`: in an archived
 * block. `furniture`: left out by its markup, and kept as residue.
 */
export type FateName = 'kept' | 'moved' | 'opaque' | 'furniture'

export interface Fate {
  readonly name: FateName
  readonly text: string
}

export interface Ledger {
  /** Letters and signs of the source, without white space. */
  readonly source: number
  readonly fates: Readonly<Record<FateName, number>>
  readonly balanced: boolean
}

/** `source` is all text of the markup in order, `fates` what the walker says became of it. */
export function balance(source: string, fates: readonly Fate[], blocks: NewsBody): Ledger {
  const sums: Record<FateName, number> = {kept: 0, moved: 0, opaque: 0, furniture: 0}
  for (const {name, text} of fates) sums[name] += squeeze(text).length
  const all = squeeze(fates.map(({text}) => text).join(''))
  const shown = squeeze(
    fates.flatMap(({name, text}) => (name === 'furniture' ? [] : text)).join(''),
  )
  const made = squeeze(blocks.map(textOf).join(''))
  return {
    source: squeeze(source).length,
    fates: sums,
    balanced: all === squeeze(source) && made === shown,
  }
}

/** White space, invisible characters and the form of accents are notation, not text. */
function squeeze(text: string): string {
  return text.replace(/[\s\u00AD\u200B\uFEFF]/g, '').normalize('NFC')
}

function textOf(block: NewsBody[number]): string {
  switch (block._type) {
    case 'block':
      return (block.children ?? []).map(({text}) => text ?? '').join('')
    case 'figure':
      return block.caption ?? ''
    case 'gallery':
      return block.pictures.map(({caption}) => caption ?? '').join('') + (block.caption ?? '')
    case 'table':
      return (block.caption ?? '') + block.rows.map(({cells}) => cells.join('')).join('')
    case 'archivedBlock':
      return block.text ?? ''
    default:
      return ''
  }
}
