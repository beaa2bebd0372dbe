import type {LiveEvent} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

describe('GET /data/live/events', () => {
  test('a change has the tags of all queries that it affects, and of few others', async () => {
    const _id = target.id('live')
    const otherId = target.id('live-other')
    const client = target.client()
    await client.create({_id, _type: 'liveNote', slug: {current: _id}})
    await client.create({_id: otherId, _type: 'liveNote', slug: {current: otherId}})
    const ask = async (query: string, id = _id) =>
      target.anonymous().fetch(query, {id}, {filterResponse: false})
    const bySlug = '*[_type == "liveNote" && slug.current == $id][0].text'
    const affected = await Promise.all([
      ask('*[_id == $id][0]'),
      ask(bySlug),
      ask('count(*[_type == "liveNote"])'),
      ask('*[_type == "liveNote"] | order(_createdAt desc)[0...10].text'),
    ])
    const others = await Promise.all([
      ask('*[_type == "somethingElse"] | order(_createdAt desc)[0...10]'),
      ask(bySlug, otherId),
      ask('*[_id == $id][0]', otherId),
    ])

    const {promise: welcome, resolve: welcomed} = Promise.withResolvers<void>()
    const {promise: told, resolve: tell} = Promise.withResolvers<LiveEvent>()
    const subscription = target
      .anonymous()
      .live.events()
      .subscribe((event) => {
        if (event.type === 'welcome') welcomed()
        if (event.type === 'message') tell(event)
      })
    await welcome
    await client.patch(_id).set({text: 'changed'}).commit()
    const event = await told
    subscription.unsubscribe()

    const tags = 'tags' in event ? event.tags : []
    const isTold = ({syncTags = []}: {syncTags?: readonly string[]}) =>
      syncTags.some((tag) => tags.some((one) => one === tag))
    expect(affected.map(isTold)).toEqual([true, true, true, true])
    expect(others.map(isTold)).toEqual([false, false, false])
  })
})
