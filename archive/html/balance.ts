/**
 * The ledger of a body: whether its parts hold all text of the source, each letter once and in
 * order, and whether the blocks hold the text of the parts. It reads the source by itself, so that a
 * fault of the conversion cannot hide here.
 */
import {type Imbalance, partText, type Part} from './part.ts'
import {fragmentNodes, readableIn, type Node} from './tree.ts'

/**
 * What became of a piece of text. `kept`: in a paragraph. `moved`: in another field, such as a
 * caption. `opaque`: in an archived block. `furniture`: left out by its markup, and kept as residue.
 */
export type FateName = 'kept' | 'moved' | 'opaque' | 'furniture'

export const FATES: readonly FateName[] = ['kept', 'moved', 'opaque', 'furniture']

/** Letters and signs, without white space. */
export interface Ledger {
  readonly source: number
  readonly fates: Readonly<Record<FateName, number>>
  readonly balanced: boolean
}

/** Undefined when the text of the parts is that of the source. White space does not count. */
export function imbalance(
  source: string | readonly Node[],
  parts: readonly Part[],
): Imbalance | undefined {
  const nodes = typeof source === 'string' ? fragmentNodes(source) : source
  return differenceOf(readableIn(nodes), parts.map(partText).join(''))
}

/** Undefined when two texts have the same letters and signs. */
export function differenceOf(expectedText: string, foundText: string): Imbalance | undefined {
  if (isPlainlySame(expectedText, foundText)) return undefined
  const expected = squeeze(expectedText)
  const found = squeeze(foundText)
  if (expected === found) return undefined
  let at = 0
  while (at < expected.length && expected[at] === found[at]) at += 1
  return {expected: expected.slice(at, at + 60), found: found.slice(at, at + 60)}
}

/** White space, invisible characters and the form of accents are notation, not text. */
function squeeze(text: string): string {
  return text.replace(/[\s\u00AD\u200B\uFEFF]/g, '').normalize('NFC')
}

/** How many letters and signs a text has. Nearly all texts are counted without a copy. */
export function lettersIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // Below U+0300 no characters combine, nor do dashes, quotation marks and the like.
    if (code >= 0x300 && (code < 0x2010 || code > 0x2027)) return squeeze(text).length
    if (!isBlank(code)) count += 1
  }
  return count
}

/** Whether the texts are the same. Nearly all are compared without being copied. */
function isPlainlySame(a: string, b: string): boolean {
  let [inA, inB] = [0, 0]
  for (;;) {
    while (isBlank(a.charCodeAt(inA))) inA += 1
    while (isBlank(b.charCodeAt(inB))) inB += 1
    if (inA === a.length || inB === b.length) return inA === a.length && inB === b.length
    if (a.charCodeAt(inA) !== b.charCodeAt(inB)) return false
    inA += 1
    inB += 1
  }
}

/** The usual ones of those that `squeeze` removes. */
function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xad
}

/** How many letters of the source each fate has. */
export function fatesOf(parts: readonly Part[]): Record<FateName, number> {
  const counts: Record<FateName, number> = {kept: 0, moved: 0, opaque: 0, furniture: 0}
  for (const part of parts) counts[fateOf(part)] += lettersIn(partText(part))
  return counts
}

function fateOf({kind}: Part): FateName {
  if (kind === 'text') return 'kept'
  if (kind === 'archived') return 'opaque'
  return kind === 'furniture' ? 'furniture' : 'moved'
}
