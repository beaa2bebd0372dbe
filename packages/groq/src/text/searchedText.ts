/** A string in which words are searched, folded and split once. */
import {type Budget, spend} from '../execution/budget.ts'
import {foldText, tokenizeFolded} from './tokens.ts'

/**
 * A string that words are searched in. It is folded once, and split into words at most once, however
 * many terms there are.
 */
export interface SearchedText {
  readonly folded: string
  /** All words, in order, with repetitions. */
  words(budget: Budget): readonly string[]
}

/** About how many characters are folded, or cut into words, in the time of one unit. */
const CHARACTERS_PER_UNIT = 4

const spendOnReading = (budget: Budget, text: string): void =>
  spend(budget, 1 + Math.trunc(text.length / CHARACTERS_PER_UNIT))

/** @param budget Charged with the reading; see budget.ts. */
export const searchedText = (text: string, budget: Budget): SearchedText => {
  spendOnReading(budget, text)
  const folded = foldText(text)
  let words: readonly string[] | undefined
  return {
    folded,
    words: (reader) => {
      if (!words) {
        spendOnReading(reader, folded)
        words = tokenizeFolded(folded)
      }
      return words
    },
  }
}
