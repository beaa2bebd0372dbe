/** One term of a search: the words that it matches. */
import {type Budget, spend, unitsOfSearch} from '../execution/budget.ts'
import type {TokenPattern} from '../source/source.ts'
import type {SearchedText} from './searchedText.ts'
import {isQuote, isSeparator} from './tokens.ts'

/** One term of a pattern: which words it matches, and how an index can find it. */
export interface TermMatcher {
  matches(word: string): boolean
  /** Units of work that one call of `matches` takes at most; see budget.ts. */
  unitsOfMatch(word: string): number
  /** Whether it matches some word of the string. */
  isIn(text: SearchedText, budget: Budget): boolean
  /** How many words of the string it matches. */
  countIn(text: SearchedText, budget: Budget): number
  /** Documents without such a word have no match; undefined when no index knows. */
  readonly pattern: TokenPattern | undefined
  /** The pattern matches exactly the words that the term matches. */
  readonly isExact: boolean
}

/** A term without wildcards. */
export const wordMatcher = (word: string): TermMatcher => ({
  matches: (token) => token === word,
  unitsOfMatch: oneUnit,
  ...finder(word, false),
  pattern: {text: word, prefix: false},
  isExact: true,
})

const oneUnit = (): number => 1

/** A folded term in which `*` stands for any letters. */
export const termMatcher = (term: string): TermMatcher => {
  const star = term.indexOf('*')
  if (star < 0) return wordMatcher(term)
  const beginning = term.slice(0, star)
  const pattern = beginning ? {text: beginning, prefix: true} : undefined
  const isExact = pattern !== undefined && star === term.length - 1
  const matches = isExact ? (token: string) => token.startsWith(beginning) : wildcardTest(term)
  const unitsOfMatch = isExact ? oneUnit : (word: string) => 1 + unitsOfSearch(word, term)
  const test = (word: string, budget: Budget): boolean => {
    spend(budget, unitsOfMatch(word))
    return matches(word)
  }
  /** The words, unless the term can match none. */
  const wordsOf = (text: SearchedText, budget: Budget): readonly string[] => {
    spend(budget, unitsOfSearch(text.folded, beginning))
    return text.folded.includes(beginning) ? text.words(budget) : []
  }
  return {
    matches,
    unitsOfMatch,
    // Words lose quotes at their end, so a beginning that ends with one needs whole words.
    ...(isExact && !isQuote(beginning.charCodeAt(beginning.length - 1))
      ? finder(beginning, true)
      : {
          isIn: (text, budget) => wordsOf(text, budget).some((word) => test(word, budget)),
          countIn: (text, budget) =>
            wordsOf(text, budget).filter((word) => test(word, budget)).length,
        }),
    pattern,
    isExact,
  }
}

/** Takes the first match of each part; a later one could not match more, and the time stays linear. */
const wildcardTest = (term: string): ((token: string) => boolean) => {
  const parts = term.split('*')
  const first = parts.shift() ?? ''
  const last = parts.pop() ?? ''
  return (token) => {
    const end = token.length - last.length
    let at = first.length
    if (at > end || !token.startsWith(first) || !token.endsWith(last)) return false
    for (const part of parts) {
      const found = token.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return at <= end
  }
}

/** Looks for a word, or for words that begin so. */
const finder = (letters: string, isBeginning: boolean): Pick<TermMatcher, 'isIn' | 'countIn'> => ({
  isIn: ({folded}, budget) => {
    spend(budget, unitsOfSearch(folded, letters))
    return findWord(folded, letters, isBeginning, 0, budget) >= 0
  },
  countIn: ({folded}, budget) => {
    spend(budget, unitsOfSearch(folded, letters))
    let words = 0
    for (let at = -1; (at = findWord(folded, letters, isBeginning, at + 1, budget)) >= 0;) words++
    return words
  },
})

/**
 * The position of a word, or of one with this beginning; -1 for none. It does not split the string
 * into words: most strings lack the letters, and where they are, the characters beside them decide.
 */
const findWord = (
  folded: string,
  letters: string,
  isBeginning: boolean,
  from: number,
  budget: Budget,
): number => {
  for (let at = folded.indexOf(letters, from); at >= 0; at = folded.indexOf(letters, at + 1)) {
    spend(budget, 1 + (letters.length >> 4))
    let before = at - 1
    while (before >= 0 && isQuote(folded.charCodeAt(before))) before--
    if (before >= 0 && !isSeparator(folded.charCodeAt(before))) continue
    if (isBeginning) return at
    let after = at + letters.length
    while (after < folded.length && isQuote(folded.charCodeAt(after))) after++
    if (after === folded.length || isSeparator(folded.charCodeAt(after))) return at
  }
  return -1
}
