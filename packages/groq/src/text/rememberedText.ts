/** Keeps the folded strings of a document from its filter to its score. */
import {type Budget, spendOnText} from '../execution/budget.ts'
import {type SearchedText, searchedText} from './searchedText.ts'

/** Filters and scores read the same few strings of a document, one after the other. */
const remembered = new Map<string, SearchedText>()
const mostRemembered = 8

/** Longer strings would take too much memory. */
const longestRemembered = 100_000

/** As `searchedText`, but strings that were read just before are not folded again. */
export const rememberedText = (text: string, budget: Budget): SearchedText => {
  spendOnText(budget, text.length)
  if (text.length > longestRemembered) return searchedText(text, budget)
  let searched = remembered.get(text)
  if (!searched) {
    searched = searchedText(text, budget)
    for (const oldest of remembered.keys()) {
      if (remembered.size < mostRemembered) break
      remembered.delete(oldest)
    }
    remembered.set(text, searched)
  }
  return searched
}
