/** Parses a query with the parser of groq-js, and corrects what that parser gets wrong. */
import {type ExprNode, GroqSyntaxError, parse} from 'groq-js'

import type {Json} from '../core/document.ts'
import {QueryError, queryParseError} from '../core/errors.ts'
import {balanceChains} from './balanceChains.ts'
import {explainSyntaxError} from './explainSyntaxError.ts'
import {declarationsFor, restoreCalls} from './missingFunctions.ts'
import {assertParsable} from './parserLimits.ts'
import {moveCallSpaces, refuseUnquotedKeys} from './queryText.ts'
import {rewriteEscapes} from './stringEscapes.ts'
import {validate} from './validate.ts'

export interface ParseOptions {
  /** Values to write into the query in place of parameters: see shapeParameters.ts. */
  readonly params?: Readonly<Record<string, Json>>
  /** `delta` allows `before()`, `after()` and `delta::`. */
  readonly mode?: 'normal' | 'delta'
}

/**
 * Text to syntax tree, by groq-js. Around its parser stands what that leaves out: functions it
 * does not know, escapes it misreads, white space in calls, a comment at the very end, rules it does
 * not check.
 *
 * @throws 400 queryParseError with the place in the text as it was sent.
 */
export const parseQuery = (text: string, {params, mode}: ParseOptions = {}): ExprNode => {
  assertParsable(text)
  refuseUnquotedKeys(text)
  if (params && Object.hasOwn(params, 'hasOwnProperty')) {
    // The parser asks the parameters themselves which there are, by this name.
    const reason = 'In brackets no parameter can be called $hasOwnProperty: give it another name'
    throw queryParseError(reason, text, 0, text.length)
  }
  const declarations = declarationsFor(text)
  const escaped = rewriteEscapes(text)
  const originalPosition = (position: number): number =>
    escaped.originalPosition(Math.max(0, position - declarations.length))
  try {
    // The parser ends a comment at a line feed only.
    const tree = parse(`${declarations}${moveCallSpaces(escaped.text)}\n`, {
      ...(params && {params: {...params}}),
      ...(mode && {mode}),
    })
    return validate(restoreCalls(balanceChains(tree)), text)
  } catch (error) {
    throw asParseError(error, text, originalPosition)
  }
}

/** What the parser says of nearly every mistake. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  '',
  'Unexpected end of query',
  'Expected expression',
])

const asParseError = (
  error: unknown,
  text: string,
  originalPosition: (position: number) => number,
): unknown => {
  if (error instanceof GroqSyntaxError) {
    const found = Math.min(originalPosition(error.position), text.length)
    const said = error.message.replace(/^.*?at position \d+(: )?/, '')
    if (!SAYS_NOTHING.has(said)) {
      const start = found + (/^\s*(?=\S)/.exec(text.slice(found))?.[0].length ?? 0)
      return queryParseError(said, text, start, Math.min(start + 1, text.length))
    }
    const {reason, start, end} = explainSyntaxError(text, found)
    return queryParseError(reason, text, start, end)
  }
  if (error instanceof RangeError) {
    return queryParseError('The query is nested too deeply', text, 0, text.length)
  }
  if (error instanceof Error && !(error instanceof QueryError)) {
    const [start, end] = placeOf(error.message, text)
    return queryParseError(error.message, text, start, end)
  }
  return error
}

/** The parser says which function it does not know, but not where. */
const placeOf = (message: string, text: string): readonly [number, number] => {
  const name = /(?:Undefined (?:pipe )?function: |namespace: |function )(\w+)/.exec(message)?.[1]
  const found = name === undefined ? -1 : text.search(new RegExp(`\\b${name}\\s*(?:\\(|::)`))
  return found < 0 ? [0, text.length] : [found, found + (name?.length ?? 0)]
}
