import {isJsonObject} from '../document.ts'
import type {Json, StoredDocument} from '../document.ts'
import {portableTextOf} from './portableText.ts'

/**
 * How text becomes words for `match` and `text::query`, here and in the token index: both use
 * these functions, so an index can leave out no document that the operators would find.
 * Words are split at ASCII punctuation, white space, quotation marks, dashes and ellipses; dots
 * beside a letter are dropped ("3.14" is "314"); apostrophes stay inside a word, and underscores
 * anywhere; case does not count, accents do.
 */

const word = /[^!@#$%^&*(),\\/?";:{}|[\]+<>\s\-“”„«»‹›…–—]+/g
const wordOrWildcard = /[^!@#$%^&(),\\/?";:{}|[\]+<>\s\-“”„«»‹›…–—]+/g
const edgeQuotes = /^['‘’‛]+|['‘’‛]+$/g
const mayHaveQuotes = /['‘’‛]/
const edgeDots = /\b\.+|\.+\b/g
const notAscii = /[^\0-\x7f]/

/** The words of a text, folded, in order, with repetitions. */
export const tokenize = (text: string): readonly string[] => split(text, word)

/** The terms of a pattern, folded: words that may hold the wildcard `*`. */
export const tokenizePattern = (text: string): readonly string[] => split(text, wordOrWildcard)

const split = (text: string, expression: RegExp): readonly string[] => {
  const trimmed = text.includes('.') ? text.replace(edgeDots, '') : text
  const words = notAscii.test(trimmed)
    ? (trimmed.match(expression)?.map(fold) ?? [])
    : (trimmed.toLowerCase().match(expression) ?? [])
  if (!mayHaveQuotes.test(trimmed)) return words
  return words.map((each) => each.replace(edgeQuotes, '')).filter((each) => each !== '')
}

/**
 * One spelling for all that differ in case alone. Letter by letter, so that the fold of a
 * beginning is the beginning of the fold: prefixes must survive ("ς" and "σ" fold alike).
 */
export const fold = (token: string): string => {
  if (!notAscii.test(token)) return token.toLowerCase()
  let folded = ''
  for (const letter of token) {
    const upper = letter.toUpperCase()
    folded += upper.length === letter.length ? upper.toLowerCase() : letter
  }
  return folded
}

/**
 * Every token that `match` or `text::query` can find in a document: of each string outside
 * attributes that begin with an underscore, of each Portable Text block's joined text, and of
 * the id, as stored and as perspectives show it.
 */
export const documentTokens = (document: StoredDocument): Set<string> => {
  const tokens = new Set<string>()
  const add = (text: string) => {
    for (const token of tokenize(text)) tokens.add(token)
  }
  add(document._id)
  add(document._id.replace(/^(?:drafts|versions\.[^.]+)\./, ''))
  collect(document, add)
  return tokens
}

const collect = (value: Json, add: (text: string) => void): void => {
  if (typeof value === 'string') add(value)
  else if (Array.isArray(value)) for (const element of value) collect(element, add)
  else if (isJsonObject(value)) {
    const text = portableTextOf(value)
    if (text !== null) add(text)
    for (const [name, inner] of Object.entries(value)) {
      if (!name.startsWith('_')) collect(inner, add)
    }
  }
}
