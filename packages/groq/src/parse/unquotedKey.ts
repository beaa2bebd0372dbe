import {queryParseError} from '../core/errors.ts'
import {COMMENT_OR_STRING} from './commentOrString.ts'

/**
 * A key without quotes, as in `{title: name}`, is the commonest slip of whoever knows JavaScript.
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
