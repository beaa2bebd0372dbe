/**
 * Finds quotations in a paragraph. The closing single quote and the apostrophe are the same
 * character, `’`. It closes a quotation only if no letter follows, and not after the `s` of a
 * plural possessive (`the boys’ house`) when a better end comes before the next opening quote.
 */

export interface TextRange {
  readonly start: number
  readonly end: number
}

export interface Quotations {
  /** The quoted words, in order; a nested quotation is part of the outer one. */
  readonly ranges: readonly TextRange[]
  /** Whether a quotation opens and does not close in this paragraph. */
  readonly unclosed: boolean
}

const CLOSING: Readonly<Record<string, string>> = {'‘': '’', '“': '”'}

export function findQuotations(text: string): Quotations {
  const ranges: TextRange[] = []
  let from = 0
  while (from < text.length) {
    const open = text.slice(from).search(/[‘“]/)
    if (open === -1) break
    const start = from + open + 1
    const end = closingIndex(text, start, text[start - 1] ?? '')
    if (end === undefined) return {ranges, unclosed: true}
    if (end > start) ranges.push({start, end})
    from = end + 1
  }
  return {ranges, unclosed: false}
}

function closingIndex(text: string, start: number, opening: string): number | undefined {
  const closing = CLOSING[opening]
  if (closing === undefined) return undefined
  if (closing === '”') return found(text.indexOf(closing, start))
  const next = found(text.indexOf(opening, start)) ?? text.length
  const candidates: number[] = []
  let at = text.indexOf(closing, start)
  while (at !== -1 && at < next) {
    if (closes(text, at)) candidates.push(at)
    at = text.indexOf(closing, at + 1)
  }
  const [first] = candidates
  if (first === undefined || !/s’ \p{Ll}/u.test(text.slice(first - 1, first + 3))) return first
  return candidates.find((at) => /[.,?!…]/.test(text[at - 1] ?? '')) ?? first
}

/** Neither inside a word (`we’re`) nor before one (`’em`). */
function closes(text: string, at: number): boolean {
  return !/\p{L}|\p{N}/u.test(text[at + 1] ?? '') && !/\s/.test(text[at - 1] ?? ' ')
}

function found(index: number): number | undefined {
  return index === -1 ? undefined : index
}
