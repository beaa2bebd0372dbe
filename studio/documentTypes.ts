/**
 * Facts about document types, read from the schema, so that desk, tabs and locations need no lists
 * of their own: a new type gets its place in each of them.
 */
import {schemaTypes} from '../schemas/index.ts'
import {isRecord, records} from '../schemas/untyped.ts'

const documents = schemaTypes.filter(({type}) => type === 'document')

/** The names of all document types. */
export const documentTypes: readonly string[] = documents.map(({name}) => name)

/** Document types with a web address, which have a page each. */
export const typesWithAddress: readonly string[] = documents
  .filter((type) => 'fields' in type && records(type.fields).some(({name}) => name === 'slug'))
  .map(({name}) => name)

/** The types that a definition's references can point to, however deep in it. */
const targetsIn = (definition: unknown): string[] => {
  if (Array.isArray(definition)) return definition.flatMap(targetsIn)
  if (!isRecord(definition)) return []
  const {icon: _icon, to, ...parts} = definition
  const targets = Array.isArray(to) ? to.flatMap((target) => String(target?.type)) : []
  return [...targets, ...Object.values(parts).flatMap(targetsIn)]
}

/** The types that documents can refer to. */
export const referencedTypes: ReadonlySet<string> = new Set(targetsIn(schemaTypes))
