import {describe, expect, it} from 'vitest'

import type {Json, JsonObject} from '../core/document.ts'
import {applyMutations} from './mutations/applyMutations.ts'
import {failure, itemFailure, testLake} from './testLake.ts'

const article = (id: string, fields: JsonObject = {}): JsonObject => ({
  _id: id,
  _type: 'article',
  ...fields,
})

const ref = (id: string, fields: JsonObject = {}): JsonObject => ({
  author: {_type: 'reference', _ref: id, ...fields},
})

const errorOf = (work: () => unknown) => {
  const {status, body} = failure(work)
  return {status, body}
}

const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)])
const wide = Object.fromEntries(Array.from({length: 999}, (_, n) => [`a${n}`, 1]))

describe('references', () => {
  it('are checked at the end of the transaction, in any order of mutations', () => {
    const {mutate, ids} = testLake()
    mutate([{create: article('a', ref('b'))}, {create: article('b', ref('a'))}])
    mutate([{delete: {id: 'a'}}, {delete: {id: 'b'}}])
    mutate([{create: article('a', ref('a'))}])
    mutate([{delete: {id: 'a'}}])
    expect(ids()).toEqual([])
  })

  it('to missing documents are rejected, unless they are weak', () => {
    const {mutate} = testLake()
    mutate([{create: article('w', ref('x', {_weak: true}))}])
    expect(
      errorOf(() => mutate([{create: article('a')}, {create: article('b', ref('x'))}])),
    ).toEqual({
      status: 409,
      body: itemFailure('documentReferenceDoesNotExistError', {id: 'b', referenceID: 'x'}, 1),
    })
    expect(failure(() => mutate([{patch: {id: 'w', unset: ['author._weak']}}])).status).toBe(409)
  })

  it('keep their target from being deleted or becoming another type', () => {
    const {mutate, ids} = testLake()
    mutate([{create: article('a')}, {create: article('b', ref('a'))}])
    const existing = itemFailure('documentHasExistingReferencesError', {
      id: 'a',
      referencingIDs: ['b'],
    })
    expect(errorOf(() => mutate([{delete: {id: 'a'}}]))).toEqual({status: 409, body: existing})
    const retyped = {_id: 'a', _type: 'author'}
    expect(errorOf(() => mutate([{createOrReplace: retyped}]))).toEqual({
      status: 409,
      body: existing,
    })
    mutate([{patch: {id: 'b', unset: ['author']}}, {createOrReplace: retyped}])
    expect(ids()).toEqual(['a', 'b'])
  })
})

describe('versions', () => {
  it('says nothing of a release that is not there', () => {
    const {mutate, get} = testLake()
    mutate([{create: article('versions.r1.a')}])
    expect(get('versions.r1.a')).not.toHaveProperty('_system')
  })

  it('say which release and document they belong to, and clients cannot say otherwise', () => {
    const {mutate, get} = testLake()
    mutate([{create: article('versions.r1.a.b', {_system: {delete: true, bundleId: 'x'}})}])
    mutate([{patch: {id: 'versions.r1.a.b', unset: ['_system.group', '_system.delete']}}])
    expect(get('versions.r1.a.b')?._system).toEqual({
      bundleId: 'r1',
      group: {_ref: 'a.b', _weak: true},
      release: {_ref: '_.releases.r1', _weak: true},
    })
  })

  it('of a release that is not active stay as they are', () => {
    const {mutate} = testLake()
    const release = {_id: '_.releases.r1', _type: 'system.release', name: 'r1', state: 'scheduled'}
    mutate([{create: article('versions.r1.a')}, {create: release}])
    const mutations: Json[] = [
      {patch: {id: 'versions.r1.a', set: {n: 1}}},
      {delete: {id: 'versions.r1.a'}},
      {createOrReplace: article('versions.r1.a')},
    ]
    for (const mutation of mutations) {
      expect(errorOf(() => mutate([mutation]))).toEqual({
        status: 400,
        body: itemFailure('validationError', {id: 'versions.r1.a'}),
      })
    }
  })
})

describe('permissions', () => {
  it('are checked for every document', () => {
    const asked: string[] = []
    const {mutate} = testLake({
      can(permission, {_id}) {
        asked.push(`${permission} ${_id}`)
        return permission !== 'delete'
      },
    })
    mutate([{create: article('a')}, {patch: {id: 'a', set: {n: 1}}}])
    expect(asked).toEqual(['create a', 'update a', 'update a'])
    expect(errorOf(() => mutate([{delete: {id: 'a'}}]))).toEqual({
      status: 403,
      body: itemFailure('insufficientPermissionsError', {permission: 'delete'}),
    })
  })
})

