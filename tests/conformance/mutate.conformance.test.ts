import {ClientError} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

describe('POST /data/mutate', () => {
  test('create gives an id, system fields and the transaction’s revision', async () => {
    const created = await target.client().create({_type: 'note', text: 'hello'})
    expect(created).toMatchObject({_type: 'note', text: 'hello', _id: expect.any(String)})
    expect(created._createdAt).toBe(created._updatedAt)
    expect(new Date(created._createdAt).toISOString()).toMatch(/^\d{4}-/)
    const result = await target
      .client()
      .patch(created._id)
      .set({text: 'bye'})
      .commit({returnDocuments: false})
    expect(result.results).toEqual([{id: created._id, operation: 'update'}])
    expect(await target.client().getDocument(created._id)).toMatchObject({
      text: 'bye',
      _rev: result.transactionId,
      _createdAt: created._createdAt,
    })
    await target.client().delete(created._id)
  })

  test('create refuses an id that exists', async () => {
    const document = {_id: target.id('taken'), _type: 'note'}
    await target.client().create(document)
    const failure = await failureOf(target.client().create(document))
    expect(failure).toBeInstanceOf(ClientError)
    expect(failure).toMatchObject({
      statusCode: 409,
      details: {
        type: 'mutationError',
        items: [{index: 0, error: {type: 'documentAlreadyExistsError', id: document._id}}],
      },
    })
  })

  test('a reference with another key, or to no string, is refused', async () => {
    const author = {_type: 'reference', _ref: 'nobody', _weak: true}
    const refusal = {statusCode: 400, details: {items: [{error: {type: 'validationError'}}]}}
    const refusalOf = (wrong: object) =>
      failureOf(target.client().create({_type: 'note', author: {...author, ...wrong}}))
    expect(await refusalOf({_ref: 1})).toMatchObject(refusal)
    const failure = await refusalOf({city: 'Oslo'})
    expect(failure).toMatchObject(refusal)
    expect(String(failure)).toContain('Key "city" not allowed in ref')
    const note = {_type: 'note', author: {...author, _strengthenOnPublish: {type: 'author'}}}
    const {_id} = await target.client().create(note)
    expect(await target.client().getDocument(_id)).toMatchObject(note)
    await target.client().delete(_id)
  })

  test('a name with a space, a dot, brackets or a dollar is refused', async () => {
    for (const name of ['on the left', 'a.b', 'a[0]', '$a', '']) {
      const failure = await failureOf(target.client().create({_type: 'note', [name]: 1}))
      expect(failure).toMatchObject({statusCode: 400})
    }
    const {_id} = await target.client().create({_type: 'note', names: {'en-GB': 'x', '2x': 'y'}})
    await target.client().delete(_id)
  })

  test('createIfNotExists leaves what exists', async () => {
    const _id = target.id('once')
    await target.client().createIfNotExists({_id, _type: 'note', text: 'first'})
    await target.client().createIfNotExists({_id, _type: 'note', text: 'second'})
    expect(await target.client().getDocument(_id)).toMatchObject({text: 'first'})
  })

  test('a transaction is applied as a whole or not at all', async () => {
    const _id = target.id('never')
    const failure = await failureOf(
      target
        .client()
        .transaction()
        .create({_id, _type: 'note'})
        .patch(target.id('missing'), (patch) => patch.set({text: 'x'}))
        .commit(),
    )
    expect(failure).toMatchObject({
      details: {items: [{index: 1, error: {type: 'documentNotFoundError'}}]},
    })
    expect(await target.client().getDocument(_id)).toBeUndefined()
  })

  test('patches: set, unset, inc, insert, setIfMissing', async () => {
    const _id = target.id('patched')
    await target.client().create({_id, _type: 'note', tags: ['a', 'c'], count: 1, gone: true})
    const patched = await target
      .client()
      .patch(_id)
      .setIfMissing({meta: {}})
      .set({'meta.title': 'T', 'tags[1]': 'z'})
      .unset(['gone'])
      .inc({count: 2})
      .insert('before', 'tags[-1]', ['b'])
      .commit()
    expect(patched).toMatchObject({tags: ['a', 'b', 'z'], count: 3, meta: {title: 'T'}})
    expect(patched).not.toHaveProperty('gone')
  })

  test('ifRevisionID refuses a patch of another revision', async () => {
    const _id = target.id('revised')
    const {_rev} = await target.client().create({_id, _type: 'note'})
    await target.client().patch(_id).ifRevisionId(_rev).set({n: 1}).commit()
    const failure = await failureOf(
      target.client().patch(_id).ifRevisionId(_rev).set({n: 2}).commit(),
    )
    expect(failure).toMatchObject({
      statusCode: 409,
      details: {items: [{error: {type: 'documentRevisionIDDoesNotMatchError'}}]},
    })
  })

  test('the target of a strong reference must exist, and cannot be deleted', async () => {
    const author = {_id: target.id('author'), _type: 'person'}
    const story = {
      _id: target.id('story'),
      _type: 'note',
      author: {_type: 'reference', _ref: author._id},
    }
    expect(await failureOf(target.client().create(story))).toMatchObject({
      statusCode: 409,
      details: {items: [{error: {type: 'documentReferenceDoesNotExistError'}}]},
    })
    await target.client().transaction().create(story).create(author).commit()
    expect(await failureOf(target.client().delete(author._id))).toMatchObject({
      statusCode: 409,
      details: {
        items: [{error: {type: 'documentHasExistingReferencesError', referencingIDs: [story._id]}}],
      },
    })
    await target.client().transaction().delete(author._id).delete(story._id).commit()
  })

  test('the target of a strong reference into another dataset must exist, unless the check is off', async () => {
    const client = target.client()
    const dataset = target.id('other').toLowerCase()
    await client.datasets.create(dataset)
    await target.client({dataset}).create({_id: 'there', _type: 'note'})
    const refer = (_ref: string, more: object = {}) => ({
      _type: 'note',
      to: {_type: 'crossDatasetReference', _ref, _dataset: dataset, ...more},
    })
    await client.create(refer('there'))
    expect(await failureOf(client.create(refer('nowhere')))).toMatchObject({
      statusCode: 409,
      details: {items: [{error: {type: 'documentReferenceDoesNotExistError'}}]},
    })
    await client.create(refer('nowhere', {_weak: true}))
    await client.create(refer('nowhere'), {skipCrossDatasetReferenceValidation: true})
    await client.datasets.delete(dataset)
  })

  test('delete by query', async () => {
    const ids = ['q1', 'q2'].map((name) => target.id(name))
    for (const _id of ids) await target.client().create({_id, _type: 'note', batch: 'q'})
    await target.client().delete({query: '*[_id in $ids]', params: {ids}})
    expect(await target.client().fetch('count(*[_id in $ids])', {ids})).toBe(0)
  })

  test('dryRun writes nothing', async () => {
    const _id = target.id('dry')
    await target.client().create({_id, _type: 'note'}, {dryRun: true})
    expect(await target.client().getDocument(_id)).toBeUndefined()
  })

  test('without a token nothing can be written', async () => {
    const failure = await failureOf(target.anonymous().create({_type: 'note'}))
    expect(failure).toMatchObject({statusCode: expect.toSatisfy((n) => n === 401 || n === 403)})
  })
})
