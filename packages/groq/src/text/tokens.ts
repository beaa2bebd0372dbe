/** Splits strings into words, for `match` and for indexes of words. */
import {isJsonObject} from '../core/document.ts'
import type {Json, StoredDocument} from '../core/document.ts'
import {publishedId} from '../core/documentIds.ts'
import {portableTextOf, portableTextsOf} from './portableText.ts'

/**
 * How text becomes words for `match` and `text::query`, here and in the token index: both use
 * these functions, so an index can leave out no document that the operators would find.
 * Words are split at ASCII punctuation, white space, quotation marks, dashes and ellipses; dots
 * beside a letter are dropped ("3.14" is "314"); apostrophes stay inside a word, and underscores
 * anywhere; case does not count, accents do.
 */

const separator = /[!@#$%^&*(),\\/?";:{}|[\]+<>\s\-“”„«»‹›…–—]/
const word = /[^!@#$%^&*(),\\/?";:{}|[\]+<>\s\-“”„«»‹›…–—]+/g
const wordOrWildcard = /[^!@#$%^&(),\\/?";:{}|[\]+<>\s\-“”„«»‹›…–—]+/g
const mayHaveQuotes = /['‘’‛]/

const asciiSeparators = Uint8Array.from({length: 128}, (_, code) =>
  Number(separator.test(String.fromCharCode(code))),
)

/** Whether a UTF-16 unit stands between words. */
export const isSeparator = (unit: number): boolean =>
  unit < 128 ? asciiSeparators[unit] === 1 : separator.test(String.fromCharCode(unit))

/** Whether a UTF-16 unit is dropped at the edges of words. */
export const isQuote = (unit: number): boolean =>
  unit === 0x27 || (unit >= 0x2018 && unit <= 0x201b && unit !== 0x201a)

/** The words of a string, folded, in order, with repetitions. */
export const tokenize = (text: string): readonly string[] => tokenizeFolded(foldText(text))

/** The terms of a pattern, folded: words that may hold the wildcard `*`. */
export const tokenizePattern = (text: string): readonly string[] =>
  split(foldText(text), wordOrWildcard)

/** A string ready to be split: a word whose letters are not in it is not among its words either. */
export const foldText = (text: string): string => fold(withoutEdgeDots(text))

/** As `text.replace(/\b\.+|\.+\b/g, '')`, which would visit each letter. */
const withoutEdgeDots = (text: string): string => {
  let kept = ''
  let from = 0
  for (let dot = text.indexOf('.'); dot >= 0;) {
    let after = dot + 1
    while (text.charCodeAt(after) === DOT) after++
    if (isLetter(text.charCodeAt(dot - 1)) || isLetter(text.charCodeAt(after))) {
      kept += text.slice(from, dot)
      from = after
    }
    dot = text.indexOf('.', after)
  }
  return from === 0 ? text : kept + text.slice(from)
}

const DOT = 0x2e

/** `\w`: ASCII letters, digits and the underscore. */
const isLetter = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x30 && unit <= 0x39) ||
  unit === 0x5f

export const tokenizeFolded = (folded: string): readonly string[] => split(folded, word)

const split = (folded: string, expression: RegExp): readonly string[] => {
  const words = folded.match(expression) ?? []
  if (!mayHaveQuotes.test(folded)) return words
  return words.map(withoutEdgeQuotes).filter((each) => each !== '')
}

const withoutEdgeQuotes = (each: string): string => {
  let from = 0
  let to = each.length
  while (from < to && isQuote(each.charCodeAt(from))) from++
  while (to > from && isQuote(each.charCodeAt(to - 1))) to--
  return each.slice(from, to)
}

// Letters that lower case leaves alone or changes one by one, whatever stands around them:
// ASCII, Latin-1 and Latin Extended-A but for µ, ı and ſ, and punctuation.
const unusual = /[^\0-\x7f\u00a0-\u00b4\u00b6-\u0130\u0132-\u017e\u2000-\u206f]/

/**
 * One spelling for all that differ in case alone. Letter by letter, so that the fold of a
 * beginning is the beginning of the fold: prefixes must survive ("ς" and "σ" fold alike).
 */
export const fold = (text: string): string => {
  if (!unusual.test(text)) return text.toLowerCase()
  let folded = ''
  for (const letter of text) {
    const upper = letter.toUpperCase()
    folded += upper.length === letter.length ? upper.toLowerCase() : letter
  }
  return folded
}

/**
 * Every token that `match` or `text::query` can find in a document: of each string outside
 * attributes that begin with an underscore, of each Portable Text block's joined text, and of
 * the id, as stored and as perspectives show it. With them, scoped tokens: what `match` finds at
 * one attribute, and only there.
 */
export const documentTokens = (document: StoredDocument): Set<string> => {
  const tokens = new Set<string>()
  const add = (text: string) => {
    for (const token of tokenize(text)) tokens.add(token)
  }
  add(document._id)
  add(publishedId(document._id))
  collect(document, add)
  collectScoped(document, '', (scope, text) => {
    for (const token of tokenize(text)) tokens.add(scopedToken(scope, token))
  })
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

/** A word, or the beginning of one, in one scope. */
export const scopedToken = (scope: string, token: string): string => `${scope}\0${token}`

/** The scope of a string at a path. */
export const textScope = (path: string): string => path

/** The scope of the strings in an array at a path. */
export const textsScope = (path: string): string => `${path}[]`

/** The scope of `pt::text(path)`. */
export const portableTextScope = (path: string): string => `pt(${path})`

/** The strings at attributes, and at attributes of objects inside: paths without arrays. */
const collectScoped = (
  value: Json,
  path: string,
  add: (scope: string, text: string) => void,
): void => {
  if (typeof value === 'string') add(textScope(path), value)
  else if (Array.isArray(value)) {
    for (const element of value) if (typeof element === 'string') add(textsScope(path), element)
    for (const text of portableTextsOf(value)) add(portableTextScope(path), text)
  } else if (isJsonObject(value)) {
    const text = portableTextOf(value)
    if (text !== null) add(portableTextScope(path), text)
    for (const [name, inner] of Object.entries(value)) {
      if (!name.startsWith('_') && !/[.[\]]/.test(name)) {
        collectScoped(inner, path === '' ? name : `${path}.${name}`, add)
      }
    }
  }
}
