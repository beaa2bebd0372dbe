/**
 * Derives zod models of documents from the extracted schema, so that a field is described once, in
 * `schemas/`. Objects are strict: a field that the schema does not have is an error. What a schema
 * cannot say is in `rules.ts`.
 */
import {z} from 'zod'

import {
  documentTypes,
  SERVER_FIELDS,
  type Attributes,
  type ExtractedSchema,
  type ObjectNode,
  type SchemaNode,
} from './extractedSchema.ts'
import {mayBeEmpty, numberRule, stringRule} from './rules.ts'

/** The type of the document with an id; undefined where that is not known. */
export type TypeOf = (id: string) => string | undefined

/** Where a value is: in which field of which type. An array's member has its array's place. */
interface Place {
  readonly type: string
  readonly field: string
  readonly optional: boolean
}

/** An object with everything that belongs to it: members of `rest`, all targets of a reference. */
interface WholeObject {
  readonly attributes: Attributes
  readonly targets: readonly string[]
}

/**
 * The model of every document of ours. A reference to a document whose type is known must be to one
 * of the types that the schema names.
 */
export function documentModel(schema: ExtractedSchema, typeOf?: TypeOf) {
  const [first, ...others] = documentTypes(schema).map((name) => {
    const {attributes} = wholeObject(schema, {type: 'inline', name})
    const own = Object.entries(attributes).filter(([field]) => !SERVER_FIELDS.has(field))
    return objectModel(schema, {attributes: Object.fromEntries(own), targets: []}, name, typeOf)
  })
  if (!first) throw new Error('The schema has no documents.')
  return z.discriminatedUnion('_type', [first, ...others])
}

/** The model of a named type that is no document. Throws an Error when there is no such type. */
export function typeModel(schema: ExtractedSchema, name: string): z.ZodType {
  return nodeModel(schema, {type: 'inline', name}, {type: name, field: '', optional: false})
}

/** The model of one field of a named type. Throws an Error when there is no such field. */
export function fieldModel(schema: ExtractedSchema, type: string, field: string): z.ZodType {
  const attribute = wholeObject(schema, {type: 'inline', name: type}).attributes[field]
  if (!attribute) throw new Error(`The schema has no field ${type}.${field}.`)
  const {optional = false, value} = attribute
  return nodeModel(schema, value, {type, field, optional})
}

function nodeModel(
  schema: ExtractedSchema,
  node: SchemaNode,
  place: Place,
  typeOf?: TypeOf,
): z.ZodType {
  switch (node.type) {
    case 'unknown':
      return z.unknown()
    case 'boolean':
      return z.boolean()
    case 'number':
      return numberRule(place.field)
    case 'string':
      if (node.value !== undefined) return z.literal(node.value)
      return stringRule(`${place.type}.${place.field}`, place.field)
    case 'array': {
      const members = z.array(
        nodeModel(schema, node.of, {...place, field: `${place.field}[]`}, typeOf),
      )
      return mayBeEmpty(place.field, place.optional) ? members : members.min(1)
    }
    case 'union':
      return unionModel(schema, node.of, place, typeOf)
    case 'inline': {
      const named = schema.find(({name}) => name === node.name)
      if (named?.type === 'type' && named.value.type !== 'object') {
        return nodeModel(schema, named.value, place, typeOf)
      }
      return objectModel(schema, wholeObject(schema, node), place.type, typeOf)
    }
    case 'object':
      return objectModel(schema, wholeObject(schema, node), place.type, typeOf)
  }
}

/** Words to choose from, references to several types, or objects that differ by their `_type`. */
function unionModel(
  schema: ExtractedSchema,
  members: readonly SchemaNode[],
  place: Place,
  typeOf?: TypeOf,
): z.ZodType {
  const [only] = members
  if (only && members.length === 1) return nodeModel(schema, only, place, typeOf)
  const literals = members.flatMap((one) => (one.type === 'string' && one.value) || [])
  if (literals.length === members.length) return z.enum(literals)

  const objects = members.map((member) => wholeObject(schema, member))
  const [firstObject] = objects
  if (firstObject && objects.every(({targets}) => targets.length > 0)) {
    const targets = objects.flatMap((one) => one.targets)
    return objectModel(schema, {...firstObject, targets}, place.type, typeOf)
  }
  const [first, ...others] = objects.map((one) => objectModel(schema, one, place.type, typeOf))
  if (!first) throw new Error(`${place.type}.${place.field} is a union of nothing.`)
  return z.discriminatedUnion('_type', [first, ...others])
}

/** `outer` is the type the object is in; an object that has a `_type` of its own is its own place. */
function objectModel(
  schema: ExtractedSchema,
  {attributes, targets}: WholeObject,
  outer: string,
  typeOf?: TypeOf,
) {
  const literal = attributes['_type']?.value
  const type = (literal?.type === 'string' && literal.value) || outer
  const fields = Object.entries(attributes).map(([field, {optional = false, value}]) => {
    const model = nodeModel(schema, value, {type, field, optional}, typeOf)
    return [field, optional ? model.optional() : model] as const
  })
  const model = z.strictObject(Object.fromEntries(fields))
  if (targets.length === 0) return model
  return model
    .refine(
      ({_ref}) => {
        const found = typeof _ref === 'string' ? typeOf?.(_ref) : undefined
        return found === undefined || targets.includes(found)
      },
      {error: `This must refer to a document of the type ${targets.join(' or ')}.`},
    )
    .meta({referenceTo: targets})
}

function wholeObject(schema: ExtractedSchema, node: SchemaNode): WholeObject {
  if (node.type === 'inline') {
    const named = schema.find(({name}) => name === node.name)
    if (named?.type === 'document') return {attributes: named.attributes, targets: []}
    if (named) return wholeObject(schema, named.value)
    throw new Error(`The schema has no type ${node.name}.`)
  }
  if (node.type !== 'object') throw new Error(`Expected an object, found a ${node.type}.`)
  return withRest(schema, node)
}

function withRest(schema: ExtractedSchema, {attributes, dereferencesTo, rest}: ObjectNode) {
  const own = dereferencesTo === undefined ? [] : [dereferencesTo]
  if (!rest) return {attributes, targets: own}
  const more = wholeObject(schema, rest)
  return {attributes: {...attributes, ...more.attributes}, targets: [...own, ...more.targets]}
}
