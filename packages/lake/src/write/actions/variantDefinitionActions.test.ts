import {describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {body, failure, itemFailure, type TestLake, testLake} from '../testLake.ts'

const definition = (verb: string, fields: JsonObject = {}): JsonObject => ({
  actionType: `variant.definition.${verb}`,
  variantId: 'loyal',
  ...fields,
})

const lakeWithDefinition = (): TestLake => {
  const lake = testLake()
  lake.act([
    definition('create', {conditions: {audience: 'loyal'}, metadata: {title: 'Loyal readers'}}),
  ])
  return lake
}

describe('a variant definition', () => {
  it('is a document with conditions and a priority', () => {
    const {act, get} = lakeWithDefinition()
    expect(get('_.variants.loyal')).toMatchObject({
      _type: 'system.variant',
      name: 'loyal',
      conditions: {audience: 'loyal'},
      priority: 0,
      metadata: {title: 'Loyal readers'},
    })
    act([definition('create', {variantId: 'plain', priority: 3})])
    expect(get('_.variants.plain')).toMatchObject({conditions: {}, priority: 3})
    const again = failure(() => act([definition('create')]))
    expect(again.status).toBe(409)
    expect(again.body).toEqual(itemFailure('documentAlreadyExistsError'))
  })

  it.each<[string, JsonObject]>([
    ['a name of two segments', {variantId: 'a.b'}],
    ['the id of its document', {variantId: '_.variants.loyal'}],
    ['a condition in capitals', {conditions: {Audience: 'loyal'}}],
    ['a reserved condition', {conditions: {_audience: 'loyal'}}],
    ['a condition with a colon', {conditions: {'a:b': 'loyal'}}],
    ['a condition without a value', {conditions: {audience: ''}}],
    ['a condition that is a number', {conditions: {audience: 1}}],
    ['conditions that are a list', {conditions: ['audience']}],
    ['a priority in words', {priority: 'high'}],
    ['metadata in words', {metadata: 'Loyal'}],
  ])('is refused with %s', (_, fields) => {
    const {act, ids} = testLake()
    const error = failure(() => act([definition('create', fields)]))
    expect(error.status).toBe(400)
    expect(error.body).toEqual(itemFailure('validationError'))
    expect(ids()).toEqual([])
  })

  it('is edited in its conditions, priority and metadata alone', () => {
    const {act, get} = lakeWithDefinition()
    const edit = (patch: JsonObject, fields: JsonObject = {}) =>
      act([definition('edit', {patch, ...fields})])
    edit({set: {conditions: {locale: 'fr'}, priority: 10, 'metadata.title': 'French readers'}})
    expect(get('_.variants.loyal')).toMatchObject({
      name: 'loyal',
      conditions: {locale: 'fr'},
      priority: 10,
      metadata: {title: 'French readers'},
    })
    edit({unset: ['metadata']})
    expect(get('_.variants.loyal')).not.toHaveProperty('metadata')
    const refused: JsonObject[] = [
      {name: 'x'},
      {_createdAt: '2020-01-01T00:00:00Z'},
      {title: 'x'},
      {'conditions.locale': ''},
      {priority: 'high'},
    ]
    for (const set of refused) expect(failure(() => edit({set})).status).toBe(400)
    expect(failure(() => edit({unset: ['conditions']})).status).toBe(400)
    const set = {priority: 11}
    expect(failure(() => edit({set}, {ifRevisionId: 'old'})).body).toEqual(
      itemFailure('documentRevisionIDDoesNotMatchError'),
    )
    edit({set}, {ifRevisionId: String(get('_.variants.loyal')?._rev)})
    expect(get('_.variants.loyal')?.priority).toBe(11)
    expect(failure(() => edit({set}, {variantId: 'none'})).body).toEqual(
      itemFailure('documentNotFoundError', {id: '_.variants.none'}),
    )
  })

  it('is deleted, unless something refers to it or it has changed', () => {
    const {act, get, mutate} = lakeWithDefinition()
    mutate([{create: body('about', {variant: {_ref: '_.variants.loyal'}})}])
    const referred = failure(() => act([definition('delete')]))
    expect(referred.status).toBe(409)
    expect(referred.body).toEqual(
      itemFailure('documentHasExistingReferencesError', {referencingIDs: ['about']}),
    )
    mutate([{delete: {id: 'about'}}])
    expect(failure(() => act([definition('delete', {ifRevisionId: 'old'})])).status).toBe(409)
    act([definition('delete')])
    expect(get('_.variants.loyal')).toBeUndefined()
    expect(failure(() => act([definition('delete')])).body).toEqual(
      itemFailure('documentNotFoundError'),
    )
  })
})
