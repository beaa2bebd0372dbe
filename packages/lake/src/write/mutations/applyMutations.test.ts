import {describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {failure, itemFailure, testLake} from '../testLake.ts'
import {applyMutations} from './applyMutations.ts'

const article = (id: string, fields: JsonObject = {}): JsonObject => ({
  _id: id,
  _type: 'article',
  ...fields,
})

const errorOf = (work: () => unknown) => {
  const {status, body} = failure(work)
  return {status, body}
}

describe('create', () => {
  it('sets system fields and returns the document', () => {
    const {mutate, get} = testLake()
    const {transactionId, results, commit} = mutate([{create: article('a', {title: 'Yes'})}], {
      returnDocuments: true,
      transactionId: 'tx',
    })
    const document = {
      ...article('a', {title: 'Yes'}),
      _rev: 'tx',
      _createdAt: '2026-01-01T00:00:00.000Z',
      _updatedAt: '2026-01-01T00:00:00.000Z',
    }
    expect(transactionId).toBe('tx')
    expect(results).toEqual([{id: 'a', operation: 'create', document}])
    expect(get('a')).toEqual(document)
    expect(commit).toEqual({
      dataset: 'test',
      transactionId: 'tx',
      timestamp: '2026-01-01T00:00:00.000Z',
      author: 'alice',
      sequence: 1,
      changes: [
        {
          id: 'a',
          before: null,
          after: document,
          mutations: [{create: article('a', {title: 'Yes'})}],
        },
      ],
    })
  })

  it('makes ids, and ends of ids', () => {
    const {mutate} = testLake()
    const {results, commit} = mutate([
      {create: {_type: 't'}},
      {create: {_id: 'drafts.', _type: 't'}},
    ])
    expect(results.map(({id}) => id)).toEqual(['id2', 'drafts.id3'])
    expect(commit?.changes[0]?.mutations).toEqual([{create: {_id: 'id2', _type: 't'}}])
  })

  it('keeps a sent creation date and no other system field', () => {
    const {mutate, get} = testLake()
    const sent = {_rev: 'x', _updatedAt: 'x', _createdAt: '2021-02-14T12:31:00Z', _system: {a: 1}}
    mutate([{create: article('a', sent)}], {transactionId: 'tx'})
    expect(get('a')).toEqual({
      ...article('a'),
      _rev: 'tx',
      _createdAt: '2021-02-14T12:31:00Z',
      _updatedAt: '2026-01-01T00:00:00.000Z',
    })
  })

  it('is rejected for an existing id', () => {
    const {mutate} = testLake()
    mutate([{create: article('a')}])
    expect(errorOf(() => mutate([{create: article('b')}, {create: article('a')}]))).toEqual({
      status: 409,
      body: itemFailure('documentAlreadyExistsError', {id: 'a'}, 1),
    })
  })
})

describe('createIfNotExists and createOrReplace', () => {
  it('leave or replace what is there', () => {
    const {mutate, get} = testLake()
    mutate([{create: article('a', {n: 1})}], {transactionId: 'one'})
    const {results, commit} = mutate(
      [
        {createIfNotExists: article('a', {n: 2})},
        {createIfNotExists: article('b', {n: 2})},
        {createOrReplace: article('c', {n: 2})},
      ],
      {returnIds: true, transactionId: 'two'},
    )
    expect(results).toEqual([
      {id: 'a', operation: 'none'},
      {id: 'b', operation: 'create'},
      {id: 'c', operation: 'create'},
    ])
    expect(commit?.changes.map(({id}) => id)).toEqual(['b', 'c'])
    expect(get('a')).toMatchObject({n: 1, _rev: 'one'})
    expect(mutate([{createOrReplace: article('a', {m: 1})}]).results).toEqual([
      {id: 'a', operation: 'update'},
    ])
    expect(get('a')).not.toHaveProperty('n')
  })

  it('change nothing, and commit nothing, when all is there', () => {
    const {mutate, store} = testLake()
    mutate([{create: article('a')}])
    expect(mutate([{createIfNotExists: article('a')}]).commit).toBeNull()
    expect(store.revision).toBe(1)
  })
})

describe('delete', () => {
  it('takes documents away, and does not mind that there is none', () => {
    const {mutate, ids} = testLake()
    mutate([{create: article('a')}, {create: article('b')}])
    const {results} = mutate([{delete: {id: 'a'}}, {delete: {id: 'x'}}])
    expect(results).toEqual([
      {id: 'a', operation: 'delete'},
      {id: 'x', operation: 'none'},
    ])
    expect(ids()).toEqual(['b'])
  })

  it('by query sees what the transaction did before', () => {
    const {mutate, ids} = testLake()
    mutate([{create: article('a', {n: 1})}, {create: article('b', {n: 2})}])
    const {results} = mutate([
      {create: article('c', {n: 1})},
      {delete: {query: '*[n == $n]', params: {n: 1}}},
    ])
    expect(results.map(({id, operation}) => `${operation} ${id}`)).toEqual([
      'create c',
      'delete a',
      'delete c',
    ])
    expect(ids()).toEqual(['b'])
  })
})

it('a mutation by query changes ten thousand documents at most', () => {
  const {mutate} = testLake({select: () => Array.from({length: 10_001}, (_, n) => `d${n}`)})
  expect(errorOf(() => mutate([{delete: {query: '*'}}]))).toEqual({
    status: 400,
    body: itemFailure('validationError'),
  })
})

describe('patch', () => {
  it('changes the document and its revision, also when it changes nothing else', () => {
    const {mutate, get, pass} = testLake()
    mutate([{create: article('a', {n: 1})}])
    pass(5)
    const noop = {patch: {id: 'a', unset: ['_empty_action_guard_pseudo_field_']}}
    const {commit} = mutate([noop], {transactionId: 'tx'})
    expect(get('a')).toMatchObject({n: 1, _rev: 'tx', _updatedAt: '2026-01-01T00:00:05.000Z'})
    expect(commit?.changes).toMatchObject([{id: 'a', mutations: [noop]}])
  })

  it('by query and by several ids records a mutation for each document', () => {
    const {mutate, get} = testLake()
    mutate([{create: article('a', {n: 1})}, {create: article('b', {n: 1})}, {create: article('c')}])
    const {commit} = mutate([
      {patch: {query: '*[n == 1]', inc: {n: 1}}},
      {patch: {id: ['b', 'c'], set: {m: 1}}},
    ])
    expect(get('a')).toMatchObject({n: 2})
    expect(get('b')).toMatchObject({n: 2, m: 1})
    expect(commit?.changes.map(({id, mutations}) => ({id, mutations}))).toEqual([
      {id: 'a', mutations: [{patch: {id: 'a', inc: {n: 1}}}]},
      {id: 'b', mutations: [{patch: {id: 'b', inc: {n: 1}}}, {patch: {id: 'b', set: {m: 1}}}]},
      {id: 'c', mutations: [{patch: {id: 'c', set: {m: 1}}}]},
    ])
  })

  it('checks the revision of before the transaction', () => {
    const {mutate, get} = testLake()
    mutate([{create: article('a')}], {transactionId: 'one'})
    mutate([
      {patch: {id: 'a', ifRevisionID: 'one', set: {n: 1}}},
      {patch: {id: 'a', ifRevisionID: 'one', set: {m: 1}}},
    ])
    expect(get('a')).toMatchObject({n: 1, m: 1})
    expect(errorOf(() => mutate([{patch: {id: 'a', ifRevisionID: 'one', set: {n: 2}}}]))).toEqual({
      status: 409,
      body: itemFailure('documentRevisionIDDoesNotMatchError', {
        expectedRevisionID: 'one',
        currentRevisionID: get('a')?._rev ?? null,
      }),
    })
  })

  it('is rejected for missing documents and immutable fields', () => {
    const {mutate} = testLake()
    mutate([{create: article('a')}])
    expect(errorOf(() => mutate([{patch: {id: 'x', set: {n: 1}}}]))).toEqual({
      status: 409,
      body: itemFailure('documentNotFoundError', {id: 'x'}),
    })
    for (const attribute of ['_id', '_type']) {
      expect(errorOf(() => mutate([{patch: {id: 'a', set: {[attribute]: 'other'}}}])).body).toEqual(
        itemFailure('cannotModifyImmutableAttributeError', {attribute}),
      )
    }
    mutate([{patch: {id: 'a', set: {_id: 'a', _type: 'article', _rev: 'mine'}}}])
  })
})

describe('a transaction', () => {
  it('is all or nothing', () => {
    const {mutate, ids, store} = testLake()
    failure(() => mutate([{create: article('a')}, {patch: {id: 'x'}}]))
    expect(ids()).toEqual([])
    expect(store.revision).toBe(0)
  })

  it('is one change a document, from before the transaction to after it', () => {
    const {mutate} = testLake()
    mutate([{create: article('a', {n: 1})}])
    const {commit} = mutate([
      {patch: {id: 'a', inc: {n: 1}}},
      {delete: {id: 'a'}},
      {create: article('a', {n: 9})},
      {create: article('gone')},
      {delete: {id: 'gone'}},
    ])
    expect(commit?.changes).toHaveLength(1)
    expect(commit?.changes[0]).toMatchObject({before: {n: 1}, after: {n: 9}})
  })

  it('has an id of its own, once', () => {
    const {mutate} = testLake()
    mutate([{create: article('a')}], {transactionId: 'tx'})
    expect(errorOf(() => mutate([{create: article('b')}], {transactionId: 'tx'}))).toMatchObject({
      status: 409,
      body: {error: {type: 'transactionAlreadyExistsError'}},
    })
    expect(failure(() => mutate([], {transactionId: 'a,b'})).status).toBe(400)
  })

  it('takes its id from the body before the URL', () => {
    const {store, context} = testLake()
    const body = {mutations: [{create: article('a')}], transactionId: 'body'}
    expect(applyMutations(store, body, {transactionId: 'url'}, context).transactionId).toBe('body')
  })

  it('as a dry run returns the same result and writes nothing', () => {
    const {mutate, get, ids, store} = testLake()
    mutate([{create: article('a')}])
    const run = mutate([{create: article('b')}, {delete: {id: 'a'}}], {
      dryRun: true,
      returnDocuments: true,
      transactionId: 'tx',
    })
    expect(run).toMatchObject({
      transactionId: 'tx',
      commit: null,
      results: [
        {id: 'b', operation: 'create', document: {_rev: 'tx'}},
        {id: 'a', operation: 'delete'},
      ],
    })
    mutate([{patch: {id: 'a', set: {n: 1}}}], {dryRun: true})
    expect(ids()).toEqual(['a'])
    expect([get('a')?.n, get('b')]).toEqual([undefined, undefined])
    expect(store.revision).toBe(1)
    expect(failure(() => mutate([{create: article('a')}], {dryRun: true})).status).toBe(409)
    mutate([{create: article('b')}], {transactionId: 'tx'})
  })

  it('returns ids only if requested', () => {
    expect(testLake().mutate([{create: article('a')}], {}).results).toEqual([])
  })

  it('generates keys for array elements if requested', () => {
    const {mutate, get} = testLake()
    const options = {autoGenerateArrayKeys: true}
    mutate([{create: article('a', {list: [{n: 1}, {_key: 'mine', deep: [{n: 2}]}, 3]})}], options)
    mutate([{patch: {id: 'a', insert: {after: 'list[-1]', items: [{n: 4}]}}}], options)
    expect(get('a')?.list).toEqual([
      {_key: expect.any(String), n: 1},
      {_key: 'mine', deep: [{_key: expect.any(String), n: 2}]},
      3,
      {_key: expect.any(String), n: 4},
    ])
  })
})
