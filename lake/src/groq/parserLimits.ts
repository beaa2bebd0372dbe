import {queryParseError} from '../errors.ts'
import {COMMENT_OR_STRING} from './commentOrString.ts'

/**
 * The parser's time grows with the square of how many operators follow each other, and of how
 * many elements a list has; brackets behind something count as an operator. These many take it well
 * under a second; nobody writes more by hand.
 */
const mostOperatorCharacters = 6000
const mostElements = 20_000

// Comments and strings are passed over; of the rest, only these matter.
const relevant = new RegExp(String.raw`${COMMENT_OR_STRING}|[([{}\]),:;|&+\-*/%<>=!.]`, 'g')

/** @throws 400 queryParseError at the place where it becomes too much. */
export const assertParsable = (text: string): void => {
  if (text.length < mostOperatorCharacters) return
  const outer: {operators: number; elements: number}[] = []
  let level = {operators: 0, elements: 0}
  for (const {0: token, index} of text.matchAll(relevant)) {
    if (token.length > 1) continue
    if ('([{'.includes(token)) {
      outer.push(level)
      level = {operators: 0, elements: 0}
      continue
    }
    if (')]}'.includes(token)) level = outer.pop() ?? level
    if (',:;'.includes(token)) {
      level.operators = 0
      if (++level.elements > mostElements) throw tooMuch('elements in one list', text, index)
    } else if (++level.operators > mostOperatorCharacters) {
      throw tooMuch('operators in a row', text, index)
    }
  }
}

const tooMuch = (what: string, text: string, start: number) =>
  queryParseError(`Too many ${what}: send long lists as parameters`, text, start, start + 1)
