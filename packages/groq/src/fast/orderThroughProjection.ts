/** Rewrites `{…} | order(…)` so that sorting comes before projecting. */
import type {ExprNode, ObjectNode, PipeFuncCallNode} from 'groq-js'

import {attribute, ungroup} from '../parse/ast.ts'
import {mapChildren} from '../parse/mapChildren.ts'
import {ownAttribute} from '../plan/predicates/ownPath.ts'

/**
 * `*[…]{…, "orderings": [_updatedAt]} | order(orderings[0] desc)[0...100]` sorts what was
 * projected. Where the keys are plain attributes of the documents, sorting first comes to the
 * same, lets an index deliver the order, and projects only the documents of the slice.
 */
export const orderThroughProjection = (tree: ExprNode): ExprNode => {
  const node = mapChildren(tree, orderThroughProjection)
  return node.type === 'PipeFuncCall' && node.name === 'order' ? (moved(node) ?? node) : node
}

const moved = (order: PipeFuncCallNode): ExprNode | undefined => {
  const map = ungroup(order.base)
  if (map.type !== 'Map' || map.expr.type !== 'Projection') return undefined
  const {base, expr} = map.expr
  if (base.type !== 'This' || expr.type !== 'Object') return undefined
  const keys: ExprNode[] = []
  for (const argument of order.args) {
    const isDirected = argument.type === 'Asc' || argument.type === 'Desc'
    const key = resolve(isDirected ? argument.base : argument, expr)
    if (!key || ownAttribute(key) === undefined) return undefined
    keys.push(isDirected ? {...argument, base: key} : key)
  }
  return {...map, base: orderThroughProjection({...order, base: map.base, args: keys})}
}

/** The expression over the document that an expression over its projection stands for. */
const resolve = (expression: ExprNode, projection: ObjectNode): ExprNode | undefined => {
  const node = ungroup(expression)
  if (node.type === 'AccessElement') {
    const array = resolve(node.base, projection)
    if (array?.type !== 'Array' || array.elements.some(({isSplat}) => isSplat)) return undefined
    return array.elements[node.index]?.value
  }
  if (node.type !== 'AccessAttribute') return undefined
  if (!node.base || node.base.type === 'This') return projected(node.name, projection)
  const base = resolve(node.base, projection)
  if (!base) return undefined
  return base.type === 'Object' ? projected(node.name, base) : {...node, base}
}

/** What the projection gives an attribute; undefined where that is not known beforehand. */
const projected = (name: string, {attributes}: ObjectNode): ExprNode | undefined => {
  const last = attributes.findLastIndex(
    (part) => part.type !== 'ObjectAttributeValue' || part.name === name,
  )
  const part = attributes[last]
  if (!part) return {type: 'Value', value: null}
  if (part.type === 'ObjectAttributeValue') return ungroup(part.value)
  // A spread may leave the name to whatever stands before it.
  return part.type === 'ObjectSplat' && part.value.type === 'This' && last === 0
    ? attribute(name)
    : undefined
}
