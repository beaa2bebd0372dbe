/** Past transactions and documents, as the history's endpoints answer them. */
import {applyPatch} from 'mendoza'
import {describe, expect, it} from 'vitest'

import {body, failure, lakeWithRelease, release} from '../testLake.ts'
import {historyTransactions, type TransactionsRequest} from './historyTransactions.ts'
import {pastDocuments} from './pastDocuments.ts'
import {createDraft, edit, live, on, publish} from './testHistory.ts'

describe('transactions', () => {
  const lake = live(
    [createDraft],
    [edit('a', 2)],
    [publish],
    [{...createDraft, ...on('b'), attributes: body('drafts.b')}],
  )
  const lines = (request: TransactionsRequest) =>
    Array.from(historyTransactions(lake.store.history, request))
  const ids = (request: TransactionsRequest) => lines(request).map(({id}) => id)

  it('are listed oldest first, for one document or all', () => {
    expect(ids({documentIds: ['drafts.a']})).toEqual(['one', 'two', 'three'])
    expect(ids({documentIds: ['a', 'drafts.b']})).toEqual(['three', 'four'])
    expect(ids({})).toEqual(['one', 'two', 'three', 'four'])
    expect(ids({reverse: true, limit: 2})).toEqual(['four', 'three'])
  })

  it('lie within bounds, both included', () => {
    expect(ids({fromTransaction: 'two', toTransaction: 'three'})).toEqual(['two', 'three'])
    expect(ids({fromTransaction: '', toTransaction: 'one'})).toEqual(['one'])
    expect(ids({fromTime: '2026-01-01T00:01:00Z', toTime: '2026-01-01T01:02:00+01:00'})).toEqual([
      'two',
      'three',
    ])
    expect(ids({authors: ['bob']})).toEqual([])
    expect(failure(() => ids({fromTransaction: 'x'})).status).toBe(404)
    expect(failure(() => ids({fromTime: 'x'})).status).toBe(400)
  })

  it('say who did what when, and what it did to each document', () => {
    const [line] = lines({
      documentIds: ['a'],
      includeEffects: true,
      excludeContent: true,
      includeIdentifiedDocumentsOnly: true,
    })
    const {_rev, ...document} = lake.get('a') ?? {}
    expect(line).toEqual({
      id: 'three',
      timestamp: '2026-01-01T00:02:00.000Z',
      author: 'alice',
      documentIDs: ['a', 'drafts.a'],
      sequenceNumber: 3,
      mutations: [{createOrReplace: {_id: 'a'}}],
      effects: {a: {apply: [0, document], revert: [0, null]}},
    })
  })

  it('lead from state to state by their effects', () => {
    let state: unknown = null
    for (const {effects} of lines({
      documentIds: ['drafts.a'],
      includeEffects: true,
      toTransaction: 'two',
    })) {
      const {apply} = Object(effects)['drafts.a']
      state = applyPatch(state, apply)
    }
    expect(state).toMatchObject({_id: 'drafts.a', n: 2, _updatedAt: '2026-01-01T00:01:00.000Z'})
  })

  it('hold mutations of the same effect unless they are excluded', () => {
    const [line] = lines({documentIds: ['a']})
    expect(line?.mutations).toEqual([{createOrReplace: lake.get('a')}, {delete: {id: 'drafts.a'}}])
    expect(lines({excludeMutations: true}).every((each) => each.mutations === undefined)).toBe(true)
  })

  it('name documents without their contents when these are excluded', () => {
    expect(lines({excludeContent: true, limit: 3}).map(({mutations}) => mutations)).toEqual([
      [{createOrReplace: {_id: 'drafts.a'}}],
      [{patch: {id: 'drafts.a'}}],
      [{createOrReplace: {_id: 'a'}}, {delete: {id: 'drafts.a', purge: false}}],
    ])
  })
})

describe('documents', () => {
  const {store} = live([createDraft], [edit('a', 2)], [publish], [edit('a', 3)])
  const then = (entry: Parameters<typeof pastDocuments>[2]) =>
    pastDocuments(store.history, ['a', 'drafts.a'], entry).map(({_id, _rev, n}) => [_id, _rev, n])

  it('are as they were after a transaction', () => {
    expect(then({revision: 'two'})).toEqual([['drafts.a', 'two', 2]])
    expect(then({revision: 'three'})).toEqual([['a', 'three', 2]])
    expect(then({revision: 'four'})).toEqual([
      ['a', 'three', 2],
      ['drafts.a', 'four', 3],
    ])
    expect(then({revision: 'x'})).toEqual([])
  })

  it('are as they were at a time', () => {
    expect(then({time: '2026-01-01T00:01:30Z'})).toEqual([['drafts.a', 'two', 2]])
    expect(then({time: '2026-01-01T00:02:00Z'})).toEqual([['a', 'three', 2]])
    expect(then({time: '2025-01-01T00:00:00Z'})).toEqual([])
    expect(failure(() => then({time: 'x'})).status).toBe(400)
  })

  it('that were deleted have a last state', () => {
    const lake = live(
      [createDraft],
      [edit('a', 2)],
      [{actionType: 'document.discard', draftId: 'drafts.a'}],
    )
    const found = pastDocuments(lake.store.history, ['drafts.a', 'x'], {lastRevision: true})
    expect(found).toMatchObject([{_id: 'drafts.a', _rev: 'two', n: 2}])
  })

  it('of a published release have the revision that published them', () => {
    const lake = lakeWithRelease()
    const ids = ['new', 'old', 'gone'].map((id) => `versions.r1.${id}`)
    const revisions = () =>
      pastDocuments(lake.store.history, ids, {lastRevision: true}).map(({_rev}) => _rev)
    const before = revisions()
    lake.act([release('archive')])
    expect(revisions()).toEqual(before)
    lake.act([release('unarchive')])
    lake.act([release('publish')], {transactionId: 'published'})
    lake.mutate([{patch: {id: 'old', set: {n: 3}}}])
    expect(revisions()).toEqual(['published', 'published', 'published'])
    expect(pastDocuments(lake.store.history, ids, {lastRevision: true})).toMatchObject([
      {n: 1},
      {n: 2},
      {_system: {delete: true}},
    ])
    lake.act([release('delete')])
    expect(revisions()).toEqual(['published', 'published', 'published'])
  })

  it('can be restored from a revision', () => {
    const lake = live([createDraft], [edit('a', 2)], [edit('a', 3)])
    const [old] = pastDocuments(lake.store.history, ['drafts.a'], {revision: 'two'})
    lake.act([{actionType: 'document.replaceDraft', publishedId: 'a', attributes: old ?? null}])
    expect(lake.get('drafts.a')).toMatchObject({n: 2})
  })
})
