/** Keeps the folded strings of a document from its filter to its score. */
import {type Budget, spendOnText} from '../execution/budget.ts'
import {type SearchedText, searchedText} from './searchedText.ts'

interface Remembered {
  readonly text: string
  readonly searched: SearchedText
}

/**
 * Filters and scores read the same few strings of a document, one after the other. A list, because a
 * map would have to hash each string, which takes about as long as folding it.
 */
const remembered: Remembered[] = []
const MOST_REMEMBERED = 4
let oldest = 0

/** Longer strings would take too much memory. */
const LONGEST_REMEMBERED = 100_000

/** As `searchedText`, but strings that were read just before are not folded again. */
export const rememberedText = (text: string, budget: Budget): SearchedText => {
  spendOnText(budget, text.length)
  for (const known of remembered) if (known.text === text) return known.searched
  const searched = searchedText(text, budget)
  if (text.length > LONGEST_REMEMBERED) return searched
  remembered[oldest] = {text, searched}
  oldest = (oldest + 1) % MOST_REMEMBERED
  return searched
}
