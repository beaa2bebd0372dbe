/** The right side of `match`: whether a value matches, and its score. */
import {queryError} from '../core/errors.ts'
import {MAX_SEARCH_TERM_LENGTH, MAX_SEARCH_WORDS} from '../core/limits.ts'
import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {type Budget, spend} from '../execution/budget.ts'
import {portableTextOf} from './portableText.ts'
import {type SearchedText, searchedText} from './searchedText.ts'
import {termMatcher} from './termMatcher.ts'
import type {TermMatcher} from './termMatcher.ts'
import {TextQuery} from './textQuery.ts'
import type {TextClause} from './textQuery.ts'
import {tokenizePattern} from './tokens.ts'

/** The right side of `match`, read once and used on many strings. */
export interface Pattern {
  matches(text: Value, budget: Budget): boolean
  /** How well the value matches: 0 when it does not, and more the more often its terms occur. */
  score(text: Value, budget: Budget): number
  /** Terms that all occur in every value that matches, so a token index can look for them. */
  readonly required: readonly TermMatcher[]
  /** True if a value matches exactly when each required term's pattern matches one of its words. */
  readonly byWords: boolean
}

/** How a string is folded before words are searched in it. */
export type ReadText = (text: string, budget: Budget) => SearchedText

const nothing: Pattern = {matches: () => false, score: () => 0, required: [], byWords: false}

/**
 * Reads a string, an array of strings or a text query; anything else matches nothing.
 * @throws 400 queryError when there are more words than a `match` may look for.
 */
export const readPattern = (
  value: Value,
  budget: Budget,
  read: ReadText = searchedText,
): Pattern => {
  if (value instanceof TextQuery) return textQueryPattern(value, read)
  const texts = isArray(value) ? value : [value]
  const terms: TermMatcher[] = []
  for (const text of texts) {
    if (typeof text !== 'string') return nothing
    const term = text.slice(0, MAX_SEARCH_TERM_LENGTH)
    spend(budget, 1 + term.length)
    terms.push(...tokenizePattern(term).map(termMatcher))
    if (terms.length > MAX_SEARCH_WORDS) throw tooManyWords()
  }
  return terms.length === 0 ? nothing : termsPattern(terms, read)
}

const tooManyWords = (): Error =>
  queryError(`A match looks for ${MAX_SEARCH_WORDS} words at most. Use fewer search terms.`)

/** Every term must match some word, in any of the strings. */
const termsPattern = (terms: readonly TermMatcher[], read: ReadText): Pattern => ({
  required: terms,
  byWords: terms.every((term) => term.isExact),
  matches: (text, budget) => {
    const texts = stringsOf(text, budget, read)
    return terms.every((term) => texts.some((each) => term.isIn(each, budget)))
  },
  score: (text, budget) => {
    const texts = stringsOf(text, budget, read)
    let total = 0
    for (const term of terms) {
      const frequency = sum(texts, (each) => term.countIn(each, budget))
      if (frequency === 0) return 0
      total += frequencyScore(frequency)
    }
    return total
  },
})

const stringsOf = (text: Value, budget: Budget, read: ReadText): readonly SearchedText[] => {
  if (typeof text === 'string') return [read(text, budget)]
  if (!isArray(text)) return []
  const texts: SearchedText[] = []
  for (const part of text) {
    spend(budget, 1)
    if (typeof part === 'string') texts.push(read(part, budget))
  }
  return texts
}

const textQueryPattern = (query: TextQuery, read: ReadText): Pattern => {
  const {required, excluded, everything} = query
  const isMatch = (texts: readonly SearchedText[], budget: Budget) =>
    required.length + excluded.length > 0 &&
    required.every((clause) => texts.some((text) => isIn(clause, text, budget))) &&
    !excluded.some((clause) => texts.some((text) => isIn(clause, text, budget)))
  return {
    required: everything ? [] : required.flatMap((clause) => clause.terms),
    byWords: false,
    matches: (text, budget) => everything || isMatch(searchedTextsIn(text, budget, read), budget),
    score: (text, budget) => {
      if (everything) return 1
      const texts = searchedTextsIn(text, budget, read)
      if (!isMatch(texts, budget)) return 0
      return required.length === 0
        ? 1
        : sum(required, (clause) =>
            frequencyScore(sum(texts, (each) => occurrences(clause, each, budget))),
          )
    },
  }
}

const isIn = (clause: TextClause, text: SearchedText, budget: Budget): boolean =>
  clause.terms.every((term) => term.isIn(text, budget)) &&
  (clause.terms.length === 1 || occurrences(clause, text, budget) > 0)

const searchedTextsIn = (value: Value, budget: Budget, read: ReadText): readonly SearchedText[] => {
  const texts: SearchedText[] = []
  collectTexts(value, budget, (text) => texts.push(read(text, budget)))
  return texts
}

/**
 * All strings inside a value, except in attributes that begin with an underscore. The spans of a
 * Portable Text block are one string, so that a phrase may run through bold and plain words.
 */
const collectTexts = (value: Value, budget: Budget, add: (text: string) => void): void => {
  spend(budget, 1)
  if (typeof value === 'string') add(value)
  else if (isArray(value)) for (const element of value) collectTexts(element, budget, add)
  else if (isObject(value)) {
    const block = portableTextOf(value, budget)
    if (block !== null) add(block)
    for (const [name, attribute] of Object.entries(value)) {
      if (name.startsWith('_')) continue
      const isChildren = block !== null && name === 'children'
      collectTexts(isChildren ? withoutSpans(attribute) : attribute, budget, add)
    }
  }
}

const withoutSpans = (children: Value): Value =>
  isArray(children)
    ? children.filter((child) => !isObject(child) || child['_type'] !== 'span')
    : children

/** How often the clause's words stand next to each other. */
const occurrences = ({terms}: TextClause, text: SearchedText, budget: Budget): number => {
  const words = text.words(budget)
  return count(words, (_, start) =>
    terms.every((term, offset) => {
      const word = words[start + offset]
      if (word === undefined) return false
      spend(budget, term.unitsOfMatch(word))
      return term.matches(word)
    }),
  )
}

/** BM25's weight of a term that occurs this often, with k1 = 1.2 and without length or rarity. */
const frequencyScore = (frequency: number): number => (frequency * 2.2) / (frequency + 1.2)

const sum = <T>(items: readonly T[], weight: (item: T) => number): number =>
  items.reduce((total, item) => total + weight(item), 0)

const count = <T>(items: readonly T[], test: (item: T, index: number) => boolean): number =>
  items.reduce((total, item, index) => (test(item, index) ? total + 1 : total), 0)
