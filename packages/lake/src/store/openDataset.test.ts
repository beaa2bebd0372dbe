import {describe, expect, test} from 'vitest'

import {openDataset} from './openDataset.ts'
import {commit, testDocument} from './testCommits.ts'

describe('a dataset', () => {
  test('stores all documents of a transaction or none', () => {
    const store = openDataset({name: 'production'})
    commit(store, 't1', {put: [testDocument('a'), testDocument('b', {n: 1})]})
    expect(store.revision).toBe(1)
    expect(store.get('b')).toEqual(testDocument('b', {n: 1}))
    expect(() =>
      store.transact((transaction) => {
        transaction.put(testDocument('b', {n: 2}))
        transaction.delete('a')
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(store.get('a')).toEqual(testDocument('a'))
    expect(store.get('b')).toEqual(testDocument('b', {n: 1}))
    expect(store.revision).toBe(1)
    store.close()
  })

  test('finds the documents with a strong reference to one', () => {
    const store = openDataset({name: 'production'})
    commit(store, 't1', {
      put: [
        testDocument('topic'),
        testDocument('strong', {topics: [{_ref: 'topic'}]}),
        testDocument('weak', {topics: [{_ref: 'topic', _weak: true}]}),
        testDocument('foreign', {topics: [{_ref: 'topic', _dataset: 'other'}]}),
      ],
    })
    const referrers = (): string[] =>
      store.transact((transaction) => transaction.strongReferrers('topic', 10))
    expect(referrers()).toEqual(['strong'])
    commit(store, 't2', {
      put: [testDocument('weak', {topics: [{_ref: 'topic'}]})],
      delete: ['strong'],
    })
    expect(referrers()).toEqual(['weak'])
    store.close()
  })
})
