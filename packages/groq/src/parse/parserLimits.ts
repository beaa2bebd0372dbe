/**
 * Estimates the time of parsing a query before it is parsed, because nothing interrupts the parser.
 * The parser keeps what it has found in a list, and copies that list at each comma, operator and closing
 * bracket: its time grows with the square of how many elements a list has, of how many operators
 * follow each other, and of how deep brackets are nested.
 */
import {queryParseError} from '../core/errors.ts'
import {COMMENT_OR_STRING} from './queryText.ts'

/** In nanoseconds, for each entry that is copied; measured. */
const COPY_AT_COMMA = 2
const COPY_AT_COMMA_IN_BRACES = 10
const COPY_AT_OPERATOR = 5
const COPY_AT_BRACKET = 5
const COPY_AT_BRACE = 12
/** For each token. */
const TOKEN = 500

/** As deep as the tree may be; see validate.ts. */
const DEEPEST = 250

/** Shorter queries take a millisecond or two. */
const SHORT = 1000

/** What is parsed on the serving thread: some 15 milliseconds. A list of a thousand ids takes 3. */
const QUICK = 15_000_000

/** What is parsed at all: a second or two, in a thread of its own. */
const MOST = 500_000_000

const TOKENS = new RegExp(
  String.raw`${COMMENT_OR_STRING}|[\w$]+|==|!=|<=|>=|&&|\|\||\*\*|->|=>|\.\.\.?|[^\s\w$]`,
  'g',
)

/** What is between two brackets: entries so far, and those since the last comma. */
interface Level {
  readonly isBraces: boolean
  entries: number
  sinceComma: number
}

const isOperator = (token: string): boolean =>
  token === '/' || WORD_OPERATORS.has(token) || !/^[\w$"'/]/.test(token)

const WORD_OPERATORS = new Set(['asc', 'desc', 'in', 'match'])

interface Assessment {
  readonly cost: number
  readonly place?: number
  readonly isDeep?: true
}

/** @returns Nanoseconds, and the place where they are more than enough or the nesting too deep. */
const assess = (text: string, enough: number): Assessment => {
  let cost = 0
  let level: Level = {isBraces: false, entries: 0, sinceComma: 0}
  const outer: Level[] = []
  for (const {0: token, index} of text.matchAll(TOKENS)) {
    cost += TOKEN
    switch (token) {
      case '(':
      case '[':
      case '{':
        outer.push(level)
        if (outer.length > DEEPEST) return {cost, place: index, isDeep: true}
        level = {isBraces: token === '{', entries: 0, sinceComma: 0}
        break
      case ')':
      case ']':
      case '}': {
        const {isBraces, entries} = level
        level = outer.pop() ?? level
        level.entries += entries + 1
        level.sinceComma += entries + 1
        cost += level.sinceComma * (isBraces ? COPY_AT_BRACE : COPY_AT_BRACKET)
        break
      }
      case ',':
      case ';':
        cost += level.entries * (level.isBraces ? COPY_AT_COMMA_IN_BRACES : COPY_AT_COMMA)
        level.entries += 1
        level.sinceComma = 0
        break
      default:
        level.entries += 1
        level.sinceComma += 1
        if (isOperator(token)) cost += level.sinceComma * COPY_AT_OPERATOR
    }
    if (cost > enough) return {cost, place: index}
  }
  return {cost}
}

/** @throws 400 queryParseError at the place where it becomes too much. */
export const assertParsable = (text: string): void => {
  if (text.length < SHORT) return
  const {place, isDeep} = assess(text, MOST)
  if (place === undefined) return
  const reason = isDeep
    ? `The query is nested deeper than ${DEEPEST}`
    : 'Too many operators or elements: send long lists as parameters'
  throw queryParseError(reason, text, place, place + 1)
}

/** Whether a query can be parsed, or refused, on the serving thread. */
export const isQuicklyParsed = (text: string): boolean => {
  if (text.length < SHORT) return true
  const {place, isDeep = false} = assess(text, QUICK)
  return place === undefined || isDeep
}
