import {describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {body, failure, itemFailure, lakeWith} from '../testLake.ts'

const bodyOf = (work: () => unknown) => failure(work).body

const mismatch = (id: string, expectedRevisionID: string) =>
  itemFailure('documentRevisionIDDoesNotMatchError', {id, expectedRevisionID})

const publishing = (id: string): JsonObject => ({
  actionType: 'document.publish',
  publishedId: id,
  draftId: `drafts.${id}`,
})

/** A reference that waits for its target to be published. */
const waiting = (fields: JsonObject): JsonObject => ({
  _type: 'reference',
  _ref: 'b',
  _weak: true,
  _strengthenOnPublish: {type: 't', ...fields},
})

describe('document.create', () => {
  const create = {
    actionType: 'document.create',
    publishedId: 'a',
    attributes: body('drafts.a', {n: 1}),
  }

  it('makes a draft', () => {
    const {act, get} = lakeWith()
    expect(act([create], {transactionId: 'tx'})).toMatchObject({transactionId: 'tx'})
    expect(get('drafts.a')).toMatchObject({n: 1, _rev: 'tx'})
  })

  it('fails when there is a draft, or leaves it', () => {
    const {act, get} = lakeWith(body('drafts.a', {n: 0}))
    expect(bodyOf(() => act([{...create, ifExists: 'fail'}]))).toEqual(
      itemFailure('documentAlreadyExistsError', {id: 'drafts.a'}),
    )
    expect(act([{...create, ifExists: 'ignore'}]).commit).toBeNull()
    expect(get('drafts.a')).toMatchObject({n: 0})
  })

  it('fails when the document is published', () => {
    const {act} = lakeWith(body('a'))
    expect(bodyOf(() => act([{...create, ifExists: 'ignore'}]))).toEqual(
      itemFailure('documentAlreadyExistsError', {id: 'a'}),
    )
  })
})

describe('document.edit', () => {
  const edit = {
    actionType: 'document.edit',
    draftId: 'drafts.a',
    publishedId: 'a',
    patch: {set: {n: 2}},
  }

  it('patches the draft', () => {
    const {act, get, commits} = lakeWith(body('drafts.a', {n: 1, m: 1}))
    act([edit, {...edit, patch: {unset: ['m']}}])
    expect(get('drafts.a')).toMatchObject({n: 2})
    expect(commits.at(-1)?.changes[0]?.mutations).toEqual([
      {patch: {id: 'drafts.a', set: {n: 2}}},
      {patch: {id: 'drafts.a', unset: ['m']}},
    ])
  })

  it.each(['drafts.a', 'versions.r1.a'])('copies the published document to %s first', (draftId) => {
    const {act, get, commits} = lakeWith(body('a', {n: 1, m: 1}))
    act([{...edit, draftId}])
    expect(get(draftId)).toMatchObject({n: 2, m: 1})
    expect(get('a')).toMatchObject({n: 1})
    expect(commits.at(-1)?.changes).toMatchObject([
      {
        id: draftId,
        before: null,
        mutations: [
          {create: {_id: draftId, _type: 't', n: 1, m: 1}},
          {patch: {id: draftId, set: {n: 2}}},
        ],
      },
    ])
  })

  it('fails when there is neither', () => {
    expect(bodyOf(() => lakeWith().act([edit]))).toEqual(
      itemFailure('documentNotFoundError', {id: 'drafts.a'}),
    )
  })

  it('commits a patch that changes nothing', () => {
    const {act, get} = lakeWith(body('drafts.a'))
    const patch = {unset: ['_empty_action_guard_pseudo_field_']}
    act([{...edit, patch}], {transactionId: 'tx'})
    expect(get('drafts.a')?._rev).toBe('tx')
  })
})

describe('document.publish', () => {
  const publish = publishing('a')

  it('replaces the published document by the draft, and keeps `_createdAt`', () => {
    const lake = lakeWith(body('a', {n: 1, old: true}))
    lake.pass(60)
    lake.mutate([{create: body('drafts.a', {n: 2})}])
    lake.act([publish], {transactionId: 'tx'})
    expect(lake.get('a')).toEqual({
      _id: 'a',
      _type: 't',
      _rev: 'tx',
      _createdAt: '2026-01-01T00:00:00.000Z',
      _updatedAt: '2026-01-01T00:01:00.000Z',
      n: 2,
    })
    expect(lake.ids()).toEqual(['a'])
    expect(lake.commits.at(-1)?.changes.map(({id, after}) => [id, after?._rev])).toEqual([
      ['a', 'tx'],
      ['drafts.a', undefined],
    ])
  })

  it('publishes one version too', () => {
    const {act, get, ids} = lakeWith(body('versions.r1.a', {n: 3}))
    act([{...publish, draftId: 'versions.r1.a'}])
    expect(get('a')).toMatchObject({n: 3})
    expect(get('a')).not.toHaveProperty('_system')
    expect(ids()).toEqual(['a'])
  })

  it('makes references strong that waited for it', () => {
    const draft = body('drafts.a', {one: waiting({}), list: [{deep: waiting({weak: true})}]})
    const {act, get, mutate} = lakeWith(draft)
    expect(bodyOf(() => act([publish]))).toEqual(
      itemFailure('documentReferenceDoesNotExistError', {id: 'a', referenceID: 'b'}),
    )
    mutate([{create: body('b')}])
    act([publish])
    expect(get('a')).toMatchObject({
      one: {_type: 'reference', _ref: 'b'},
      list: [{deep: {_type: 'reference', _ref: 'b', _weak: true}}],
    })
    expect(JSON.stringify(get('a'))).not.toContain('_strengthenOnPublish')
    expect(get('a')?.one).not.toHaveProperty('_weak')
  })

  it('checks both revisions', () => {
    const {act, get} = lakeWith(body('a'), body('drafts.a'))
    const [published, draft] = [get('a')?._rev ?? '', get('drafts.a')?._rev ?? '']
    expect(bodyOf(() => act([{...publish, ifDraftRevisionId: 'x'}]))).toEqual(
      mismatch('drafts.a', 'x'),
    )
    expect(bodyOf(() => act([{...publish, ifPublishedRevisionId: 'x'}]))).toEqual(
      mismatch('a', 'x'),
    )
    act([{...publish, ifDraftRevisionId: draft, ifPublishedRevisionId: published}])
    expect(get('drafts.a')).toBeUndefined()
  })

  it('fails without a draft, or without the published document whose revision it expects', () => {
    expect(bodyOf(() => lakeWith().act([publish]))).toEqual(
      itemFailure('documentNotFoundError', {id: 'drafts.a'}),
    )
    const {act} = lakeWith(body('drafts.a'))
    expect(bodyOf(() => act([{...publish, ifPublishedRevisionId: 'x'}]))).toEqual(
      itemFailure('documentRevisionIDDoesNotMatchError', {id: 'a', currentRevisionID: null}),
    )
  })
})

describe('document.unpublish', () => {
  const unpublish = {actionType: 'document.unpublish', draftId: 'drafts.a', publishedId: 'a'}

  it('makes a draft of the published document', () => {
    const {act, get, ids} = lakeWith(body('a', {n: 1}))
    act([unpublish])
    expect(ids()).toEqual(['drafts.a'])
    expect(get('drafts.a')).toMatchObject({n: 1})
  })

  it('leaves a draft that is there', () => {
    const {act, get, ids} = lakeWith(body('a', {n: 1}), body('drafts.a', {n: 2}))
    act([unpublish])
    expect(ids()).toEqual(['drafts.a'])
    expect(get('drafts.a')).toMatchObject({n: 2})
  })

  it('fails when nothing is published, or something refers to it', () => {
    const reference = {ref: {_type: 'reference', _ref: 'a'}}
    const {act} = lakeWith(body('a'), body('b', reference))
    expect(bodyOf(() => act([{...unpublish, publishedId: 'x', draftId: 'drafts.x'}]))).toEqual(
      itemFailure('documentNotFoundError', {id: 'x'}),
    )
    expect(bodyOf(() => act([unpublish]))).toEqual(
      itemFailure('documentHasExistingReferencesError', {id: 'a', referencingIDs: ['b']}),
    )
  })
})

describe('document.delete', () => {
  const remove = {actionType: 'document.delete', publishedId: 'a'}

  it('takes all of a document away', () => {
    const {act, ids} = lakeWith(body('a'), body('drafts.a'), body('versions.r1.a'), body('a.b'))
    act([{...remove, includeDrafts: ['drafts.a', 'versions.r1.a']}])
    expect(ids()).toEqual(['a.b'])
  })

  it('fails when a draft or version is left out, also one of the same request', () => {
    const {act} = lakeWith(body('a'), body('drafts.a'), body('versions.r1.a'))
    expect(bodyOf(() => act([{...remove, includeDrafts: ['drafts.a']}]))).toEqual(
      itemFailure('validationError', {value: ['versions.r1.a']}),
    )
    const version = {
      actionType: 'document.version.create',
      publishedId: 'a',
      baseId: 'a',
      versionId: 'versions.r2.a',
    }
    const includeDrafts = ['drafts.a', 'versions.r1.a']
    expect(failure(() => act([version, {...remove, includeDrafts}])).message).toContain(
      'versions.r2.a',
    )
  })

  it('fails without a published document, also if there is a draft', () => {
    const {act, ids} = lakeWith(body('drafts.a'))
    const notFound = itemFailure('documentNotFoundError', {id: 'a'})
    expect(bodyOf(() => act([{...remove, includeDrafts: ['drafts.a']}]))).toEqual(notFound)
    expect(ids()).toEqual(['drafts.a'])
    expect(bodyOf(() => act([{...remove, publishedId: 'b'}]))).toEqual(
      itemFailure('documentNotFoundError', {id: 'b'}),
    )
  })

  it('forgets history when purged', () => {
    const {act, store, commits} = lakeWith(body('a'), body('drafts.a'))
    act([{...remove, includeDrafts: ['drafts.a'], purge: true}])
    expect(store.history.lastState('a')).toBeUndefined()
    expect(store.history.lastState('drafts.a')).toBeUndefined()
    expect(commits.at(-1)?.changes.map(({id}) => id)).toEqual(['a', 'drafts.a'])
  })
})
