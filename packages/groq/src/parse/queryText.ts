/** Changes and checks the text of a query before it is parsed. */
import {queryParseError} from '../core/errors.ts'
import {namespaces} from '../functions/registry.ts'

/**
 * A comment, a string, or an unfinished string, whose content is not syntax. The source of a regular
 * expression without groups, to be joined with others; its time is linear in the length.
 */
export const COMMENT_OR_STRING = String.raw`//[^\n]*|"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?`

/**
 * White space may stand between the name of a function and its arguments (`count (tags)`), and
 * around `::`. The parser does not have it there, so it is moved behind the parenthesis: the text
 * keeps its length, and errors their place.
 */
export const moveCallSpaces = (text: string): string =>
  text.replace(
    commentOrStringOrCall,
    (part, namespace, before = '', after = '', name, global, space = '') => {
      if (namespace !== undefined) return `${namespace}::${name}(${before}${after}${space}`
      return global === undefined ? part : `${global}(${space}`
    },
  )

const commentOrStringOrPipe = new RegExp(String.raw`${COMMENT_OR_STRING}|\|\||\|(?=\s*\[)`, 'g')

/**
 * Version 1 of Sanity's API also accepts a pipe before brackets: `*[_type == "a"] | [0]`. It becomes a
 * space, so that the positions in errors stay right.
 */
export const withoutLegacyPipes = (text: string): string =>
  text.replace(commentOrStringOrPipe, (part) => (part === '|' ? ' ' : part))

const syntax = ['after', 'before', 'order', 'score', 'select']
const globals = [...Object.keys(namespaces['global'] ?? {}), ...syntax].join('|')

const commentOrStringOrCall = new RegExp(
  COMMENT_OR_STRING +
    String.raw`|\b(?:([A-Za-z_]\w*)(\s*)::(\s*)([A-Za-z_]\w*)|(${globals}))(\s*)\(`,
  'g',
)

/**
 * A key without quotes, as in `{title: name}`, is a common mistake of people who know JavaScript.
 * The parser takes a name with a colon for the start of a function call: it complains of a missing
 * parenthesis somewhere else, or even answers `count:[1])`.
 */
const commentOrStringOrKey = new RegExp(
  String.raw`${COMMENT_OR_STRING}|\b([A-Za-z_]\w*)\b\s*:(?!:)`,
  'g',
)

/** @throws 400 queryParseError at the key. */
export const refuseUnquotedKeys = (text: string): void => {
  for (const {0: found, 1: key, index} of text.matchAll(commentOrStringOrKey)) {
    if (key === undefined) continue
    const isKey = /[{,]\s*$/.test(text.slice(0, index))
    const reason = isKey
      ? `Keys are written in quotes: "${key}":`
      : 'A colon stands only behind the key of an object, as in {"key": value}'
    throw queryParseError(reason, text, index, index + found.length)
  }
}
