import type {TokenPattern} from './source.ts'

/** One term of a pattern: which tokens it matches, and what an index can be asked for it. */
export interface TermMatcher {
  matches(token: string): boolean
  /** Documents without this token have no match; undefined when no index can tell. */
  readonly pattern: TokenPattern | undefined
  /** The pattern says all there is to say of the term. */
  readonly isExact: boolean
}

/** A term without wildcards. */
export const wordMatcher = (word: string): TermMatcher => ({
  matches: (token) => token === word,
  pattern: {text: word, prefix: false},
  isExact: true,
})

/** A folded term in which `*` stands for any letters. */
export const termMatcher = (term: string): TermMatcher => {
  const star = term.indexOf('*')
  if (star < 0) return wordMatcher(term)
  const beginning = term.slice(0, star)
  const pattern = beginning ? {text: beginning, prefix: true} : undefined
  if (star === term.length - 1) {
    return {matches: (token) => token.startsWith(beginning), pattern, isExact: true}
  }
  const parts = term.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`, 's')
  return {matches: (token) => expression.test(token), pattern, isExact: false}
}
