import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {SERVING_THREAD_MUTATIONS} from '../../core/limits.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {internalsOf} from '../../open/internals.ts'
import {clientOf} from '../testClient.ts'

let lake: Lake
let client: SanityClient

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-live-'))
  lake = createLake({dataDir: folder})
  client = clientOf(lake, 'http://localhost', {
    resolveFetch: () => (url, init) => lake.fetch(new Request(url, init)),
  })
  await client.create({_id: 'a', _type: 'note', text: 'one'})
})
afterEach(async () => {
  await lake.close()
  rmSync(folder, {recursive: true})
})

interface Told {
  readonly event: string | undefined
  readonly id: string | undefined
  readonly tags: string[]
}

interface Listener {
  readonly token?: string
  readonly includeDrafts?: boolean
  readonly parameter?: 'includeDrafts' | 'includeAllDocuments'
  readonly lastEventId?: string
}

/** All events of a listener until `work` is done and reported. */
const toldWhile = async (
  {token, includeDrafts = false, parameter = 'includeDrafts', lastEventId}: Listener,
  work: () => Promise<unknown>,
): Promise<Told[]> => {
  const leaving = new AbortController()
  const response = await lake.fetch(
    new Request(
      `http://localhost/v2025-02-19/data/live/events/production?${parameter}=${includeDrafts}`,
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
  // The last change is one that all listeners receive.
  await client.create({_type: 'end'})
  const end = lastId(token)
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

const lastId = (token: string | undefined): string => {
  const {store, publicCommits} = internalsOf(lake).dataset('production')
  return token === undefined ? publicCommits.lastId() : String(store.revision)
}

const parse = (event: string): Told => {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(event)?.[1]
  const {tags = []}: {tags?: string[]} = JSON.parse(field('data') ?? '{}')
  return {event: field('event'), id: field('id'), tags}
}

/** So many that another thread writes them. */
const changeMany = (prefix: string) => async () => {
  const transaction = client.transaction()
  for (let n = 0; n <= SERVING_THREAD_MUTATIONS; n++) {
    transaction.createOrReplace({_id: `${prefix}n${n}`, _type: 'note'})
  }
  await transaction.commit()
}

const counted = (id: string | undefined): number => Number(id?.split('-').at(-1))

const change = (id: string) => () => client.createOrReplace({_id: id, _type: 'note', text: 'two'})

const tagsOf = async (query: string): Promise<readonly string[]> =>
  (await client.fetch(query, {}, {filterResponse: false, perspective: 'published'})).syncTags ?? []

const idle = async () => {}

const eventsWhile = async (listener: Listener, work: () => Promise<unknown>) =>
  (await toldWhile(listener, work)).map(({event}) => event)

/** The events of a listener that reconnects after a change. */
const toldAfter = async (work: () => Promise<unknown>, listener: Listener = {}) => {
  const lastEventId = lastId(listener.token)
  await work()
  return toldWhile({...listener, lastEventId}, idle)
}

describe('live events', () => {
  test('go to the listeners that may read the document', async () => {
    const {token} = lake
    expect(await eventsWhile({}, change('a'))).toEqual(['welcome', 'message'])
    expect(await eventsWhile({}, change('drafts.a'))).toEqual(['welcome'])
    expect(await eventsWhile({}, change('p.q'))).toEqual(['welcome'])
    // It is published, so callers who may read it receive it.
    expect(await eventsWhile({token}, change('p.q'))).toEqual(['welcome', 'message'])
    expect(await eventsWhile({token}, change('drafts.a'))).toEqual(['welcome'])
    const drafts = {token, includeDrafts: true}
    expect(await eventsWhile(drafts, change('drafts.a'))).toEqual(['welcome', 'message'])
    const all = {...drafts, parameter: 'includeAllDocuments'} as const
    expect(await eventsWhile(all, change('drafts.a'))).toEqual(['welcome', 'message'])
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

  test('are counted for the public as if there were no others', async () => {
    const [first] = await toldWhile({}, idle)
    for (const id of ['drafts.a', 'p.q', 'versions.r.a']) await change(id)()
    await changeMany('p.')()
    const [welcome, news] = await toldWhile({}, change('a'))
    // One for the end of the first look: see `toldWhile`.
    expect(counted(welcome?.id)).toBe(counted(first?.id) + 1)
    expect(counted(news?.id)).toBe(counted(welcome?.id) + 1)
    const many = await toldWhile({}, changeMany(''))
    expect(many.map(({event}) => event)).toEqual(['welcome', 'message'])
    expect(counted(many[1]?.id)).toBe(counted(many[0]?.id) + 1)

    const lastEventId = lastId(undefined)
    await change('p.q')()
    expect(await toldWhile({lastEventId}, idle)).toMatchObject([{event: 'welcome'}])
    // A revision that somebody guesses is not looked up.
    for (let revision = 0; revision < 20; revision++) {
      const guessed = {lastEventId: String(revision)}
      expect(await toldWhile(guessed, idle)).toMatchObject(RESTART)
    }
  })

  test('tell a client of another time that everything may have changed', async () => {
    expect(await toldWhile({lastEventId: '999999'}, idle)).toMatchObject(RESTART)
    expect(await toldWhile({lastEventId: 'of another lake'}, idle)).toMatchObject(RESTART)
  })
})

const RESTART = [{event: 'welcome'}, {event: 'restart'}, {event: 'message'}]
