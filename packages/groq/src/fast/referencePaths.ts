/** Finds the paths at which an expression follows references. */
import type {ExprNode} from 'groq-js'

import {childrenOf, ungroup} from '../parse/ast.ts'
import {pathFrom} from '../plan/predicates/ownPath.ts'

/**
 * Where an expression follows references of `@`, as paths: `author`, `topics[]`. Only what it
 * follows in any case: not what stands under conditions, in filters or behind other references.
 */
export const referencePaths = (expression: ExprNode): readonly string[] => [
  ...new Set(pathsIn(expression, '')),
]

const pathsIn = (expression: ExprNode, base: string): readonly string[] => {
  const node = ungroup(expression)
  switch (node.type) {
    case 'Deref': {
      const path = pathFrom(node.base, base)
      return path ? [path] : pathsIn(node.base, base)
    }
    case 'Map':
    case 'FlatMap': {
      const elements = pathFrom(node.base, base)
      return elements === undefined ? pathsIn(node.base, base) : pathsIn(node.expr, elements)
    }
    case 'Projection': {
      const object = pathFrom(node.base, base)
      return object === undefined ? pathsIn(node.base, base) : pathsIn(node.expr, object)
    }
    case 'Object':
      return node.attributes.flatMap((part) =>
        part.type === 'ObjectConditionalSplat' ? [] : pathsIn(part.value, base),
      )
    case 'Select':
    case 'Filter':
    case 'PipeFuncCall':
      return []
    default:
      return childrenOf(node).flatMap((child) =>
        child.scope === 'same' ? pathsIn(child.node, base) : [],
      )
  }
}
