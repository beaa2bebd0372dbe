import type {ExprNode} from 'groq-js'

import {ungroup} from '../../parse/ast.ts'
import {ownAttribute} from './ownPath.ts'
import type {Recogniser} from './term.ts'

/** `defined(path)`, `path != null`. */
export const recogniseDefined: Recogniser = (condition) => {
  const path = definedPath(ungroup(condition))
  if (path === undefined || path.startsWith('_')) return undefined
  return {
    selectivity: 'defined',
    accesses: (_, type) => [{by: 'defined', path, ...(type !== undefined && {type})}],
  }
}

const definedPath = (node: ExprNode): string | undefined => {
  if (node.type === 'FuncCall' && node.namespace === 'global' && node.name === 'defined') {
    const [argument] = node.args
    return argument && ownAttribute(argument)
  }
  if (node.type !== 'OpCall' || node.op !== '!=') return undefined
  if (isNull(node.right)) return ownAttribute(node.left)
  return isNull(node.left) ? ownAttribute(node.right) : undefined
}

const isNull = (expression: ExprNode): boolean => {
  const node = ungroup(expression)
  return node.type === 'Value' && node.value === null
}
