/** The shape of a zod schema, by way of the JSON schema that zod makes of it. */
import {z} from 'zod'

import {objectShape, unionShape, type Shape} from './shape.ts'

export interface JsonSchemaNode {
  type?: string | undefined
  const?: string | undefined
  enum?: string[] | undefined
  items?: JsonSchemaNode | undefined
  anyOf?: JsonSchemaNode[] | undefined
  oneOf?: JsonSchemaNode[] | undefined
  properties?: Record<string, JsonSchemaNode> | undefined
  required?: string[] | undefined
  additionalProperties?: boolean | undefined
  referenceTo?: string[] | undefined
}

export const jsonSchemaNode: z.ZodType<JsonSchemaNode> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    const: z.string().optional(),
    enum: z.array(z.string()).optional(),
    items: jsonSchemaNode.optional(),
    anyOf: z.array(jsonSchemaNode).optional(),
    oneOf: z.array(jsonSchemaNode).optional(),
    properties: z.record(z.string(), jsonSchemaNode).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.boolean().optional(),
    referenceTo: z.array(z.string()).optional(),
  }),
)

export function jsonSchemaOf(schema: z.ZodType): JsonSchemaNode {
  return jsonSchemaNode.parse(z.toJSONSchema(schema))
}

export function zodShape(schema: JsonSchemaNode): Shape {
  const members = schema.anyOf ?? schema.oneOf
  if (members) return unionShape(members.map(zodShape))
  if (schema.const !== undefined) return {kind: 'words', words: [schema.const]}
  if (schema.enum) return {kind: 'words', words: schema.enum.toSorted()}
  if (schema.items) return {kind: 'array', of: zodShape(schema.items)}
  if (schema.properties) return propertiesShape(schema, schema.properties)
  return scalarShape(schema.type)
}

function propertiesShape(
  schema: JsonSchemaNode,
  properties: Readonly<Record<string, JsonSchemaNode>>,
): Shape {
  if (schema.additionalProperties !== false) throw new Error('An object lets unknown fields pass.')
  const entries = Object.entries(properties)
  return objectShape(
    Object.fromEntries(entries.map(([key, value]) => [key, zodShape(value)])),
    entries.map(([key]) => key).filter((key) => !schema.required?.includes(key)),
    schema.referenceTo,
  )
}

function scalarShape(type: string | undefined): Shape {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return {kind: type}
    case 'integer':
      return {kind: 'number'}
    case undefined:
      return {kind: 'unknown'}
    default:
      throw new Error(`No shape for the JSON type ${type}.`)
  }
}
