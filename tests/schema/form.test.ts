/** What editors rely on in the forms of all document types. */
import type {SchemaType} from 'sanity'
import {expect, test} from 'vitest'

import {schemaTypes} from '../../schemas/index.ts'
import {newsroomTimeZone} from '../../schemas/newsroomTime.ts'
import {stringRule} from '../../seed/model/rules.ts'
import {compiledSchema} from './compiledSchema.ts'

const ownTypes = schemaTypes.flatMap(({name}) => compiledSchema.get(name) ?? [])
const documents = ownTypes.filter((type) => type.type?.name === 'document')

interface Field {
  readonly path: string
  readonly type: SchemaType
  readonly group: readonly string[]
}

const fieldsOf = (type: SchemaType): Field[] =>
  'fields' in type
    ? type.fields.map((field) => ({
        path: `${type.name}.${field.name}`,
        type: field.type,
        group: [field.group ?? []].flat(),
      }))
    : []

const isRequired = (type: SchemaType): boolean =>
  [type.validation]
    .flat()
    .some((rule) => typeof rule === 'object' && 'isRequired' in rule && rule.isRequired())

test('a field that blocks publishing when empty is in the first group', () => {
  const hidden = documents
    .map(fieldsOf)
    .filter((fields) => fields.some(({group}) => group.length > 0))
    .flat()
    .filter(({type, group}) => isRequired(type) && !type.initialValue && !group.includes('story'))
  expect(hidden.map(({path}) => path)).toEqual([])
})

test('every time is shown and entered in the newsroom’s time zone', () => {
  const times = ownTypes.flatMap(fieldsOf).filter(({type}) => type.name === 'datetime')
  expect(times.length).toBeGreaterThan(5)
  const elsewhere = times.filter(
    ({type}) =>
      type.options?.displayTimeZone !== newsroomTimeZone || type.options?.allowTimeZoneSwitch,
  )
  expect(elsewhere.map(({path}) => path)).toEqual([])
})

/** A value that is a string and no value of the type. */
const WRONG: Readonly<Record<string, string>> = {
  date: '14 Feb 2021',
  datetime: '2021-02-14T12:31:00Z',
  email: 'ada at example',
  url: 'www.example.org',
}

test('the import knows times, dates and addresses by the names of their fields', () => {
  const fields = [...documents, ...ownTypes]
    .flatMap(fieldsOf)
    .flatMap(({path, type}) =>
      'of' in type
        ? type.of.map((item: SchemaType) => ({path: `${path}[]`, type: item}))
        : [{path, type}],
    )
  const unknown = fields.filter(({path, type}) => {
    const wrong = WRONG[type.name]
    const field = path.slice(path.indexOf('.') + 1)
    return wrong !== undefined && stringRule(path, field).safeParse(wrong).success
  })
  expect(
    unknown.map(({path, type}) => `${path} is a ${type.name}: see seed/model/rules.ts`),
  ).toEqual([])
})

test('every type has an icon, every document type a preview and a sort order', () => {
  expect(ownTypes.filter(({icon}) => !icon).map(({name}) => name)).toEqual([])
  const listed = documents.filter(({name}) => name !== 'siteSettings')
  expect(listed.filter(({preview}) => !preview?.select).map(({name}) => name)).toEqual([])
  const ordered = listed.filter((type) => 'orderings' in type && type.orderings?.length)
  expect(ordered).toEqual(listed)
})

const previewOf = (name: string, selection: object) =>
  compiledSchema.get(name)?.preview?.prepare?.({...selection})

test('a preview shows a date in the newsroom’s format', () => {
  expect(previewOf('mostRead', {publisher: 'UNILAD', capturedOn: '2021-02-14'})).toMatchObject({
    title: 'Most read · UNILAD · 14 Feb 2021',
  })
  const madeAt = '2021-07-13T23:30:00.000Z'
  expect(previewOf('correction', {kind: 'correction', madeAt})).toMatchObject({
    subtitle: 'Correction · 14 Jul 2021',
  })
})

test('a preview of an empty document does not fail', () => {
  const prepared = ownTypes.flatMap(({name, preview}) =>
    preview?.prepare ? [{name, ...preview.prepare({})}] : [],
  )
  expect(prepared.length).toBeGreaterThan(15)
  expect(prepared.filter(({title}) => !title).map(({name}) => name)).toEqual([])
})
