import {beforeEach, describe, expect, test} from 'vitest'

import type {DatasetStore} from '../datasetStore.ts'
import {openDataset} from '../openDataset.ts'
import {commit, settle, testDocument} from '../testCommits.ts'
import type {TransactionFilter} from './transactionFilter.ts'

let store: DatasetStore

beforeEach(() => {
  store = openDataset({name: 'test'})
  commit(store, 't1', {
    put: [testDocument('a', {n: 1}), testDocument('b')],
    timestamp: '2021-01-01T00:00:00.000Z',
  })
  commit(store, 't2', {
    put: [testDocument('a', {n: 2}), testDocument('drafts.a')],
    timestamp: '2021-01-02T00:00:00.000Z',
    author: 'other',
  })
  commit(store, 't3', {delete: ['a'], timestamp: '2021-01-03T00:00:00.000Z'})
  commit(store, 't4', {put: [testDocument('a', {n: 4})], timestamp: '2021-01-04T00:00:00.000Z'})
})

const idsOf = (filter: TransactionFilter): string[] =>
  Array.from(store.history.transactions(filter), ({id}) => id)

describe('history', () => {
  test('finds transactions by document, group, author, time and sequence', () => {
    expect(idsOf({})).toEqual(['t1', 't2', 't3', 't4'])
    expect(idsOf({reverse: true, limit: 2})).toEqual(['t4', 't3'])
    expect(idsOf({documentIds: ['drafts.a', 'b']})).toEqual(['t1', 't2'])
    expect(idsOf({documentIds: ['drafts.b']})).toEqual([])
    expect(idsOf({groups: ['a'], authors: ['other']})).toEqual(['t2'])
    expect(
      idsOf({fromTime: '2021-01-02T00:00:00.000Z', toTime: '2021-01-03T00:00:00.000Z'}),
    ).toEqual(['t2', 't3'])
    expect(idsOf({fromSequence: 2, toSequence: 3})).toEqual(['t2', 't3'])
  })

  test('returns a transaction with its documents', () => {
    expect(store.history.transaction('t2')).toEqual({
      sequence: 2,
      id: 't2',
      timestamp: '2021-01-02T00:00:00.000Z',
      author: 'other',
      documentIds: ['a', 'drafts.a'],
    })
    expect(store.history.transaction('t9')).toBeUndefined()
    expect(store.history.changes(2)).toEqual([
      {id: 'a', before: testDocument('a', {n: 1}), after: testDocument('a', {n: 2})},
      {id: 'drafts.a', before: null, after: testDocument('drafts.a')},
    ])
    expect(store.history.changes(3)).toEqual([
      {id: 'a', before: testDocument('a', {n: 2}), after: null},
    ])
  })

  test('knows every state of a document', () => {
    const {history} = store
    expect([0, 1, 2, 3, 4].map((sequence) => history.documentAt('a', sequence)?.n ?? null)).toEqual(
      [null, 1, 2, null, 4],
    )
    expect(history.sequenceAt('2021-01-02T12:00:00.000Z')).toBe(2)
    expect(history.sequenceAt('2020-01-01T00:00:00.000Z')).toBe(0)
    commit(store, 't5', {delete: ['a']})
    expect(history.lastState('a')).toEqual(testDocument('a', {n: 4}))
    expect(history.lastState('never')).toBeUndefined()
  })

  test('treats a transaction after a later time as later, in a file whose times go back', () => {
    const put = [testDocument('back', {n: 1})]
    commit(store, 't5', {put, timestamp: '2021-03-01T00:00:00.000Z'})
    commit(store, 't6', {put, timestamp: '2021-02-01T00:00:00.000Z'})
    const {history} = store
    expect(history.sequenceAt('2021-02-15T00:00:00.000Z')).toBe(4)
    expect(history.sequenceAt('2021-03-01T00:00:00.000Z')).toBe(6)
    expect(history.lastTimestamp()).toBe('2021-02-01T00:00:00.000Z')
  })

  test('lists when the documents of a group and of a release were created and deleted', () => {
    commit(store, 't5', {put: [testDocument('versions.rA.a'), testDocument('versions.rB.a')]})
    commit(store, 't6', {put: [testDocument('versions.rA.a', {n: 1})], delete: ['drafts.a']})
    const brief = (of: Parameters<typeof store.history.lifecycle>[0]): string[] =>
      Array.from(
        store.history.lifecycle(of),
        ({transactionId, id, existed, exists}) =>
          `${transactionId} ${id} ${Number(existed)}${Number(exists)}`,
      )
    expect(brief({group: 'a'})).toEqual([
      't1 a 01',
      't2 a 11',
      't2 drafts.a 01',
      't3 a 10',
      't4 a 01',
      't5 versions.rA.a 01',
      't5 versions.rB.a 01',
      't6 versions.rA.a 11',
      't6 drafts.a 10',
    ])
    expect(brief({release: 'rA'})).toEqual(['t5 versions.rA.a 01', 't6 versions.rA.a 11'])
  })

  test('deletes the history of one document', () => {
    store.transact((transaction) => {
      transaction.delete('a')
      transaction.deleteHistory('a')
      transaction.record({
        dataset: 'test',
        transactionId: 't5',
        timestamp: '2021-01-05T00:00:00.000Z',
        author: 'x',
        sequence: transaction.nextSequence,
        changes: [],
      })
    })
    expect(store.history.lastState('a')).toBeUndefined()
    expect(idsOf({groups: ['a']})).toEqual(['t2'])
    commit(store, 't6', {put: [testDocument('late', {text: 'findable'})]})
    const {access} = store.source({perspective: 'raw', includePrivate: true})
    settle(store)
    expect([
      ...(access?.read({by: 'tokens', tokens: [{text: 'findable', prefix: false}]}) ?? []),
    ]).toHaveLength(1)
  })

  test('trims old transactions', () => {
    store.trimHistory(3)
    expect(idsOf({})).toEqual(['t3', 't4'])
    expect(store.history.documentAt('a', 1)).toBeNull()
    expect(store.history.documentAt('a', 2)).toEqual(testDocument('a', {n: 2}))
    store.trimHistory(99)
    expect(idsOf({})).toEqual(['t4'])
    expect(store.revision).toBe(4)
  })
})
