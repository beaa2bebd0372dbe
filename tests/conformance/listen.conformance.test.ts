import type {MutationEvent, SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

type ListenEvent = {readonly type: string} & Partial<MutationEvent>

/** Collects events until `enough` returns true; `ready` resolves with the welcome event. */
const listen = (
  client: SanityClient,
  query: string,
  params: Record<string, unknown>,
  options: Record<string, unknown>,
  enough: (events: readonly ListenEvent[]) => boolean,
) => {
  const {promise: ready, resolve: welcome} = Promise.withResolvers<void>()
  const events: ListenEvent[] = []
  const done = new Promise<readonly ListenEvent[]>((resolve, reject) => {
    const subscription = client
      .listen(query, params, {events: ['welcome', 'mutation'], ...options})
      .subscribe({
        next: (event) => {
          if (event.type === 'welcome') welcome()
          else events.push(event)
          if (!enough(events)) return
          subscription.unsubscribe()
          resolve(events)
        },
        error: reject,
      })
  })
  return {ready, done}
}

describe('GET /data/listen', () => {
  test('appear, update and disappear events, with documents and revisions', async () => {
    const _id = target.id('heard')
    const client = target.client()
    const {ready, done} = listen(
      client,
      '*[_id == $id && hidden != true]',
      {id: _id},
      {includePreviousRevision: true},
      (events) => events.length === 3,
    )
    await ready
    const created = await client.create({_id, _type: 'note', text: 'one'})
    const updated = await client.patch(_id).set({text: 'two'}).commit()
    const hidden = await client.patch(_id).set({hidden: true}).commit()
    const events = await done
    expect(events).toEqual([
      expect.objectContaining({
        transition: 'appear',
        documentId: _id,
        transactionId: created._rev,
        resultRev: created._rev,
        result: expect.objectContaining({text: 'one'}),
        mutations: [{create: expect.objectContaining({text: 'one'})}],
      }),
      expect.objectContaining({
        transition: 'update',
        previousRev: created._rev,
        resultRev: updated._rev,
        previous: expect.objectContaining({text: 'one'}),
        result: expect.objectContaining({text: 'two'}),
        mutations: [{patch: expect.objectContaining({set: {text: 'two'}})}],
      }),
      expect.objectContaining({
        transition: 'disappear',
        previousRev: updated._rev,
        resultRev: hidden._rev,
      }),
    ])
  })

  test('counts the events of a transaction for this listener', async () => {
    const [a, b] = [target.id('count-a'), target.id('count-b')]
    const client = target.client()
    const {ready, done} = listen(
      client,
      '*[_id in $ids]',
      {ids: [a, b]},
      {includeResult: false},
      (events) => events.length === 2,
    )
    await ready
    await client
      .transaction()
      .create({_id: a, _type: 'note'})
      .create({_id: target.id('count-c'), _type: 'note'})
      .create({_id: b, _type: 'note'})
      .commit()
    const events = await done
    expect(events.map(({transactionTotalEvents}) => transactionTotalEvents)).toEqual([2, 2])
    expect(events[0]).not.toHaveProperty('result')
  })

  test('drafts and versions only on request', async () => {
    const _id = target.id('pair')
    const client = target.client()
    const about = '*[_id in [$id, "drafts." + $id]]'
    const all = listen(client, about, {id: _id}, {includeAllVersions: true}, (e) => e.length === 2)
    const published = listen(client, about, {id: _id}, {}, (events) => events.length === 1)
    await Promise.all([all.ready, published.ready])
    await client.create({_id: `drafts.${_id}`, _type: 'note'})
    await client.create({_id, _type: 'note'})
    expect((await all.done).map(({documentId}) => documentId)).toEqual([`drafts.${_id}`, _id])
    expect((await published.done).map(({documentId}) => documentId)).toEqual([_id])
  })

  test('mendoza effects', async () => {
    const _id = target.id('effects')
    const client = target.client()
    const {ready, done} = listen(
      client,
      '*[_id == $id]',
      {id: _id},
      {effectFormat: 'mendoza', includeMutations: false, includeResult: false},
      (events) => events.length === 2,
    )
    await ready
    await client.create({_id, _type: 'note'})
    await client.delete(_id)
    const [created, deleted] = await done
    expect(created).toMatchObject({
      effects: {apply: [0, expect.objectContaining({_id})], revert: [0, null]},
    })
    expect(deleted).toMatchObject({effects: {apply: [0, null]}})
    expect(created).not.toHaveProperty('mutations')
  })

  test('without a token: published documents only', async () => {
    const _id = target.id('public')
    const {ready, done} = listen(
      target.anonymous(),
      '*[_type == "publicNote"]',
      {},
      {includeAllVersions: true},
      (events) => events.length === 1,
    )
    await ready
    await target.client().create({_id: `drafts.${_id}`, _type: 'publicNote'})
    await target.client().create({_id, _type: 'publicNote'})
    expect((await done).map(({documentId}) => documentId)).toEqual([_id])
    await target.client().transaction().delete(_id).delete(`drafts.${_id}`).commit()
  })

  test('GROQ that does not parse ends the stream with an error and its reason', async () => {
    const {done} = listen(target.client(), '*[_type ==', {}, {}, () => false)
    await expect(done).rejects.toThrow(/GROQ query parse error/)
  })
})
