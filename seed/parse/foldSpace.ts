/**
 * Text as readers see it: no-break spaces, tabs, runs and outer spaces mean one space or none.
 * What was changed is reported, because an import hides nothing.
 */
import type {NormalisationKind} from '../model/normalisation.ts'

export interface FoldedText {
  readonly text: string
  readonly normalisations: readonly NormalisationKind[]
}

export function foldSpace(source: string): FoldedText {
  const normalisations: NormalisationKind[] = []
  let text = source
  const apply = (kind: NormalisationKind, folded: string): void => {
    if (folded !== text) normalisations.push(kind)
    text = folded
  }
  apply('noBreakSpace', text.replace(/[\u00A0\u2007\u202F]/g, ' '))
  apply('outerSpace', text.trim())
  apply('innerSpace', text.replace(/\s+/g, ' '))
  return {text, normalisations}
}

/** Two texts that differ only in space, letter case or the shape of an apostrophe. */
export function sameWords(a: string, b: string): boolean {
  return plainWords(a) === plainWords(b)
}

/** What texts of the same words have in common. */
export function plainWords(source: string): string {
  return foldSpace(source)
    .text.toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
}
