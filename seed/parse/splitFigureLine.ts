/**
 * `Putin MuskPA Images` is a caption and an agency without a space between them. The line is split
 * only if it ends with a known agency; a guess could put wrong words into a caption or a credit.
 */
import {agencies} from '../entities/agencies.ts'

export interface FigureWords {
  readonly caption: string | undefined
  readonly agency: string
  /**
   * Whether the agency is alone or directly joined to the caption, which does not happen in a
   * sentence.
   */
  readonly glued: boolean
}

const longestFirst = agencies.toSorted((a, b) => b.length - a.length)

/** The caption and agency of a line that ends with a known agency; undefined for other lines. */
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
