import {describe, expect, it} from 'vitest'

import {body, failure, itemFailure, lakeWith, release} from '../testLake.ts'

const bodyOf = (work: () => unknown) => failure(work).body

describe('discarding and replacing', () => {
  it.each([
    ['document.discard', 'draftId', 'drafts.a'],
    ['document.version.discard', 'versionId', 'drafts.a'],
    ['document.version.discard', 'versionId', 'versions.r1.a'],
  ])('%s by %s takes %s away', (actionType, field, id) => {
    const {act, ids} = lakeWith(body('a'), body(id))
    act([{actionType, [field]: id}])
    expect(ids()).toEqual(['a'])
    expect(bodyOf(() => act([{actionType, [field]: id}]))).toEqual(
      itemFailure('documentNotFoundError', {id}),
    )
    expect(bodyOf(() => act([{actionType, [field]: 'a'}]))).toEqual(itemFailure('validationError'))
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
    expect(bodyOf(() => act([replace]))).toEqual(itemFailure('documentNotFoundError'))
  })

  it('document.version.replace replaces a version that is there', () => {
    const replace = {
      actionType: 'document.version.replace',
      document: body('versions.r1.a', {n: 9}),
    }
    const {act, get, mutate} = lakeWith(body('versions.r1.a', {m: 1}))
    act([release('create')])
    act([replace])
    expect(get('versions.r1.a')).toMatchObject({n: 9, _system: {bundleId: 'r1'}})
    expect(get('versions.r1.a')).not.toHaveProperty('m')
    mutate([{delete: {id: 'versions.r1.a'}}])
    expect(bodyOf(() => act([replace]))).toEqual(itemFailure('documentNotFoundError'))
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
      release('create'),
      fromBase,
      {actionType: 'document.version.create', publishedId: 'b', document: body('versions.r1.b')},
    ])
    expect(get('versions.r1.a')).toMatchObject({
      n: 1,
      _system: {bundleId: 'r1', group: {_ref: 'a'}, release: {_ref: '_.releases.r1'}},
    })
    expect(get('versions.r1.b')).toBeDefined()
  })

  it('from another document, which it names until it is published', () => {
    const {act, get, mutate} = lakeWith(body('drafts.a', {n: 1}), body('b'), body('versions.r1.b'))
    const base = {id: 'drafts.a', rev: get('drafts.a')?._rev}
    act([release('create'), fromBase])
    expect(get('versions.r1.a')?._system).toMatchObject({base})
    mutate([{patch: {id: 'versions.r1.a', set: {n: 3}}}])
    mutate([{patch: {id: 'versions.r1.a', set: {'_system.base': {id: 'x', rev: 'y'}}}}])
    expect(get('versions.r1.a')).toMatchObject({n: 3, _system: {base}})
    const replaced = body('versions.r1.a', {n: 4})
    act([{actionType: 'document.version.replace', document: replaced}])
    expect(get('versions.r1.a')).toMatchObject({n: 4, _system: {base}})
    act([{actionType: 'document.version.unpublish', publishedId: 'b', versionId: 'versions.r1.b'}])
    expect(get('versions.r1.b')?._system).not.toHaveProperty('base')
  })

  it('of an export, with the document that it names', () => {
    const {get, mutate} = lakeWith()
    const base = {id: 'drafts.a', rev: 'former'}
    mutate([{create: body('versions.r1.a', {_system: {bundleId: 'r1', base, other: 1}})}])
    expect(get('versions.r1.a')?._system).toEqual({
      bundleId: 'r1',
      group: {_ref: 'a', _weak: true},
      release: {_ref: '_.releases.r1', _weak: true},
      base,
    })
  })

  it('into the drafts', () => {
    const {act, get} = lakeWith(body('versions.r1.a', {n: 1}))
    act([{...fromBase, baseId: 'versions.r1.a', versionId: 'drafts.a'}])
    expect(get('drafts.a')).toMatchObject({n: 1})
    expect(get('drafts.a')).not.toHaveProperty('_system')
  })

  it('fails without its base, at another revision of it, and where there is one', () => {
    const {act, mutate} = lakeWith()
    expect(bodyOf(() => act([fromBase]))).toEqual(
      itemFailure('documentNotFoundError', {id: 'drafts.a'}),
    )
    mutate([{create: body('drafts.a')}])
    expect(bodyOf(() => act([{...fromBase, ifBaseRevisionId: 'x'}]))).toEqual(
      itemFailure('documentRevisionIDDoesNotMatchError', {id: 'drafts.a'}),
    )
    act([fromBase])
    expect(bodyOf(() => act([fromBase]))).toEqual(
      itemFailure('documentAlreadyExistsError', {id: 'versions.r1.a'}),
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
  expect(bodyOf(() => act([{...unpublish, publishedId: 'x', versionId: 'versions.r1.x'}]))).toEqual(
    itemFailure('documentNotFoundError', {id: 'x'}),
  )
})
