/**
 * Finds every rule in our schema and records which of them report something, so that a rule without
 * a test case fails.
 */
import {normalizeValidationRules, resolveTypeForArrayItem} from '@sanity/validation/_internal'
import type {CustomValidator, Path, Rule, SchemaType} from 'sanity'

import {schemaTypes} from '../../schemas/index.ts'
import {compiledSchema} from './compiledSchema.ts'
import type {TestDocument} from './documents.ts'

type Level = 'error' | 'warning' | 'info'

const ownTypes: readonly string[] = schemaTypes.map(({name}) => name)

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && '_rules' in value

/** The functions that a rule adds to the built-in ones of its type. */
const ownFunctions = (rule: Rule, type: SchemaType) => {
  const inherent = normalizeValidationRules({...type, validation: undefined})
    .flatMap((base) => base._rules)
    .map((spec) => ('constraint' in spec ? spec.constraint : undefined))
  return rule._rules
    .filter((spec) => spec.flag === 'custom')
    .filter((spec) => !inherent.includes(spec.constraint))
}

/** A site is named by the nearest type of ours, so that a type used in five places is one site. */
const below = (type: SchemaType, site: string): string =>
  ownTypes.includes(type.name) ? type.name : site

const children = (type: SchemaType): [suffix: string, type: SchemaType][] => {
  if ('fields' in type) return type.fields.map((field) => [`.${field.name}`, field.type])
  if ('of' in type) return type.of.map((item: SchemaType) => ['[]', item])
  return []
}

const sitesFrom = (
  type: SchemaType,
  site: string,
  visited: Set<string>,
): [string, SchemaType][] => {
  const base = below(type, site)
  const known = visited.has(base)
  visited.add(base)
  const inner = known
    ? []
    : children(type).flatMap(([suffix, child]) => sitesFrom(child, `${base}${suffix}`, visited))
  return [[site, type], ...inner]
}

const siteOf = (document: {_type: string} | undefined, path: Path): string => {
  if (!document) return ''
  let type: SchemaType | undefined = compiledSchema.get(document._type)
  let value: unknown = document
  let site = document._type
  for (const segment of path) {
    if (!type) break
    const base = below(type, site)
    if (typeof segment === 'string' && 'fields' in type) {
      type = type.fields.find(({name}) => name === segment)?.type
      value = value instanceof Object ? Reflect.get(value, segment) : undefined
      site = `${base}.${segment}`
    } else if (Array.isArray(value) && 'of' in type) {
      const key = segment instanceof Object && '_key' in segment ? segment._key : undefined
      value = value.find((item, index) => index === segment || (key && item?._key === key))
      type = resolveTypeForArrayItem(value, type.of)
      site = `${base}[]`
    }
  }
  return site
}

/**
 * Tracks the compiled schema's rules of the given levels. A rule is identified by its site and its
 * message, or by its site and the name of the function that makes the message.
 */
export const watchRules = (levels: readonly Level[]) => {
  const declared = new Set<string>()
  const spoken = new Set<string>()
  const visited = new Set<string>()
  const watched = new Map<CustomValidator, CustomValidator>()

  const watch = (ask: CustomValidator): CustomValidator => {
    const asking: CustomValidator = async (value, context) => {
      const answer = await ask(value, context)
      const silent = answer === true || (Array.isArray(answer) && answer.length === 0)
      if (!silent) spoken.add(`${siteOf(context.document, context.path ?? [])}: ${ask.name}`)
      return answer
    }
    Object.defineProperty(asking, 'name', {value: ask.name})
    return asking
  }

  const sites = ownTypes
    .flatMap((name) => compiledSchema.get(name) ?? [])
    .filter((type) => type.type?.name === 'document')
    .flatMap((type) => sitesFrom(type, type.name, visited))
  for (const [site, type] of sites) {
    for (const rule of [type.validation].flat().filter(isRule)) {
      if (!levels.includes(rule._level ?? 'error')) continue
      if (typeof rule._message === 'string') declared.add(`${site}: ${rule._message}`)
      for (const spec of ownFunctions(rule, type)) {
        declared.add(`${site}: ${spec.constraint.name}`)
        // A rule shared by two sites is tracked once.
        if (![...watched.values()].includes(spec.constraint)) {
          const asking = watched.get(spec.constraint) ?? watch(spec.constraint)
          watched.set(spec.constraint, asking)
          spec.constraint = asking
        }
      }
    }
  }

  return {
    /**
     * Records that a rule with a fixed message has reported. A rule for an array may mark one of
     * its items.
     */
    heard(document: TestDocument, path: Path, message: string): void {
      spoken.add(`${siteOf(document, path)}: ${message}`)
      if (typeof path.at(-1) !== 'string') {
        spoken.add(`${siteOf(document, path.slice(0, -1))}: ${message}`)
      }
    },
    unheard: (): string[] => [...declared].filter((rule) => !spoken.has(rule)),
  }
}
