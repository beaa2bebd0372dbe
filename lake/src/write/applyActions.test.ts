import {describe, expect, it} from 'vitest'

import type {Json, JsonObject} from '../document.ts'
import {applyActions} from './applyActions.ts'
import {failure, testLake} from './testing.ts'

const body = (id: string, fields: JsonObject = {}): JsonObject => ({_id: id, _type: 't', ...fields})

const failed = (type: string, fields: JsonObject = {}) =>
  expect.objectContaining({
    error: expect.objectContaining({
      type: 'actionError',
      items: [{index: 0, error: expect.objectContaining({type, ...fields})}],
    }),
  })

const errorOf = (work: () => unknown) => failure(work).body

const mismatch = (id: string, expectedRevisionID: string) =>
  failed('documentRevisionIDDoesNotMatchError', {id, expectedRevisionID})

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

/** A dataset with these documents. */
const lakeWith = (...documents: JsonObject[]) => {
  const lake = testLake()
  if (documents.length > 0) lake.mutate(documents.map((create) => ({create})))
  return lake
}

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
    expect(errorOf(() => act([{...create, ifExists: 'fail'}]))).toEqual(
      failed('documentAlreadyExistsError', {id: 'drafts.a'}),
    )
    expect(act([{...create, ifExists: 'ignore'}]).commit).toBeNull()
    expect(get('drafts.a')).toMatchObject({n: 0})
  })

  it('fails when the document is published', () => {
    const {act} = lakeWith(body('a'))
    expect(errorOf(() => act([{...create, ifExists: 'ignore'}]))).toEqual(
      failed('documentAlreadyExistsError', {id: 'a'}),
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
    expect(errorOf(() => lakeWith().act([edit]))).toEqual(
      failed('documentNotFoundError', {id: 'drafts.a'}),
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

  it('puts the draft in the place of the published document, which keeps its birth', () => {
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
    expect(errorOf(() => act([publish]))).toEqual(
      failed('documentReferenceDoesNotExistError', {id: 'a', referenceID: 'b'}),
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
    expect(errorOf(() => act([{...publish, ifDraftRevisionId: 'x'}]))).toEqual(
      mismatch('drafts.a', 'x'),
    )
    expect(errorOf(() => act([{...publish, ifPublishedRevisionId: 'x'}]))).toEqual(
      mismatch('a', 'x'),
    )
    act([{...publish, ifDraftRevisionId: draft, ifPublishedRevisionId: published}])
    expect(get('drafts.a')).toBeUndefined()
  })

  it('fails without a draft, or without the published document whose revision it expects', () => {
    expect(errorOf(() => lakeWith().act([publish]))).toEqual(
      failed('documentNotFoundError', {id: 'drafts.a'}),
    )
    const {act} = lakeWith(body('drafts.a'))
    expect(errorOf(() => act([{...publish, ifPublishedRevisionId: 'x'}]))).toEqual(
      failed('documentRevisionIDDoesNotMatchError', {id: 'a', currentRevisionID: null}),
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
    expect(errorOf(() => act([{...unpublish, publishedId: 'x', draftId: 'drafts.x'}]))).toEqual(
      failed('documentNotFoundError', {id: 'x'}),
    )
    expect(errorOf(() => act([unpublish]))).toEqual(
      failed('documentHasExistingReferencesError', {id: 'a', referencingIDs: ['b']}),
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
    expect(errorOf(() => act([{...remove, includeDrafts: ['drafts.a']}]))).toEqual(
      failed('validationError', {value: ['versions.r1.a']}),
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

  it('works on a draft alone, and fails on nothing', () => {
    const {act, ids} = lakeWith(body('drafts.a'))
    act([{...remove, includeDrafts: ['drafts.a']}])
    expect(ids()).toEqual([])
    expect(errorOf(() => act([remove]))).toEqual(failed('documentNotFoundError', {id: 'a'}))
  })

  it('forgets history when purged', () => {
    const {act, store, commits} = lakeWith(body('a'), body('drafts.a'))
    act([{...remove, includeDrafts: ['drafts.a'], purge: true}])
    expect(store.history.lastState('a')).toBeUndefined()
    expect(store.history.lastState('drafts.a')).toBeUndefined()
    expect(commits.at(-1)?.changes.map(({id}) => id)).toEqual(['a', 'drafts.a'])
  })
})

describe('discarding and replacing', () => {
  it.each([
    ['document.discard', 'draftId', 'drafts.a'],
    ['document.version.discard', 'versionId', 'drafts.a'],
    ['document.version.discard', 'versionId', 'versions.r1.a'],
  ])('%s by %s takes %s away', (actionType, field, id) => {
    const {act, ids} = lakeWith(body('a'), body(id))
    act([{actionType, [field]: id}])
    expect(ids()).toEqual(['a'])
    expect(errorOf(() => act([{actionType, [field]: id}]))).toEqual(
      failed('documentNotFoundError', {id}),
    )
    expect(errorOf(() => act([{actionType, [field]: 'a'}]))).toEqual(failed('validationError'))
  })

  it('document.discard forgets history when purged', () => {
    const {act, store} = lakeWith(body('drafts.a'))
    act([{actionType: 'document.discard', draftId: 'drafts.a', purge: true}])
    expect(store.history.lastState('drafts.a')).toBeUndefined()
  })

  it('document.replaceDraft replaces the draft, or makes one of what is published', () => {
    const replace = {
      actionType: 'document.replaceDraft',
      publishedId: 'a',
      attributes: body('drafts.a', {n: 9}),
    }
    const {act, get, mutate} = lakeWith(body('a', {n: 1}))
    act([replace])
    expect(get('drafts.a')).toMatchObject({n: 9})
    mutate([{delete: {id: 'a'}}])
    act([{...replace, attributes: body('drafts.a', {m: 1})}])
    expect(get('drafts.a')).not.toHaveProperty('n')
    mutate([{delete: {id: 'drafts.a'}}])
    expect(errorOf(() => act([replace]))).toEqual(failed('documentNotFoundError'))
  })

  it('document.version.replace replaces a version that is there', () => {
    const replace = {
      actionType: 'document.version.replace',
      document: body('versions.r1.a', {n: 9}),
    }
    const {act, get, mutate} = lakeWith(body('versions.r1.a', {m: 1}))
    act([replace])
    expect(get('versions.r1.a')).toMatchObject({n: 9, _system: {bundleId: 'r1'}})
    expect(get('versions.r1.a')).not.toHaveProperty('m')
    mutate([{delete: {id: 'versions.r1.a'}}])
    expect(errorOf(() => act([replace]))).toEqual(failed('documentNotFoundError'))
  })
})

describe('document.version.create', () => {
  const fromBase = {
    actionType: 'document.version.create',
    publishedId: 'a',
    baseId: 'drafts.a',
    versionId: 'versions.r1.a',
  }

  it('from a body or from another document of the group', () => {
    const {act, get} = lakeWith(body('drafts.a', {n: 1}))
    act([
      fromBase,
      {actionType: 'document.version.create', publishedId: 'b', document: body('versions.r1.b')},
    ])
    expect(get('versions.r1.a')).toMatchObject({
      n: 1,
      _system: {bundleId: 'r1', group: {_ref: 'a'}, release: {_ref: '_.releases.r1'}},
    })
    expect(get('versions.r1.b')).toBeDefined()
  })

  it('into the drafts', () => {
    const {act, get} = lakeWith(body('versions.r1.a', {n: 1}))
    act([{...fromBase, baseId: 'versions.r1.a', versionId: 'drafts.a'}])
    expect(get('drafts.a')).toMatchObject({n: 1})
    expect(get('drafts.a')).not.toHaveProperty('_system')
  })

  it('fails without its base, at another revision of it, and where there is one', () => {
    const {act, mutate} = lakeWith()
    expect(errorOf(() => act([fromBase]))).toEqual(
      failed('documentNotFoundError', {id: 'drafts.a'}),
    )
    mutate([{create: body('drafts.a')}])
    expect(errorOf(() => act([{...fromBase, ifBaseRevisionId: 'x'}]))).toEqual(
      failed('documentRevisionIDDoesNotMatchError', {id: 'drafts.a'}),
    )
    act([fromBase])
    expect(errorOf(() => act([fromBase]))).toEqual(
      failed('documentAlreadyExistsError', {id: 'versions.r1.a'}),
    )
  })
})

it('document.version.unpublish marks a version, and an edit takes the mark away', () => {
  const {act, get} = lakeWith(body('a', {n: 1}), body('b'), body('versions.r1.b'))
  const unpublish = {actionType: 'document.version.unpublish'}
  act([
    {...unpublish, publishedId: 'a', versionId: 'versions.r1.a'},
    {...unpublish, publishedId: 'b', versionId: 'versions.r1.b'},
  ])
  expect(get('versions.r1.a')).toMatchObject({n: 1, _system: {delete: true, bundleId: 'r1'}})
  expect(get('versions.r1.b')).toMatchObject({_system: {delete: true}})
  const edit = {actionType: 'document.edit', publishedId: 'a', draftId: 'versions.r1.a'}
  act([{...edit, patch: {unset: ['_system.delete']}}])
  expect(get('versions.r1.a')?._system).not.toHaveProperty('delete')
  expect(
    errorOf(() => act([{...unpublish, publishedId: 'x', versionId: 'versions.r1.x'}])),
  ).toEqual(failed('documentNotFoundError', {id: 'x'}))
})

describe('requests', () => {
  it.each<[string, Json]>([
    ['an object', []],
    ['with a list', {actions: {}}],
    ['with an action', {actions: []}],
    ['with a textual transaction id', {actions: [{}], transactionId: 1}],
  ])('must be %s', (_, request) => {
    const {store, context} = testLake()
    expect(failure(() => applyActions(store, request, {}, context)).status).toBe(400)
  })

  it.each<[string, JsonObject]>([
    ['no type', {}],
    ['an unknown type', {actionType: 'document.explode'}],
    ['no id', {actionType: 'document.create', attributes: body('drafts.a')}],
    ['a draft as the published id', {actionType: 'document.delete', publishedId: 'drafts.a'}],
    [
      'the draft of another document',
      {actionType: 'document.publish', publishedId: 'a', draftId: 'drafts.b'},
    ],
    [
      'a published id for a draft',
      {actionType: 'document.publish', publishedId: 'a', draftId: 'a'},
    ],
    ['no attributes', {actionType: 'document.create', publishedId: 'a'}],
    [
      'another choice',
      {
        actionType: 'document.create',
        publishedId: 'a',
        attributes: body('drafts.a'),
        ifExists: 'x',
      },
    ],
    [
      'drafts that are no list',
      {actionType: 'document.delete', publishedId: 'a', includeDrafts: 'drafts.a'},
    ],
    ['a flag that is none', {actionType: 'document.delete', publishedId: 'a', purge: 'yes'}],
    [
      'a patch that is none',
      {actionType: 'document.edit', publishedId: 'a', draftId: 'drafts.a', patch: 1},
    ],
    ['a release name with a dot', {actionType: 'release.create', releaseId: 'a.b'}],
  ])('are refused for %s', (_, action) => {
    const {act} = testLake()
    const error = failure(() => act([action]))
    expect(error.status).toBe(400)
    expect(error.body).toEqual(failed('validationError'))
  })

  it('answer 501 for what only hosted Sanity has', () => {
    const {act} = testLake()
    expect(failure(() => act([{actionType: 'document.variant.create'}])).status).toBe(501)
  })

  it('are all or nothing, and name the action that failed', () => {
    const {act, ids} = lakeWith(body('drafts.a'))
    expect(errorOf(() => act([publishing('a'), publishing('b')]))).toMatchObject({
      error: {items: [{index: 1, error: {type: 'documentNotFoundError'}}]},
    })
    expect(ids()).toEqual(['drafts.a'])
  })

  it('as dry runs say what would fail, and change nothing', () => {
    const {act, ids, store, context} = lakeWith(body('drafts.a'))
    const publish = publishing('a')
    expect(act([publish], {dryRun: true}).commit).toBeNull()
    const sent = {
      actions: [{...publish, actionType: 'sanity.action.document.publish'}],
      dryRun: true,
    }
    expect(applyActions(store, sent, {}, context).commit).toBeNull()
    expect(ids()).toEqual(['drafts.a'])
    expect(failure(() => act([{...publish, ifDraftRevisionId: 'x'}], {dryRun: true})).status).toBe(
      409,
    )
  })

  it('as dry runs are tests for permission', () => {
    const {act} = testLake({can: () => false})
    const error = failure(() =>
      act([{actionType: 'release.create', releaseId: 'r1'}], {dryRun: true}),
    )
    expect(error.status).toBe(403)
    expect(error.body).toEqual(failed('insufficientPermissionsError', {permission: 'create'}))
  })
})
