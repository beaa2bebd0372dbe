/** Analyses a query's filter into a test of one document, for listeners that run no whole query. */
import type {ExprNode} from 'groq-js'

import type {JsonObject, StoredDocument} from '../core/document.ts'
import {queryError} from '../core/errors.ts'
import type {Budget} from '../execution/budget.ts'
import {nodesOf} from '../parse/ast.ts'
import {parseQuery} from '../parse/parse.ts'
import {assertParameters, prepareTree, runQuery, shapeValues} from '../query/query.ts'
import {memorySource} from '../source/memorySource.ts'
import type {DocumentSource} from '../source/source.ts'

export interface MatcherContext {
  readonly identity: string
  /** Milliseconds since 1970. */
  now(): number
  /** Where subqueries and references look; without it they find nothing. */
  readonly source?: DocumentSource
}

/** @throws 400 queryError, or the error of the budget. */
export type Matcher = (document: StoredDocument, budget?: Budget) => boolean

/**
 * The first `*[filter]` of a query as a predicate over one document: whether a change of it is sent
 * to a listener. Filters that follow directly count (`*[a][b]`); what the query does with the
 * documents afterwards (order, slices, projections) does not.
 *
 * A match is charged to the budget that it is given, so that several can have one together.
 *
 * @throws 400 for a query that does not parse, lacks a parameter or has no `*`.
 */
export const compileMatcher = (
  text: string,
  params: JsonObject,
  {identity, now, source = memorySource([])}: MatcherContext,
): Matcher => {
  const tree = parseQuery(text, {params: shapeValues(text, params)})
  const filter = filterIn(tree)
  if (!filter) throw queryError('Only a query of the form *[filter] can be listened to')
  // Counted, because a document as the result would be measured.
  const found: ExprNode = {type: 'FuncCall', namespace: 'global', name: 'count', args: [filter]}
  const query = prepareTree(found, text)
  assertParameters(query, params)
  return (document, budget) => {
    const {value} = runQuery(query, {
      source,
      params,
      identity,
      now: now(),
      root: [document],
      ...(budget && {budget}),
    })
    return typeof value === 'number' && value > 0
  }
}

/** The outermost chain of filters over everything, made to filter `@` instead. */
const filterIn = (tree: ExprNode): ExprNode | undefined => {
  for (const node of nodesOf(tree)) {
    const filter = overThis(node)
    if (filter) return filter
  }
  return undefined
}

const overThis = (node: ExprNode): ExprNode | undefined => {
  switch (node.type) {
    case 'Everything':
      return {type: 'This'}
    case 'ArrayCoerce':
    case 'Group':
      return overThis(node.base)
    case 'Filter': {
      const base = overThis(node.base)
      return base && {...node, base}
    }
    default:
      return undefined
  }
}
