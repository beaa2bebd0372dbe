import type {ExprNode} from 'groq-js'

import {ungroup} from '../ast.ts'
import {readPattern} from '../match.ts'
import {ownPath} from './ownPath.ts'
import type {Recogniser} from './term.ts'

/** `text match pattern`, where the text is the document's own: its words are in the index. */
export const recogniseMatch: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== 'match' || !isOwnText(node.left)) return undefined
  const pattern = comparand(node.right)
  return (
    pattern && {
      selectivity: 'words',
      accesses: (scope, type) => {
        const tokens = readPattern(pattern(scope)).required.flatMap((term) => term.pattern ?? [])
        if (tokens.length === 0) return undefined
        return [{by: 'tokens', tokens, ...(type !== undefined && {type})}]
      },
    }
  )
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
