/**
 * The content model as `sanity schema extract` writes it, in a form that programs read. The import
 * checks documents against it (see `documentModel.ts`).
 */
import {z} from 'zod'

import extracted from '../../schemas/schema.generated.json' with {type: 'json'}

/** The type of a value. `inline` names another type of the schema. */
export type SchemaNode =
  | {type: 'string'; value?: string | undefined}
  | {type: 'number' | 'boolean' | 'unknown'}
  | {type: 'array'; of: SchemaNode}
  | {type: 'union'; of: SchemaNode[]}
  | {type: 'inline'; name: string}
  | ObjectNode

export interface ObjectNode {
  type: 'object'
  attributes: Attributes
  /** More attributes: an array's member is written as its `_key` and the rest. */
  rest?: SchemaNode | undefined
  /** Of a reference: the type of the document it leads to. */
  dereferencesTo?: string | undefined
}

export type Attributes = Record<string, {value: SchemaNode; optional?: boolean | undefined}>

const attributes: z.ZodType<Attributes> = z.lazy(() =>
  z.record(z.string(), z.object({value: node, optional: z.boolean().optional()})),
)

const node: z.ZodType<SchemaNode> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({type: z.literal('string'), value: z.string().optional()}),
    z.object({type: z.enum(['number', 'boolean', 'unknown'])}),
    z.object({type: z.literal('array'), of: node}),
    z.object({type: z.literal('union'), of: z.array(node)}),
    z.object({type: z.literal('inline'), name: z.string()}),
    z.object({
      type: z.literal('object'),
      attributes,
      rest: node.optional(),
      dereferencesTo: z.string().optional(),
    }),
  ]),
)

/** A document lists its fields itself; any other type is a node. */
export const namedType = z.discriminatedUnion('type', [
  z.object({type: z.literal('document'), name: z.string(), attributes}),
  z.object({type: z.literal('type'), name: z.string(), value: node}),
])

export type NamedType = z.infer<typeof namedType>
export type ExtractedSchema = readonly NamedType[]

/** The schema as it is committed. */
export const currentSchema: ExtractedSchema = z.array(namedType).parse(extracted)

/** Set by the server alone: no import writes them. */
export const SERVER_FIELDS: ReadonlySet<string> = new Set(['_createdAt', '_updatedAt', '_rev'])

/** The types of documents that are ours: assets are documents of Sanity's own. */
export function documentTypes(schema: ExtractedSchema): string[] {
  return schema
    .filter(({name, type}) => type === 'document' && !name.startsWith('sanity.'))
    .map(({name}) => name)
}
