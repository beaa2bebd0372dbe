/** The shape of a type in the output of `sanity schema extract`. */
import {z} from 'zod'

import {objectShape, unionShape, type ObjectShape, type Shape} from './shape.ts'

export type SanityNode =
  | {type: 'string'; value?: string | undefined}
  | {type: 'number' | 'boolean' | 'unknown'}
  | {type: 'array'; of: SanityNode}
  | {type: 'union'; of: SanityNode[]}
  | {type: 'inline'; name: string}
  | {
      type: 'object'
      attributes: Record<string, SanityAttribute>
      rest?: SanityNode | undefined
      dereferencesTo?: string | undefined
    }

export interface SanityAttribute {
  value: SanityNode
  optional?: boolean | undefined
}

const attribute: z.ZodType<SanityAttribute> = z.lazy(() =>
  z.object({value: node, optional: z.boolean().optional()}),
)

const node: z.ZodType<SanityNode> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({type: z.literal('string'), value: z.string().optional()}),
    z.object({type: z.enum(['number', 'boolean', 'unknown'])}),
    z.object({type: z.literal('array'), of: node}),
    z.object({type: z.literal('union'), of: z.array(node)}),
    z.object({type: z.literal('inline'), name: z.string()}),
    z.object({
      type: z.literal('object'),
      attributes: z.record(z.string(), attribute),
      rest: node.optional(),
      dereferencesTo: z.string().optional(),
    }),
  ]),
)

/** A document lists its fields itself; a type is a node. Some references stand outside of it. */
export const sanitySchema = z.array(
  z.union([
    z.object({
      type: z.literal('document'),
      name: z.string(),
      attributes: z.record(z.string(), attribute),
    }),
    z.object({
      type: z.literal('type'),
      name: z.string(),
      value: node,
      dereferencesTo: z.string().optional(),
    }),
  ]),
)

export type SanitySchema = z.infer<typeof sanitySchema>

/** Set by the server alone. */
export const SERVER_FIELDS = new Set(['_createdAt', '_updatedAt', '_rev'])

export function sanityShape(schema: SanitySchema, name: string): Shape {
  const named = schema.find((one) => one.name === name)
  if (!named) throw new Error(`The Sanity schema has no type ${name}.`)
  if (named.type === 'type') return lead(shapeOf(schema, named.value), named.dereferencesTo)
  const own = Object.entries(named.attributes).filter(([field]) => !SERVER_FIELDS.has(field))
  return attributesShape(schema, Object.fromEntries(own))
}

function shapeOf(schema: SanitySchema, value: SanityNode): Shape {
  switch (value.type) {
    case 'string':
      return value.value === undefined ? {kind: 'string'} : {kind: 'words', words: [value.value]}
    case 'array':
      return {kind: 'array', of: shapeOf(schema, value.of)}
    case 'union':
      return unionShape(value.of.map((member) => shapeOf(schema, member)))
    case 'inline':
      return sanityShape(schema, value.name)
    case 'object': {
      const own = lead(attributesShape(schema, value.attributes), value.dereferencesTo)
      return value.rest ? merge(own, shapeOf(schema, value.rest)) : own
    }
    default:
      return {kind: value.type}
  }
}

function attributesShape(
  schema: SanitySchema,
  attributes: Readonly<Record<string, SanityAttribute>>,
): ObjectShape {
  const entries = Object.entries(attributes)
  return objectShape(
    Object.fromEntries(entries.map(([key, {value}]) => [key, shapeOf(schema, value)])),
    entries.flatMap(([key, {optional}]) => (optional ? [key] : [])),
  )
}

function lead<S extends Shape>(shape: S, target: string | undefined): S {
  return target === undefined ? shape : {...shape, leadsTo: [target]}
}

/** An array’s member is written as its `_key` and the rest: one object. */
function merge(own: ObjectShape, rest: Shape): Shape {
  if (rest.kind !== 'object') return rest
  const fields = {...own.fields, ...rest.fields}
  return objectShape(fields, [...own.optional, ...rest.optional], rest.leadsTo)
}
