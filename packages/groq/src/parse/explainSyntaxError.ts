/** Says what is wrong with a query that does not parse, and where. */
import {COMMENT_OR_STRING} from './queryText.ts'

/**
 * groq-js reports nearly every mistake as an unexpected end of the query. This reports what is at
 * the position and what was expected, with a hint for usual mistakes of people who know JavaScript
 * or SQL. The words for a query that breaks off are hosted Sanity's, which official suites match.
 */
export interface SyntaxExplanation {
  readonly reason: string
  /** Positions in the text as it was sent. */
  readonly start: number
  readonly end: number
}

const commentOrString = new RegExp(COMMENT_OR_STRING, 'g')

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
  ['{', '}'],
])

/** Mistakes at the position of the error, or right before it. */
const SLIPS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/[=!]==/g, (found) => `GROQ compares with "${found.slice(0, 2)}", not with "${found}"`],
  [/(?<![=!<>])=(?![=>~])/g, () => 'GROQ compares with "==": "=" alone means nothing here'],
  [/\band\b/gi, (found) => `"${found}" is no operator of GROQ: write "&&"`],
  [/\bor\b/gi, (found) => `"${found}" is no operator of GROQ: write "||"`],
  [/\bnot\b/gi, (found) => `"${found}" is no operator of GROQ: write "!"`],
  [/,\s*,/g, () => 'expected an expression between the two commas'],
]

/** Within this many characters of the error, one of the mistakes is its cause. */
const NEAR = 5

/** @param found Where the parser gave up. */
export const explainSyntaxError = (text: string, found: number): SyntaxExplanation => {
  if (/^\s*select\b[^(]*\bfrom\b/i.test(text)) {
    return at(text, 0, 'this is SQL: a query of GROQ begins with "*", as in *[_type == "article"]')
  }
  let unclosed: number | undefined
  const code = text.replace(commentOrString, (part, index: number) => {
    const isString = part.startsWith('"') || part.startsWith("'")
    if (isString && (part.length === 1 || !part.endsWith(part.charAt(0)))) unclosed = index
    // A string counts as an expression, a comment as space.
    return isString ? 'x'.repeat(part.length) : ' '.repeat(part.length)
  })
  if (unclosed !== undefined) return at(text, unclosed, 'this string is not closed')

  const start = found + (/^\s*(?=\S)/.exec(code.slice(found))?.[0].length ?? 0)
  for (const [slip, say] of SLIPS) {
    for (const {0: match, index} of code.matchAll(slip)) {
      const isNear = index + match.length >= start - NEAR && index <= start + NEAR
      if (isNear) return at(text, index, say(match), match.length)
    }
  }
  const open = openBrackets(code)
  const closer = open.at(-1)?.closer
  const rest = code.slice(start).trim()
  const endsEarly = rest === '' || (closer !== undefined && /^[\w$@"')\]}.]*$/.test(rest))
  if (endsEarly) return endOf(text, code, open)
  return at(text, start, unexpected(text, code, start, openBrackets(code.slice(0, start))))
}

interface OpenBracket {
  readonly position: number
  readonly bracket: string
  readonly closer: string
}

/** Brackets that are not closed, the innermost last. */
const openBrackets = (code: string): OpenBracket[] => {
  const open: OpenBracket[] = []
  for (const {0: bracket, index: position} of code.matchAll(/[[\](){}]/g)) {
    const closer = CLOSERS.get(bracket)
    if (closer !== undefined) open.push({position, bracket, closer})
    else if (open.at(-1)?.closer === bracket) open.pop()
  }
  return open
}

/** What is missing at the end of a query that breaks off. */
const endOf = (text: string, code: string, open: readonly OpenBracket[]): SyntaxExplanation => {
  const innermost = open.at(-1)
  const isFinished = /[\w$@"')\]}*]$/.test(code.trimEnd())
  const expected =
    isFinished && innermost
      ? `"${innermost.closer}" for the "${innermost.bracket}" at position ${innermost.position}`
      : 'expression'
  const reason = `unexpected end-of-file, expected ${expected}`
  return {reason, start: text.length, end: text.length}
}

const unexpected = (
  text: string,
  code: string,
  start: number,
  open: readonly OpenBracket[],
): string => {
  const token = /^(?:[\w$]+|[=!<>|&*.-]{2}|[^])/.exec(text.slice(start))?.[0] ?? ''
  const before = code.slice(0, start).trimEnd()
  const innermost = open.at(-1)
  if (
    innermost?.bracket === '{' &&
    /^["']/.test(text.slice(keyBefore(text, before))) &&
    /\w/.test(token)
  ) {
    return `unexpected "${token}", expected ":" after the key`
  }
  const expected = /[\w$@"')\]}]$/.test(before)
    ? `an operator${innermost ? `, "," or "${innermost.closer}"` : ' or the end of the query'}`
    : 'an expression'
  return `unexpected "${token}", expected ${expected}`
}

/** Where the last word or string before a place begins. */
const keyBefore = (text: string, before: string): number => {
  const word = /\w+$/.exec(before)?.[0].length ?? 0
  return Math.min(before.length - word, text.length)
}

const at = (text: string, start: number, reason: string, length = 1): SyntaxExplanation => ({
  reason,
  start,
  end: Math.min(start + length, text.length),
})
