/** Recognises expressions that read a path of the document itself. */
import type {ExprNode} from 'groq-js'

import {ungroup} from '../../parse/ast.ts'

/**
 * The path of an expression that reads attributes of `@` and nothing else, as `source.ts` writes
 * paths: `slug.current`, and with array steps `tags[]`, `topics[]._ref`, `credits[].person._ref`.
 * Undefined for any other expression.
 */
export const ownPath = (node: ExprNode): string | undefined => pathFrom(node, '')

/** As ownPath, in a scope whose `@` is at the path `base` of the one that the answer counts from. */
const pathFrom = (expression: ExprNode, base: string): string | undefined => {
  const node = ungroup(expression)
  switch (node.type) {
    case 'This':
      return base
    case 'AccessAttribute': {
      const before = node.base ? pathFrom(node.base, base) : base
      return before === undefined || !isPlainName(node.name) ? undefined : join(before, node.name)
    }
    case 'ArrayCoerce': {
      const array = pathFrom(node.base, base)
      return array === undefined || array === base ? undefined : elementsOf(array)
    }
    case 'FlatMap':
    case 'Map': {
      const elements = pathFrom(node.base, base)
      return elements?.endsWith('[]') ? pathFrom(node.expr, elements) : undefined
    }
    default:
      return undefined
  }
}

const isPlainName = (name: string): boolean => name !== '' && !/[.[\]]/.test(name)

const join = (before: string, name: string): string => (before === '' ? name : `${before}.${name}`)

const elementsOf = (path: string): string => (path.endsWith('[]') ? path : `${path}[]`)

/** A path with at most one value in a document. */
export const ownAttribute = (node: ExprNode): string | undefined => {
  const path = ownPath(node)
  return path && !path.includes('[]') ? path : undefined
}

/** The path of the elements of an array, for `x in array`. */
export const ownElements = (node: ExprNode): string | undefined => {
  const path = ownPath(node)
  return path && (path.includes('[]') ? path : elementsOf(path))
}
