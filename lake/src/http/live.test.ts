import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../lake.ts'
import {clientOf} from './testing.ts'

let lake: Lake
let client: SanityClient

beforeEach(async () => {
  lake = createLake()
  client = clientOf(lake, 'http://localhost', {
    resolveFetch: () => (url, init) => lake.fetch(new Request(url, init)),
  })
  await client.create({_id: 'a', _type: 'note', text: 'one'})
})
afterEach(() => lake.close())

interface Told {
  readonly event: string | undefined
  readonly id: string | undefined
  readonly tags: string[]
}

interface Listener {
  readonly token?: string
  readonly includeDrafts?: boolean
  readonly lastEventId?: string
}

/** Everything that a listener is told until `work` is done and told. */
const toldWhile = async (
  {token, includeDrafts = false, lastEventId}: Listener,
  work: () => Promise<unknown>,
): Promise<Told[]> => {
  const leaving = new AbortController()
  const response = await lake.fetch(
    new Request(
      `http://localhost/v2025-02-19/data/live/events/production?includeDrafts=${includeDrafts}`,
      {
        signal: leaving.signal,
        headers: {
          accept: 'text/event-stream',
          'x-sanity-project-id': lake.projectId,
          ...(token !== undefined && {authorization: `Bearer ${token}`}),
          ...(lastEventId !== undefined && {'last-event-id': lastEventId}),
        },
      },
    ),
  )
  await work()
  // The last of all is a change that everybody hears of.
  await client.create({_type: 'end'})
  const end = revision()
  const told: Told[] = []
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    told.push(...events.filter((event) => !event.startsWith(':')).map(parse))
    if (told.at(-1)?.id === end) break
  }
  leaving.abort()
  return told.slice(0, -1)
}

const revision = (): string => String(lake.dataset('production').store.revision)

const parse = (event: string): Told => {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(event)?.[1]
  const {tags = []}: {tags?: string[]} = JSON.parse(field('data') ?? '{}')
  return {event: field('event'), id: field('id'), tags}
}

const change = (id: string) => () => client.createOrReplace({_id: id, _type: 'note', text: 'two'})

const tagsOf = async (query: string): Promise<readonly string[]> =>
  (await client.fetch(query, {}, {filterResponse: false, perspective: 'published'})).syncTags ?? []

const idle = async () => {}

const eventsWhile = async (listener: Listener, work: () => Promise<unknown>) =>
  (await toldWhile(listener, work)).map(({event}) => event)

/** What a listener is told that comes back after something was done. */
const toldAfter = async (work: () => Promise<unknown>, listener: Listener = {}) => {
  const lastEventId = revision()
  await work()
  return toldWhile({...listener, lastEventId}, idle)
}

describe('live events', () => {
  test('say who hears of what', async () => {
    const {token} = lake
    expect(await eventsWhile({}, change('a'))).toEqual(['welcome', 'message'])
    expect(await eventsWhile({}, change('drafts.a'))).toEqual(['welcome'])
    expect(await eventsWhile({}, change('p.q'))).toEqual(['welcome'])
    // Who may read it hears of it: it is published.
    expect(await eventsWhile({token}, change('p.q'))).toEqual(['welcome', 'message'])
    expect(await eventsWhile({token}, change('drafts.a'))).toEqual(['welcome'])
    const drafts = {token, includeDrafts: true}
    expect(await eventsWhile(drafts, change('drafts.a'))).toEqual(['welcome', 'message'])
  })

  test('tell a client that comes back of what it has missed, and of nothing else', async () => {
    expect(await toldAfter(idle)).toMatchObject([{event: 'welcome'}])
    expect(await toldAfter(change('drafts.a'))).toMatchObject([{event: 'welcome'}])
    const drafts = {token: lake.token, includeDrafts: true}
    expect(await toldAfter(change('drafts.a'), drafts)).toMatchObject(RESTART)

    const kept = await tagsOf('*[_type == "something else"]')
    const told = await toldAfter(change('a'))
    expect(told).toMatchObject(RESTART)
    expect(kept).toEqual(expect.arrayContaining(told.at(-1)?.tags ?? []))
    expect(told.at(-1)?.tags).toHaveLength(1)
  })

  test('tell a client of another time that everything may have changed', async () => {
    expect(await toldWhile({lastEventId: '999999'}, idle)).toMatchObject(RESTART)
    expect(await toldWhile({lastEventId: 'of another lake'}, idle)).toMatchObject(RESTART)
  })
})

const RESTART = [{event: 'welcome'}, {event: 'restart'}, {event: 'message'}]