describe('rejected as malformed', () => {
  it.each<[string, Json]>([
    ['a body', null],
    ['a list', {}],
    ['a list of mutations', {mutations: {}}],
    ['a transaction id', {mutations: [], transactionId: 1}],
  ])('what is not %s', (_, body) => {
    const {store, context} = testLake()
    expect(failure(() => applyMutations(store, body, {}, context)).status).toBe(400)
  })

  it.each<[string, Json]>([
    ['no object', 1],
    ['no operation', {}],
    ['two operations', {create: article('a'), delete: {id: 'a'}}],
    ['an unknown operation', {merge: {}}],
    ['a body that is not an object', {create: []}],
    ['no type', {create: {_id: 'a'}}],
    ['an empty type', {create: {_id: 'a', _type: ''}}],
    ['an id with a space', {create: article('a b')}],
    ['an id that is not a string', {create: {_id: 1, _type: 't'}}],
    ['no id to replace', {createOrReplace: {_type: 't'}}],
    ['no id to keep', {createIfNotExists: {_type: 't'}}],
    ['no selection', {delete: {}}],
    ['params that are not an object', {delete: {query: '*', params: []}}],
    ['a patch of no document', {patch: {set: {a: 1}}}],
    ['a revision that is not a string', {patch: {id: 'a', ifRevisionID: 1}}],
    ['an unreadable path', {patch: {id: 'a', set: {'a[': 1}}}],
    ['a document that is too deep', {create: article('a', {deep: deep(20)})}],
    ['too many attributes', {create: article('a', wide)}],
    ['a number beyond JSON', {create: article('a', {n: Infinity})}],
    ['a name with a space', {create: article('a', {'on the left': true})}],
    ['a name with a dot', {create: article('a', {deep: [{'a.b': 1}]})}],
    ['a name with brackets', {create: article('a', {'a[0]': 1})}],
    ['a name with a dollar', {create: article('a', {$ref: 1})}],
    ['a name with an accent', {create: article('a', {née: 1})}],
    ['an empty name', {create: article('a', {'': 1})}],
    ['a reference with another key', {create: article('a', ref('b', {_weak: true, city: 'Oslo'}))}],
    ['a reference in a list with another key', {create: article('a', {list: [{_ref: 'b', n: 1}]})}],
    ['a reference to a number', {create: article('a', {author: {_ref: 1}})}],
    ['a reference to null', {create: article('a', {author: {_ref: null}})}],
    ['a prototype', {create: JSON.parse('{"_id":"a","_type":"t","__proto__":{}}')}],
  ])('%s', (_, mutation) => {
    const {mutate} = testLake()
    expect(errorOf(() => mutate([mutation]))).toEqual({
      status: 400,
      body: itemFailure('validationError'),
    })
  })

  it('but many elements of the same shape are few attributes', () => {
    const {mutate} = testLake()
    const body = Array.from({length: 2000}, (_, n) => ({_key: `${n}`, text: 'x'}))
    expect(mutate([{create: article('a', {body, deep: deep(19)})}]).results).toHaveLength(1)
  })

  it('but every key that a reference may have', () => {
    const {mutate, get} = testLake()
    const reference = {
      _key: 'k',
      _type: 'author.reference',
      _ref: 'nobody',
      _weak: true,
      _strengthenOnPublish: {type: 'author', weak: false, template: {id: 'author', params: {a: 1}}},
    }
    const elsewhere = {
      _type: 'crossDatasetReference',
      _ref: 'a',
      _dataset: 'other',
      _projectId: 'p',
    }
    mutate([{create: article('a', {authors: [reference, {...elsewhere, _weak: true}]})}])
    expect(get('a')?.authors).toEqual([reference, {...elsewhere, _weak: true}])
  })

  it('but nothing of which it is not known whether hosted Sanity refuses it', () => {
    const {mutate, get} = testLake()
    const unknown = {
      weak: {_ref: 'no id!', _weak: true},
      strong: {_ref: 'a', _weak: 'yes'},
      nested: [[1], [{_key: 1}]],
      object: {_id: 1, _key: null, _type: 2},
    }
    const typed = {_id: 'a', _type: 'any type: at all'}
    mutate([{create: {...typed, ...unknown, _system: {base: {id: 'b', rev: 'r'}}}}])
    expect(get('a')).toMatchObject({...typed, ...unknown})
    expect(get('a')).not.toHaveProperty('_system')
  })

  it('but names with hyphens, and names that begin with digits', () => {
    const {mutate, get} = testLake()
    mutate([{create: article('a', {names: {'en-GB': 'x', '2x': 'y', _own: 'z'}})}])
    expect(get('a')?.names).toEqual({'en-GB': 'x', '2x': 'y', _own: 'z'})
  })

  it('but a document that was stored before these rules can still be edited', () => {
    const {store, mutate, get} = testLake()
    mutate([{create: article('a')}])
    store.transact((transaction) => {
      const old = transaction.get('a')
      if (old) transaction.put({...old, 'on the left': true})
    })
    mutate([{patch: {id: 'a', set: {title: 'A'}}}])
    expect(get('a')).toMatchObject({'on the left': true, title: 'A'})
    mutate([{patch: {id: 'a', unset: ["['on the left']"]}}])
    expect(failure(() => mutate([{patch: {id: 'a', set: {'on the left': 1}}}])).status).toBe(400)
  })

  it('and half surrogate pairs are replaced', () => {
    const {mutate, get} = testLake()
    const text = 'a \ud800 \\ud800 😀 \n'
    mutate([{create: article('a', {text, more: {deep: [text]}})}])
    const whole = 'a \ufffd \\ud800 😀 \n'
    expect(get('a')).toMatchObject({text: whole, more: {deep: [whole]}})
  })

  it('a document that grows beyond the limit', () => {
    const {mutate} = testLake()
    const half = 'x'.repeat(17 * 1024 * 1024)
    mutate([{create: article('a', {half})}])
    expect(errorOf(() => mutate([{patch: {id: 'a', set: {other: half}}}])).body).toEqual(
      itemFailure('validationError'),
    )
  })
})
