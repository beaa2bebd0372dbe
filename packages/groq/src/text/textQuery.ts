/** The value of `text::query()`. */
import {MAX_SEARCH_TERM_LENGTH} from '../core/limits.ts'
import {Scalar} from '../core/value.ts'
import {termMatcher, wordMatcher} from './termMatcher.ts'
import type {TermMatcher} from './termMatcher.ts'
import {tokenizePattern} from './tokens.ts'

/**
 * What `text::query("…")` makes of a search string, for the right side of `match`:
 * words that must all occur (`climate report`), beginnings (`clim*`), phrases whose words must
 * follow each other (`"climate report"`), words and phrases that must not occur (`-draft`).
 * `*` alone finds everything; a search without any word finds nothing.
 */
export class TextQuery extends Scalar {
  readonly #text: string
  readonly everything: boolean
  readonly required: readonly TextClause[]
  readonly excluded: readonly TextClause[]

  constructor(text: string) {
    super()
    const clauses = [
      ...text.slice(0, MAX_SEARCH_TERM_LENGTH).matchAll(/(-?)(?:"([^"]*)"?(\*?)|(\S+))/g),
    ].map(readClause)
    this.#text = text
    this.everything = text.trim() === '*'
    this.required = clauses.filter((clause) => !clause.excluded && clause.terms.length > 0)
    this.excluded = clauses.filter((clause) => clause.excluded && clause.terms.length > 0)
  }

  toJSON(): string {
    return this.#text
  }
}

/** Words that must follow each other, or one word. */
export interface TextClause {
  readonly terms: readonly TermMatcher[]
  readonly excluded: boolean
}

const readClause = (match: RegExpExecArray): TextClause => {
  const [, minus = '', phrase, star = '', bare = ''] = match
  const quoted = phrase !== undefined
  const words = tokenizePattern(quoted ? phrase.replaceAll('*', ' ') + star : bare)
  return {
    terms: words.filter((word) => word !== '*').map(quoted && !star ? wordMatcher : termMatcher),
    excluded: minus === '-',
  }
}
