/**
 * The ledger of a conversion: whether the parts hold all text of the source, each letter once and
 * in order. It reads the source by itself, so that a fault of the conversion cannot hide here.
 */
import {partText, type Part} from './part.ts'
import {fragmentNodes, readableIn, type Node} from './tree.ts'

export interface Imbalance {
  /** The source from the first difference on, without white space. */
  readonly expected: string
  /** What the parts have there. */
  readonly found: string
}

/** Undefined when the text of the parts is that of the source. White space does not count. */
export function imbalance(
  source: string | readonly Node[],
  parts: readonly Part[],
): Imbalance | undefined {
  const nodes = typeof source === 'string' ? fragmentNodes(source) : source
  const expected = letters(readableIn(nodes))
  const found = letters(parts.map(partText).join(''))
  if (expected === found) return undefined
  let at = 0
  while (at < expected.length && expected[at] === found[at]) at += 1
  return {expected: expected.slice(at, at + 60), found: found.slice(at, at + 60)}
}

const letters = (text: string): string => text.replace(/\s+/g, '')

/** How many letters of the source each fate has. */
export function fates(parts: readonly Part[]): Record<'kept' | 'furniture' | 'archived', number> {
  const counts = {kept: 0, furniture: 0, archived: 0}
  for (const part of parts) {
    const fate = part.kind === 'furniture' || part.kind === 'archived' ? part.kind : 'kept'
    counts[fate] += letters(partText(part)).length
  }
  return counts
}
