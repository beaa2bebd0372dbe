import type {LiveEvent} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

describe('GET /data/live/events', () => {
  test('a change names a tag of every query that it affects', async () => {
    const _id = target.id('live')
    const client = target.client()
    await client.create({_id, _type: 'liveNote', slug: {current: _id}})
    const ask = async (query: string) =>
      target.anonymous().fetch(query, {id: _id}, {filterResponse: false})
    const affected = await Promise.all([
      ask('*[_id == $id][0]'),
      ask('*[_type == "liveNote" && slug.current == $id][0].text'),
      ask('count(*[_type == "liveNote"])'),
      ask('*[_type == "liveNote"] | order(_createdAt desc)[0...10].text'),
    ])
    const other = await ask('*[_type == "somethingElse"][0]')

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
    expect(isTold(other)).toBe(false)
  })
})
