/** Copies a node of the syntax tree with other children. */
import type {ExprNode, ObjectAttributeNode} from 'groq-js'

/** A copy of the node with each child replaced; selectors, which hold no calls, are kept. */
export const mapChildren = (node: ExprNode, map: (child: ExprNode) => ExprNode): ExprNode => {
  switch (node.type) {
    case 'AccessAttribute':
      return node.base ? {...node, base: map(node.base)} : node
    case 'AccessElement':
    case 'ArrayCoerce':
    case 'Asc':
    case 'Deref':
    case 'Desc':
    case 'Group':
    case 'Neg':
    case 'Not':
    case 'Pos':
    case 'Slice':
      return {...node, base: map(node.base)}
    case 'And':
    case 'Or':
    case 'OpCall':
      return {...node, left: map(node.left), right: map(node.right)}
    case 'InRange':
      return {...node, base: map(node.base), left: map(node.left), right: map(node.right)}
    case 'Array':
      return {
        ...node,
        elements: node.elements.map((element) => ({...element, value: map(element.value)})),
      }
    case 'Object':
      return {...node, attributes: node.attributes.map((part) => mapAttribute(part, map))}
    case 'Select':
      return {
        ...node,
        alternatives: node.alternatives.map((alternative) => ({
          ...alternative,
          condition: map(alternative.condition),
          value: map(alternative.value),
        })),
        ...(node.fallback && {fallback: map(node.fallback)}),
      }
    case 'FuncCall':
      return {...node, args: node.args.map(map)}
    case 'PipeFuncCall':
      return {...node, base: map(node.base), args: node.args.map(map)}
    case 'Filter':
    case 'FlatMap':
    case 'Map':
    case 'Projection':
      return {...node, base: map(node.base), expr: map(node.expr)}
    default:
      return node
  }
}

const mapAttribute = (
  attribute: ObjectAttributeNode,
  map: (child: ExprNode) => ExprNode,
): ObjectAttributeNode =>
  attribute.type === 'ObjectConditionalSplat'
    ? {...attribute, condition: map(attribute.condition), value: map(attribute.value)}
    : {...attribute, value: map(attribute.value)}
