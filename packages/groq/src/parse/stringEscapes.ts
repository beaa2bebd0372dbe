/** Rewrites escapes in string literals which the parser misreads. */
import {queryParseError} from '../core/errors.ts'
import {COMMENT_OR_STRING} from './queryText.ts'

/**
 * Escapes in the string literals of a query, which the parser misreads: it cuts `\u{1F600}` to
 * 16 bits, takes any hexadecimal it is given, and turns an unknown escape into "undefined".
 */
export interface RewrittenText {
  readonly text: string
  /** From a place in the rewritten text to the one it came from. */
  readonly originalPosition: (position: number) => number
}

interface Replacement {
  /** In the rewritten text, after the replacement. */
  readonly end: number
  /** How much farther on the same place is in the original. */
  readonly shift: number
}

// Only strings are looked into.
const commentOrString = new RegExp(COMMENT_OR_STRING, 'g')
const escape = /\\(?:u\{([^}]*)\}|u([^]{0,4})|([^]?))/g

/** @throws 400 queryParseError for an escape that GROQ does not have. */
export const rewriteEscapes = (text: string): RewrittenText => {
  if (!text.includes('\\')) return {text, originalPosition: (position) => position}
  const replacements: Replacement[] = []
  let shift = 0
  const rewritten = text.replace(commentOrString, (part, start: number) => {
    if (part.startsWith('/')) return part
    assertWholeCharacters(part, start, text)
    return part.replace(escape, (sequence, braced, plain, single, offset: number) => {
      const at = start + offset
      const replacement = readEscape(text, at, sequence, braced, plain, single)
      if (replacement.length !== sequence.length) {
        shift += sequence.length - replacement.length
        replacements.push({end: at + sequence.length - shift, shift})
      }
      return replacement
    })
  })
  return {
    text: rewritten,
    originalPosition: (position) =>
      position + (replacements.findLast(({end}) => end <= position)?.shift ?? 0),
  }
}

const readEscape = (
  query: string,
  start: number,
  sequence: string,
  braced: string | undefined,
  plain: string | undefined,
  single: string | undefined,
): string => {
  const refuse = (reason: string) =>
    queryParseError(`${reason}: ${sequence}`, query, start, start + sequence.length)
  if (single !== undefined) {
    if (!/^['"\\/bfnrt]$/.test(single)) throw refuse('Unknown escape sequence')
    return sequence
  }
  if (plain !== undefined) {
    if (!/^[\dA-Fa-f]{4}$/.test(plain)) throw refuse('Expected four hexadecimal digits')
    return sequence
  }
  const codePoint = /^[\dA-Fa-f]+$/.test(braced ?? '') ? Number.parseInt(braced ?? '', 16) : NaN
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff
  if (!(codePoint <= 0x10_ffff) || isSurrogate) throw refuse('Not a Unicode code point')
  return Array.from({length: codePoint > 0xffff ? 2 : 1}, (_, unit) =>
    String.fromCodePoint(codePoint).charCodeAt(unit),
  )
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('')
}

const pairOrLone = /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|\\u(d[89a-f][\da-f]{2})|\\[^]/gi

/** Half of a surrogate pair is no character. */
const assertWholeCharacters = (part: string, start: number, query: string): void => {
  for (const {0: sequence, 3: lone, index} of part.matchAll(pairOrLone)) {
    if (lone === undefined) continue
    const at = start + index
    throw queryParseError(`Not a Unicode code point: ${sequence}`, query, at, at + sequence.length)
  }
}
