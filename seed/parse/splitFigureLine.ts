/**
 * `Putin MuskPA Images` is a caption and an agency without a space between them. The line is cut
 * only where a known agency’s name ends it; a guess would put words into a caption or a credit.
 */
import {agencies} from '../entities/agencies.ts'

export interface FigureWords {
  readonly caption: string | undefined
  readonly agency: string
  /** The agency stands alone or is glued to the caption, which no sentence does. */
  readonly glued: boolean
}

const longestFirst = agencies.toSorted((a, b) => b.length - a.length)

/** The caption and agency of a line that ends in a known agency’s name; undefined for others. */
export function splitFigureLine(text: string): FigureWords | undefined {
  const agency = longestFirst.find((name) => text.endsWith(name) && !insideWord(text, name))
  if (agency === undefined) return undefined
  const before = text.slice(0, -agency.length)
  const caption = before.trim()
  return {caption: caption === '' ? undefined : caption, agency, glued: !before.endsWith(' ')}
}

/** `PA` in `NAPA` is a part of a word in capitals, not an agency. */
function insideWord(text: string, agency: string): boolean {
  const before = text.at(-agency.length - 1) ?? ''
  return /^\p{Lu}+$/u.test(agency) && /\p{Lu}/u.test(before)
}
