import {MAX_SEARCH_TERM_LENGTH} from '../limits.ts'
import {withMemory} from '../withMemory.ts'
import {portableTextOf} from './portableText.ts'
import {termMatcher} from './termMatcher.ts'
import type {TermMatcher} from './termMatcher.ts'
import {foldText, tokenizeFolded, tokenizePattern} from './tokens.ts'
import {isArray, isObject} from './value.ts'
import type {Value} from './value.ts'
import {TextQuery} from './values/textQuery.ts'
import type {TextClause} from './values/textQuery.ts'

/** The right side of `match`, read once and used on many texts. */
export interface Pattern {
  matches(text: Value): boolean
  /** How well the text matches: 0 when it does not, more the more often its terms occur. */
  score(text: Value): number
  /** Terms that each occur in every text that matches: what a token index can be asked for. */
  readonly required: readonly TermMatcher[]
  /** A text matches if, and only if, each required term's own pattern matches one of its words. */
  readonly byWords: boolean
}

const nothing: Pattern = {matches: () => false, score: () => 0, required: [], byWords: false}

/** Reads a string, an array of strings or a text query; anything else matches nothing. */
export const readPattern = (value: Value): Pattern => {
  if (value instanceof TextQuery) return textQueryPattern(value)
  const texts = isArray(value) ? value : [value]
  const terms: TermMatcher[] = []
  for (const text of texts) {
    if (typeof text !== 'string') return nothing
    terms.push(...tokenizePattern(text.slice(0, MAX_SEARCH_TERM_LENGTH)).map(termMatcher))
  }
  return terms.length === 0 ? nothing : termsPattern(terms)
}

/** Every term must match some word of the text, whichever of the strings it is in. */
const termsPattern = (terms: readonly TermMatcher[]): Pattern => ({
  required: terms,
  byWords: terms.every((term) => term.isExact),
  matches: (text) => {
    const texts = stringsOf(text)
    return terms.every((term) => texts.some((each) => term.isIn(fold(each))))
  },
  score: (text) => {
    const folded = stringsOf(text).map(fold)
    let total = 0
    for (const term of terms) {
      const frequency = sum(folded, (each) => term.countIn(each))
      if (frequency === 0) return 0
      total += frequencyScore(frequency)
    }
    return total
  },
})

/** Filters and scores ask for the same few texts of a document, one after the other. */
const foldAgain = withMemory(foldText, 8)

/** What is longer would be held too dearly. */
const longestRemembered = 100_000

const fold = (text: string): string =>
  text.length > longestRemembered ? foldText(text) : foldAgain(text)

const stringsOf = (text: Value): readonly string[] => {
  if (typeof text === 'string') return [text]
  return isArray(text) ? text.filter((part) => typeof part === 'string') : []
}

const textQueryPattern = (query: TextQuery): Pattern => {
  const {required, excluded, everything} = query
  const isMatch = (texts: readonly string[]) =>
    required.length + excluded.length > 0 &&
    required.every((clause) => texts.some((text) => isIn(clause, text))) &&
    !excluded.some((clause) => texts.some((text) => isIn(clause, text)))
  return {
    required: everything ? [] : required.flatMap((clause) => clause.terms),
    byWords: false,
    matches: (text) => everything || isMatch(textsIn(text).map(fold)),
    score: (text) => {
      if (everything) return 1
      const texts = textsIn(text).map(fold)
      if (!isMatch(texts)) return 0
      const words = texts.map(tokenizeFolded)
      return required.length === 0
        ? 1
        : sum(required, (clause) =>
            frequencyScore(sum(words, (tokens) => occurrences(clause, tokens))),
          )
    },
  }
}

const isIn = (clause: TextClause, folded: string): boolean =>
  clause.terms.every((term) => term.isIn(folded)) &&
  (clause.terms.length === 1 || occurrences(clause, tokenizeFolded(folded)) > 0)

/**
 * All strings inside a value, except in attributes that begin with an underscore. The spans of a
 * Portable Text block are one string, so that a phrase may run through bold and plain words.
 */
const textsIn = (value: Value): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (isArray(value)) return value.flatMap(textsIn)
  if (!isObject(value)) return []
  const block = portableTextOf(value)
  const inner = Object.entries(value).flatMap(([name, attribute]) => {
    if (name.startsWith('_')) return []
    if (block !== null && name === 'children') return textsIn(withoutSpans(attribute))
    return textsIn(attribute)
  })
  return block === null ? inner : [block, ...inner]
}

const withoutSpans = (children: Value): Value =>
  isArray(children)
    ? children.filter((child) => !isObject(child) || child['_type'] !== 'span')
    : children

/** How often the clause's words stand next to each other. */
const occurrences = ({terms}: TextClause, tokens: readonly string[]): number =>
  count(tokens, (_, start) =>
    terms.every((term, offset) => {
      const token = tokens[start + offset]
      return token !== undefined && term.matches(token)
    }),
  )

/** BM25's weight of a term that occurs this often, with k1 = 1.2 and without length or rarity. */
const frequencyScore = (frequency: number): number => (frequency * 2.2) / (frequency + 1.2)

const sum = <T>(items: readonly T[], weight: (item: T) => number): number =>
  items.reduce((total, item) => total + weight(item), 0)

const count = <T>(items: readonly T[], test: (item: T, index: number) => boolean): number =>
  items.reduce((total, item, index) => (test(item, index) ? total + 1 : total), 0)
