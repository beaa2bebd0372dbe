/** The condition `match`, which an index of words helps with. */
import type {ExprNode} from 'groq-js'

import {ungroup} from '../../parse/ast.ts'
import type {Access, TokenPattern} from '../../source/source.ts'
import {readPattern} from '../../text/searchPattern.ts'
import type {Pattern} from '../../text/searchPattern.ts'
import {portableTextScope, scopedToken, textScope, textsScope} from '../../text/tokens.ts'
import {ownAttribute, ownPath} from './ownPath.ts'
import type {Recogniser} from './term.ts'

/** `text match pattern`, where the text is the document's own: its words are in the index. */
export const recogniseMatch: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== 'match' || !isOwnText(node.left)) return undefined
  const scopes = scopesOf(node.left)
  const value = comparand(node.right)
  return (
    value && {
      selectivity: 'words',
      accesses: (scope, type) =>
        accessesFor(readPattern(value(scope), scope.execution.budget), scopes, type),
      counter: {
        what: 'words',
        count: (paths, scope, type) => {
          const pattern = readPattern(value(scope), scope.execution.budget)
          const ways = scopes && pattern.byWords ? alternatives(pattern, scopes) : undefined
          return ways && paths.countTokens?.(ways, type)
        },
      },
    }
  )
}

const accessesFor = (
  pattern: Pattern,
  scopes: readonly string[] | undefined,
  type: string | undefined,
): readonly Access[] | undefined => {
  const narrowed = type === undefined ? {} : {type}
  const scoped = scopes && pattern.byWords ? alternatives(pattern, scopes) : undefined
  if (scoped) return scoped.map((tokens) => ({by: 'tokens', tokens, ...narrowed}))
  const tokens = pattern.required.flatMap((term) => term.pattern ?? [])
  return tokens.length === 0 ? undefined : [{by: 'tokens', tokens, ...narrowed}]
}

/** More ways than this for the words to lie in the scopes are not worth asking for one by one. */
const mostAlternatives = 8

/** Each way in which the words of a pattern can lie in the scopes of a text. */
const alternatives = (
  {required}: Pattern,
  scopes: readonly string[],
): readonly (readonly TokenPattern[])[] | undefined => {
  if (scopes.length ** required.length > mostAlternatives) return undefined
  let ways: readonly (readonly TokenPattern[])[] = [[]]
  for (const {pattern} of required) {
    if (!pattern) return undefined
    ways = ways.flatMap((way) =>
      scopes.map((scope) => [...way, {...pattern, text: scopedToken(scope, pattern.text)}]),
    )
  }
  return ways
}

/** The places that the words must be in; undefined where the text is of another kind. */
const scopesOf = (expression: ExprNode): readonly string[] | undefined => {
  const node = ungroup(expression)
  const scopes =
    node.type === 'Array'
      ? node.elements.map(({value, isSplat}) =>
          // Only the strings of an array are text to `match`, not those of arrays in it.
          isSplat ? scopeOfArray(value) : scopeOfString(value),
        )
      : scopesOfEither(node)
  const known = scopes.filter((scope) => scope !== undefined)
  return known.length === scopes.length ? known : undefined
}

const scopesOfEither = (node: ExprNode): readonly (string | undefined)[] =>
  node.type === 'FuncCall' ? [scopeOfString(node)] : [scopeOfString(node), scopeOfArray(node)]

/** Where the words are if the expression is a string. */
const scopeOfString = (expression: ExprNode): string | undefined => {
  const node = ungroup(expression)
  if (node.type !== 'FuncCall') return scopedPath(node, textScope)
  const [argument] = node.args
  return node.name === 'text' && argument ? scopedPath(argument, portableTextScope) : undefined
}

/** Where they are if it is an array of strings. */
const scopeOfArray = (expression: ExprNode): string | undefined => {
  const node = ungroup(expression)
  return scopedPath(node.type === 'ArrayCoerce' ? node.base : node, textsScope)
}

const scopedPath = (node: ExprNode, scope: (path: string) => string): string | undefined => {
  const path = ownAttribute(node)
  return path !== undefined && path.split('.').every(isIndexed) ? scope(path) : undefined
}

/** Attributes, arrays of them, `@` as a whole, and the text of Portable Text. */
const isOwnText = (expression: ExprNode): boolean => {
  const node = ungroup(expression)
  if (node.type === 'Array') return node.elements.every(({value}) => isOwnText(value))
  if (node.type === 'FuncCall') {
    const [argument] = node.args
    return node.namespace === 'pt' && argument !== undefined && isOwnText(argument)
  }
  const path = ownPath(node)
  return path !== undefined && (path === '_id' || path.split('.').every(isIndexed))
}

/** What is under names that begin with an underscore is not indexed, but for the id. */
const isIndexed = (step: string): boolean => !step.startsWith('_')
