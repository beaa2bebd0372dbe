import {portableTextOf} from './portableText.ts'
import {termMatcher} from './termMatcher.ts'
import type {TermMatcher} from './termMatcher.ts'
import {foldText, tokenize, tokenizeFolded, tokenizePattern} from './tokens.ts'
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
    terms.push(...tokenizePattern(text.slice(0, longestPattern)).map(termMatcher))
  }
  return terms.length === 0 ? nothing : termsPattern(terms)
}

/** Documented: a search term has at most 1024 characters. */
const longestPattern = 1024

/** Every term must match some token of the text, whichever of the strings it is in. */
const termsPattern = (terms: readonly TermMatcher[]): Pattern => ({
  required: terms,
  byWords: terms.every((term) => term.isExact && term.pattern !== undefined),
  matches: (text) => {
    const texts = foldedTexts(text)
    // To look for letters costs much less than to look for words, and mostly finds nothing.
    if (
      !terms.every(({pattern}) => !pattern || texts.some((each) => each.includes(pattern.text)))
    ) {
      return false
    }
    const tokens = texts.flatMap(tokenizeFolded)
    return tokens.length > 0 && terms.every((term) => tokens.some((token) => term.matches(token)))
  },
  score: (text) => {
    const tokens = foldedTexts(text).flatMap(tokenizeFolded)
    const scores = terms.map((term) =>
      frequencyScore(count(tokens, (token) => term.matches(token))),
    )
    return scores.includes(0) ? 0 : sum(scores, (score) => score)
  },
})

const foldedTexts = (text: Value): readonly string[] => {
  if (typeof text === 'string') return [foldText(text)]
  if (!isArray(text)) return []
  return text.flatMap((part) => (typeof part === 'string' ? foldText(part) : []))
}

const textQueryPattern = (query: TextQuery): Pattern => {
  const {required, excluded, everything} = query
  const matches = (texts: TokenizedTexts) =>
    everything ||
    (required.length + excluded.length > 0 &&
      required.every((clause) => occurrences(clause, texts) > 0) &&
      excluded.every((clause) => occurrences(clause, texts) === 0))
  return {
    required: everything ? [] : required.flatMap((clause) => clause.terms),
    byWords: false,
    matches: (text) => {
      if (everything) return true
      const folded = textsIn(text).map(foldText)
      const mayOccur = ({pattern}: TermMatcher) =>
        !pattern || folded.some((each) => each.includes(pattern.text))
      if (!required.every(({terms}) => terms.every(mayOccur))) return false
      return matches(folded.map(tokenizeFolded))
    },
    score: (text) => {
      const texts = textsIn(text).map(tokenize)
      if (!matches(texts)) return 0
      if (everything || required.length === 0) return 1
      return sum(required, (clause) => frequencyScore(occurrences(clause, texts)))
    },
  }
}

type TokenizedTexts = readonly (readonly string[])[]

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
const occurrences = ({terms}: TextClause, texts: TokenizedTexts): number =>
  sum(texts, (tokens) =>
    count(tokens, (_, start) =>
      terms.every((term, offset) => {
        const token = tokens[start + offset]
        return token !== undefined && term.matches(token)
      }),
    ),
  )

/** BM25's weight of a term that occurs this often, with k1 = 1.2 and without length or rarity. */
const frequencyScore = (frequency: number): number => (frequency * 2.2) / (frequency + 1.2)

const sum = <T>(items: readonly T[], weight: (item: T) => number): number =>
  items.reduce((total, item) => total + weight(item), 0)

const count = <T>(items: readonly T[], test: (item: T, index: number) => boolean): number =>
  items.reduce((total, item, index) => (test(item, index) ? total + 1 : total), 0)
