/**
 * The import’s model and the Studio’s schema describe one thing twice, because neither may import
 * the other. This test keeps them from drifting apart, field by field and in both directions.
 */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'

import {describe, expect, test} from 'vitest'
import type {z} from 'zod'

import {article} from '../article.ts'
import {author} from '../author.ts'
import {credit} from '../credit.ts'
import {mostRead} from '../mostRead.ts'
import {siteSettings} from '../siteSettings.ts'
import {topic} from '../topic.ts'
import {isObject, plantDifferences} from './plantDifferences.ts'
import {sanitySchema, sanityShape, SERVER_FIELDS, type SanitySchema} from './sanityShape.ts'
import type {Shape} from './shape.ts'
import {jsonSchemaNode, jsonSchemaOf, zodShape} from './zodShape.ts'

const extracted = readFileSync(
  join(import.meta.dirname, '../../../schemas/schema.generated.json'),
  'utf8',
)
const readSchema = () => sanitySchema.parse(JSON.parse(extracted))
const models: Readonly<Record<string, z.ZodType>> = {
  article,
  author,
  credit,
  mostRead,
  siteSettings,
  topic,
}
const names = Object.keys(models)
const allShapes = (schema: SanitySchema): Shape[] => names.map((name) => sanityShape(schema, name))

test('the schema has these documents and, from Sanity itself, assets', () => {
  const documents = readSchema().filter(
    ({type, name}) => type === 'document' && !name.includes('.'),
  )
  expect(documents.map(({name}) => name).toSorted()).toEqual(names)
})

test.each(Object.entries(models))(
  '%s: same fields, optionality, words and targets',
  (name, model) => {
    expect(zodShape(jsonSchemaOf(model))).toEqual(sanityShape(readSchema(), name))
  },
)

const oneLess = (list: unknown): unknown => (Array.isArray(list) ? list.slice(1) : undefined)
const oneMore = (fields: unknown, field: unknown): unknown =>
  isObject(fields) ? {...fields, more: field} : undefined
const another = (word: unknown): unknown => (word === undefined ? undefined : 'another')

describe('a planted difference is noticed', () => {
  test.each(Object.entries(models))('anywhere in the model of %s', (_, model) => {
    const schema = jsonSchemaOf(model)
    const planted = plantDifferences(schema, (node) => ({
      'gets a field': {properties: oneMore(node['properties'], {})},
      'requires less': {required: oneLess(node['required'])},
      'knows fewer words': {enum: oneLess(node['enum'])},
      'says another word': {const: another(node['const'])},
      'leads elsewhere': {referenceTo: node['referenceTo'] && ['another']},
    }))
    expect(planted.length).toBeGreaterThan(5)
    const unseen = planted.filter((one) =>
      isDeepStrictEqual(zodShape(jsonSchemaNode.parse(one.schema)), zodShape(schema)),
    )
    expect(unseen.map(({place}) => place)).toEqual([])
  })

  test('anywhere in the Sanity schema that a document of ours reaches', () => {
    const schema = readSchema()
    const field = {value: {type: 'string'}}
    const planted = plantDifferences(schema, (node, path) => {
      const isField = path.at(-2) === 'attributes' && !SERVER_FIELDS.has(path.at(-1) ?? '')
      return {
        'gets a field': {attributes: oneMore(node['attributes'], field)},
        'becomes optional or required': {optional: isField ? node['optional'] !== true : undefined},
        'says another word': {value: typeof node['value'] === 'string' ? 'another' : undefined},
        'leads elsewhere': {dereferencesTo: another(node['dereferencesTo'])},
      }
    })
    const ours = planted.filter(({place}) => {
      const name = schema[Number.parseInt(place, 10)]?.name ?? ''
      return !/^(sanity\.|geopoint$)/.test(name)
    })
    expect(ours.length).toBeGreaterThan(300)
    const before = allShapes(schema)
    const unseen = ours.filter((one) =>
      isDeepStrictEqual(allShapes(sanitySchema.parse(one.schema)), before),
    )
    expect(unseen.map(({place}) => place)).toEqual([])
  })
})
