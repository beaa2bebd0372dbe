/**
 * The models follow the schema: no difference in the extract goes unnoticed, and no document passes
 * that the schema does not describe. The samples are the newsroom of `tests/schema`, in which every
 * field is filled.
 */
import {describe, expect, test} from 'vitest'
import {z} from 'zod'

import {newsroomDocuments} from '../../tests/schema/documents.ts'
import {documentModel, typeModel} from './documentModel.ts'
import {
  currentSchema,
  documentTypes,
  namedType,
  SERVER_FIELDS,
  type ExtractedSchema,
  type NamedType,
} from './extractedSchema.ts'
import {isObject, plantDifferences, without, type Planter} from './plantDifferences.ts'
import {seedDocuments} from './seedDocument.ts'

const samples = newsroomDocuments.filter(
  ({_id, _type}) => !_id.includes('.') && !_type.startsWith('sanity.'),
)
const typeOf = (id: string) => newsroomDocuments.find(({_id}) => _id === id)?._type
const model = seedDocuments(typeOf)
const accepts = (document: unknown): boolean => model.safeParse(document).success

test('the samples fit, and there is one of each type', () => {
  for (const sample of samples) expect(model.parse(sample)).toEqual(sample)
  expect([...new Set(samples.map(({_type}) => _type))].toSorted()).toEqual(
    documentTypes(currentSchema).toSorted(),
  )
})

const another = (type: unknown) => (type === 'boolean' ? {type: 'number'} : {type: 'boolean'})

/** Everything that can be changed in one object of the extract. */
const schemaChanges: Planter = (node, path) => {
  const {attributes, dereferencesTo, value} = node
  const field = path.at(-2) === 'attributes' ? path.at(-1) : undefined
  return {
    ...(field &&
      !SERVER_FIELDS.has(field) && {
        'becomes optional or required': {...node, optional: node['optional'] !== true},
        ...(isObject(value) && {'another type': {...node, value: another(value['type'])}}),
      }),
    ...(isObject(attributes) && {
      'one field more': {...node, attributes: {...attributes, more: {value: {type: 'string'}}}},
      ...Object.fromEntries(
        Object.keys(attributes)
          .filter((name) => !SERVER_FIELDS.has(name))
          .flatMap((name) => {
            const others = without(attributes, name)
            const renamed = {...others, [`${name}2`]: attributes[name]}
            return [
              [`without ${name}`, {...node, attributes: others}],
              [`${name} renamed`, {...node, attributes: renamed}],
            ]
          }),
      ),
    }),
    ...(typeof value === 'string' && {'another word': {...node, value: 'another'}}),
    ...(dereferencesTo !== undefined && {'another target': {...node, dereferencesTo: 'another'}}),
  }
}

/** All that can be seen of the model of a type. A schema that makes no model is noticed, too. */
function seen(schema: ExtractedSchema, {name, type}: NamedType): string {
  const own = schema.filter((one) => one.type === 'type' || one.name === name)
  try {
    const made = type === 'document' ? documentModel(own) : typeModel(own, name)
    return JSON.stringify(z.toJSONSchema(made))
  } catch (error) {
    return String(error)
  }
}

/** Assets and their parts are Sanity’s own; nothing of ours is made of them. */
const ours = currentSchema.filter(
  ({name}) => !/^(sanity\.(image(Palette|Dim|Meta)|imageAsset$|file|asset)|geopoint)/.test(name),
)

test.each(ours)('a difference planted in the schema of $name changes its model', (named) => {
  const before = seen(currentSchema, named)
  const planted = plantDifferences(named, schemaChanges)
  const unseen = planted.filter(({value}) => {
    const changed = namedType.parse(value)
    const schema = currentSchema.map((one) => (one.name === named.name ? changed : one))
    return seen(schema, named) === before
  })
  expect(planted.length).toBeGreaterThan(2)
  expect(unseen.map(({place}) => place)).toEqual([])
})

const wrong = (value: unknown): unknown =>
  typeof value === 'string' ? 12 : typeof value === 'number' ? 'twelve' : 'neither'

const attributesOf = (named: NamedType) => {
  if (named.type === 'document') return named.attributes
  return named.value.type === 'object' ? named.value.attributes : {}
}

describe('a document is refused', () => {
  test.each(samples)('$_id with an unknown field anywhere', (sample) => {
    const planted = plantDifferences(sample, (node) => ({'unknown field': {...node, unknown: 'x'}}))
    expect(planted.filter(({value}) => accepts(value)).map(({place}) => place)).toEqual([])
  })

  test.each(samples)('$_id with a value of another type anywhere', (sample) => {
    const planted = plantDifferences(sample, (node) =>
      Object.fromEntries(
        Object.entries(node).map(([key, value]) => [key, {...node, [key]: wrong(value)}]),
      ),
    )
    expect(planted.filter(({value}) => accepts(value)).map(({place}) => place)).toEqual([])
  })

  test.each(samples)('$_id exactly when a field is missing that the schema requires', (sample) => {
    const planted = plantDifferences(sample, (node) => {
      const named = currentSchema.find(({name}) => name === node['_type'])
      const attributes = named && attributesOf(named)
      return Object.fromEntries(
        Object.entries(attributes ?? {})
          .filter(([field]) => field in node)
          .map(([field, {optional}]) => [
            `${optional ? 'optional' : 'required'} ${field}`,
            without(node, field),
          ]),
      )
    })
    const misjudged = planted.filter(
      ({place, value}) => accepts(value) !== place.includes(': optional'),
    )
    expect(planted.length).toBeGreaterThan(2)
    expect(misjudged.map(({place}) => place)).toEqual([])
  })

  test.each(samples)('$_id with a reference to a document of the wrong type', (sample) => {
    const planted = plantDifferences(sample, (node) =>
      node['_type'] === 'reference' && !String(node['_ref']).startsWith('image-')
        ? Object.fromEntries(samples.map(({_id}) => [_id, {...node, _ref: _id}]))
        : {},
    )
    const places = Object.groupBy(planted, ({place}) => place.split(': ')[0] ?? '')
    for (const [place, targets = []] of Object.entries(places)) {
      const types = targets
        .filter(({value}) => accepts(value))
        .map(({place: at}) => typeOf(at.split(': ')[1] ?? ''))
      const allowed = place.endsWith('/to') ? 3 : 1
      expect({place, types: new Set(types).size}).toEqual({place, types: allowed})
    }
  })

  test.each([
    ['section', {section: {_type: 'reference', _ref: 'author-one'}}],
    ['firstPublishedAt', {firstPublishedAt: '2021-02-14T12:31:00Z'}],
    ['firstPublishedAt', {firstPublishedAt: '2021-02-14T13:31:00.000+01:00'}],
    ['headline', {headline: ' Two firms agree'}],
    ['headline', {headline: 'A'.repeat(151)}],
    ['_id', {_id: 'drafts.article-one'}],
    ['slug', {slug: {_type: 'slug', current: 'Two firms'}}],
    ['byline', {byline: []}],
  ])('for a wrong %s, which no schema can say', (field, change) => {
    const {error} = model.safeParse({...samples[0], ...change})
    expect(error?.issues.map(({path}) => path[0])).toEqual([field])
  })
})
