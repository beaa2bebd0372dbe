/** Makes the parser accept functions that it does not know. */
import type {ExprNode} from 'groq-js'

import {mapChildren} from './mapChildren.ts'

/**
 * Functions that the parser does not know. Its list is closed, but a query may declare functions
 * of its own (`fn ns::name($x) = $x{…};`), so each of these that the text mentions is declared
 * in front of it, with a body that marks the call. The parser puts the argument and the body in
 * place of the call; `restoreCalls` makes a call of it again.
 */
const missing = [
  ['global', 'geo'],
  ['global', 'pt'],
  ['string', 'trim'],
  ['sanity', 'partOfVariant'],
  ['sanity', 'documentsOf'],
  ['text', 'embedding'],
] as const

/** An attribute name that stands for "this is a call"; no query has reason to use it. */
const mark = '\u0001call'

/** The declarations to put in front of a query. */
export const declarationsFor = (text: string): string =>
  declarations
    .filter(({mention}) => mention.test(text))
    .map(({declaration}) => declaration)
    .join('')

const declarations = missing.map(([namespace, name]) => ({
  mention: new RegExp(namespace === 'global' ? `\\b${name}\\s*\\(` : `::\\s*${name}\\b`),
  declaration: `fn ${namespace}::${name}($value) = $value{"${mark}": "${namespace}::${name}"};`,
}))

export const restoreCalls = (node: ExprNode): ExprNode => {
  const restored = mapChildren(node, restoreCalls)
  return restored.type === 'Projection' ? (callOf(restored) ?? restored) : restored
}

const callOf = ({base, expr}: Extract<ExprNode, {type: 'Projection'}>): ExprNode | undefined => {
  if (expr.type !== 'Object') return undefined
  const [attribute] = expr.attributes
  if (attribute?.type !== 'ObjectAttributeValue' || attribute.name !== mark) return undefined
  const {value} = attribute
  if (value.type !== 'Value' || typeof value.value !== 'string') return undefined
  const [namespace = '', name = ''] = value.value.split('::')
  return {type: 'FuncCall', namespace, name, args: [base]}
}
