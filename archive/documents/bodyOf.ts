/** The parts of a story → the blocks of its body, with the ledger of all its text. */
import type {NormalisationKind} from '../../seed/model/normalisation.ts'
import type {NewsBody} from '../../seed/model/seedDocument.ts'
import {damageIn} from '../../seed/parse/readableText.ts'
import {FATES, type FateName} from '../html/balance.ts'
import {archivedBlock, figureBlock} from '../html/blocks.ts'
import {type HtmlBody, readHtml, readParts} from '../html/readHtml.ts'
import type {Residue, Story, StoryFigure, StoryFlag} from '../story/story.ts'

/** Letters and signs, without white space: of the source, and by what became of them. */
export interface StoryLedger {
  readonly source: number
  readonly fates: Readonly<Record<FateName, number>>
  readonly balanced: boolean
  /** Archived blocks by their kind. */
  readonly archived: Readonly<Record<string, number>>
}

interface Body {
  readonly blocks: NewsBody
  /** Pictures, also those in galleries, by the key of their block. */
  readonly figures: ReadonlyMap<string, StoryFigure>
  readonly flags: readonly StoryFlag[]
  readonly residue: readonly Residue[]
  readonly normalisations: ReadonlySet<NormalisationKind>
  readonly ledger: StoryLedger
}

interface Options {
  readonly base?: string | undefined
  readonly furnitureClasses?: readonly string[] | undefined
}

export function bodyOf(story: Story, options: Options): Body {
  const blocks: NewsBody = []
  const figures = new Map<string, StoryFigure>()
  const flags: StoryFlag[] = []
  const residue: Residue[] = []
  const normalisations = new Set<NormalisationKind>()
  const fates: Record<FateName, number> = {kept: 0, moved: 0, opaque: 0, furniture: 0}
  let source = 0
  let balanced = true

  const take = (read: HtmlBody, markup: string, pointer: string): void => {
    blocks.push(...read.blocks)
    for (const [key, figure] of read.figures) figures.set(key, figure)
    flags.push(...read.flags)
    residue.push(...read.residue)
    source += read.ledger.source
    for (const name of FATES) fates[name] += read.ledger.fates[name]
    balanced &&= read.ledger.balanced
    for (const kind of normalisationsIn(markup)) normalisations.add(kind)
    const damage = damageIn(markup)
    if (damage !== undefined) flags.push(damageFlag(damage, pointer, lineWith(markup, damage)))
  }

  for (const [index, part] of story.body.entries()) {
    const {pointer} = part
    const key = `p${index + 1}`
    if (part.kind === 'html') {
      take(readHtml(part.html, {...options, pointer, keyPrefix: `${key}b`}), part.html, pointer)
    } else if (part.kind === 'parts') {
      const found = part.read()
      take(readParts(found, {pointer, keyPrefix: `${key}b`}), found.source, pointer)
    } else if (part.kind === 'figure') {
      figures.set(key, part.figure)
      blocks.push({...figureBlock(part.figure), _key: key})
    } else {
      const {source: kept, text, what} = part
      blocks.push(archivedBlock(key, {kind: what, text, source: kept, pointer}))
      const message = `The import does not read ${what}. It is kept as an archived block, which readers do not see.`
      flags.push({code: 'archived', pointer, message, evidence: text || kept})
      const length = text.replace(/\s/g, '').length
      source += length
      fates.opaque += length
    }
  }
  const archived: Record<string, number> = {}
  for (const block of blocks) {
    if (block._type === 'archivedBlock') archived[block.kind] = (archived[block.kind] ?? 0) + 1
  }
  return {
    blocks,
    figures,
    flags,
    residue,
    normalisations,
    ledger: {source, fates, balanced, archived},
  }
}

/** For text that was decoded wrongly, such as `â€™` for an apostrophe. */
export function damageFlag(damage: string, pointer: string, evidence: string): StoryFlag {
  const message = `“${damage}” is damaged text. Restore the characters it stood for.`
  return {code: 'damagedText', pointer, message, evidence}
}

function normalisationsIn(html: string): NormalisationKind[] {
  return [
    ...(/[\u00AD\u200B\uFEFF]|&shy;|&ZeroWidthSpace;/.test(html)
      ? ['invisibleCharacters' as const]
      : []),
    ...(html.normalize('NFC') === html ? [] : ['unicodeForm' as const]),
    ...(/[\u00A0\u2007\u202F]|&nbsp;/.test(html) ? ['noBreakSpace' as const] : []),
  ]
}

function lineWith(html: string, damage: string): string {
  const at = html.indexOf(damage)
  return html.slice(Math.max(0, at - 60), at + 60)
}
