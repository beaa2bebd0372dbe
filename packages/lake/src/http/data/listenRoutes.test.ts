import {once} from 'node:events'
import {connect} from 'node:net'

import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {MAX_STREAM_BACKLOG_BYTES} from '../../core/limits.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {internalsOf} from '../../open/internals.ts'
import {type RunningServer, startServer} from '../../server/startServer.ts'
import {MAX_MISSED_COMMITS} from '../../stream/publicCommits.ts'
import {clientOf} from '../testClient.ts'

let lake: Lake
let server: RunningServer
let client: SanityClient

beforeEach(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
  client = clientOf(lake, server.url)
})
afterEach(async () => {
  await server.close()
  await lake.close()
})

interface Told {
  readonly event: string
  readonly id: string | undefined
  readonly data: {
    readonly documentId?: string
    readonly previousRev?: string
    readonly resultRev?: string
    readonly transactionTotalEvents?: number
  }
}

/** An event source that shows everything, and reads no faster than it is asked to. */
const open = async (search: string, headers: Record<string, string> = {}, query = '*') =>
  openAs({authorization: `Bearer ${lake.token}`}, search, headers, query)

const openAs = async (
  credentials: Record<string, string>,
  search: string,
  headers: Record<string, string>,
  query = '*',
) => {
  const asked = `query=${encodeURIComponent(query)}&${search}`
  const url = `${server.url}/v2025-02-19/data/listen/production?${asked}`
  const response = await fetch(url, {
    headers: {...headers, ...credentials, accept: 'text/event-stream'},
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const take = async (count: number): Promise<Told[]> => {
    const told: Told[] = []
    while (told.length < count) {
      const end = text.indexOf('\n\n')
      if (end !== -1) {
        const chunk = text.slice(0, end)
        text = text.slice(end + 2)
        if (!chunk.startsWith(':')) told.push(parse(chunk))
        continue
      }
      const {done, value} = (await reader?.read()) ?? {done: true, value: undefined}
      if (done) throw new Error(`the stream ended after ${told.length} events`)
      text += value
    }
    return told
  }
  return {take, cancel: () => reader?.cancel()}
}

const parse = (chunk: string): Told => {
  const field = (name: string): string | undefined =>
    chunk
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  return {event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? '{}')}
}

const resume = (lastEventId: string) => open('enableResume=true', {'last-event-id': lastEventId})

const resumedByPublic = (lastEventId: string) =>
  openAs({}, 'enableResume=true', {'last-event-id': lastEventId})

const eventAfter = async (lastEventId: string): Promise<string | undefined> => {
  const stream = await resumedByPublic(lastEventId)
  const [greeting] = await stream.take(1)
  await stream.cancel()
  return greeting?.event
}

const changeAs = async (transactionId: string, ...ids: readonly string[]): Promise<void> => {
  const mutations = ids.map((_id) => ({createOrReplace: {_id, _type: 'n'}}))
  const response = await lake.fetch(
    new Request('http://localhost/v1/data/mutate/production', {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      body: JSON.stringify({transactionId, mutations}),
    }),
  )
  expect(response.status).toBe(200)
}

describe('resuming', () => {
  test('tells what was missed, from the middle of a transaction on', async () => {
    const first = await open('enableResume=true')
    expect(await first.take(1)).toMatchObject([{event: 'welcome'}])
    await client
      .transaction()
      .create({_id: 'a', _type: 'n'})
      .create({_id: 'b', _type: 'n'})
      .commit()
    const [seen, unseen] = await first.take(2)
    await first.cancel()
    await client.patch('a').set({x: 1}).commit()
    await client.delete('b')

    const again = await resume(seen?.id ?? '')
    const [greeting, ...missed] = await again.take(4)
    expect(greeting?.event).toBe('welcomeback')
    expect(missed.map(({id}) => id)[0]).toBe(unseen?.id)
    expect(missed.map(({data}) => data.documentId)).toEqual(['b', 'a', 'b'])
    await client.create({_id: 'c', _type: 'n'})
    expect((await again.take(1))[0]?.data.documentId).toBe('c')
    await again.cancel()
  })

  test('works before the first event, also after a reset', async () => {
    await changeAs('before', 'a')
    for (const lastEventId of [undefined, 'gone#a']) {
      const first =
        lastEventId === undefined ? await open('enableResume=true') : await resume(lastEventId)
      const [greeting] = await first.take(1)
      await first.cancel()
      expect(greeting?.event).toBe(lastEventId === undefined ? 'welcome' : 'reset')
      await client.createOrReplace({_id: 'b', _type: 'n'})

      const again = await resume(greeting?.id ?? '')
      expect(await again.take(2)).toMatchObject([
        {event: 'welcomeback', id: undefined},
        {event: 'mutation', data: {documentId: 'b'}},
      ])
      await again.cancel()
    }
  })

  test('without a token depends on public changes alone', async () => {
    await changeAs('seen', 'a')
    await changeAs('hidden', 'drafts.a')
    const begun = await openAs({}, 'enableResume=true', {})
    expect(await begun.take(1)).toMatchObject([{event: 'welcome', id: 'seen#'}])
    await begun.cancel()
    await changeAs('mixed', 'drafts.b', 'b')
    expect(await eventAfter('seen#')).toBe('welcomeback')
    expect(await eventAfter('hidden#')).toBe('reset')

    const stream = await resumedByPublic('seen#a')
    const [greeting, missed] = await stream.take(2)
    expect([greeting?.event, missed?.data]).toMatchObject([
      'welcomeback',
      {documentId: 'b', transactionTotalEvents: 1},
    ])
    await stream.cancel()
    expect(await eventAfter('mixed#b')).toBe('welcomeback')
    // What is there and what is not is answered the same.
    for (const id of ['hidden#drafts.a', 'hidden#a', 'mixed#drafts.b', 'nothing#a', 'seen#b']) {
      expect([id, await eventAfter(id)]).toEqual([id, 'reset'])
    }
    // Nor do very many other commits make a difference.
    for (let n = 0; n <= MAX_MISSED_COMMITS; n++) await changeAs(`t${n}`, 'drafts.a')
    expect(await eventAfter('seen#a')).toBe('welcomeback')
  })

  test('starts again when the last event is unknown', async () => {
    const stream = await resume('gone#a')
    expect(await stream.take(1)).toMatchObject([{event: 'reset'}])
    await client.create({_id: 'a', _type: 'n'})
    expect(await stream.take(1)).toMatchObject([{event: 'mutation'}])
    await stream.cancel()
  })

  test('starts again when more was missed than a stream can hold', async () => {
    await client.create({_id: 'a', _type: 'n'})
    const first = await open('enableResume=true')
    await first.take(1)
    await client.create({_id: 'seen', _type: 'n'})
    const [seen] = await first.take(1)
    await first.cancel()
    const text = 'x'.repeat(1024 * 1024)
    for (let n = 0; n < 6; n++) await client.create({_id: `b${n}`, _type: 'n', text})

    const again = await resume(seen?.id ?? '')
    expect(await again.take(1)).toMatchObject([{event: 'reset'}])
    await again.cancel()
  })

  test('is only for those who ask for it', async () => {
    await client.create({_id: 'a', _type: 'n'})
    const stream = await open('', {'last-event-id': 'gone#a'})
    expect(await stream.take(1)).toMatchObject([{event: 'welcome'}])
    await stream.cancel()
  })
})

describe('many writers', () => {
  test('leave every document an unbroken chain of revisions', async () => {
    const ids = ['a', 'b', 'c']
    const stream = await open('')
    await stream.take(1)
    for (const _id of ids) await client.create({_id, _type: 'n', count: 0})
    const writes = 200
    await Promise.all(
      Array.from({length: 8}, async (_, writer) => {
        for (let n = writer; n < writes; n += 8) {
          const transaction = client.transaction()
          for (const id of n % 5 === 0 ? ids : [ids[n % 3] ?? 'a']) {
            transaction.patch(id, (patch) => patch.inc({count: 1}))
          }
          await transaction.commit({visibility: 'async'})
        }
      }),
    )
    const total = ids.length + writes + (writes / 5) * 2
    const events = await stream.take(total)
    await stream.cancel()
    for (const id of ids) {
      const chain = events.filter(({data}) => data.documentId === id)
      const documents = await client.getDocument(id)
      expect(documents?.['count']).toBe(chain.length - 1)
      expect(chain.slice(1).map(({data}) => data.previousRev)).toEqual(
        chain.slice(0, -1).map(({data}) => data.resultRev),
      )
      expect(chain.at(-1)?.data.resultRev).toBe(documents?._rev)
    }
  })
})

describe('a filter that takes long', () => {
  test('ends its own listener, and nobody else waits for it', async () => {
    const list = Array.from({length: 3000}, (_, n) => `item ${n}`)
    const filter = '*[count(list[@ in ^.list]) == count(^.list)]'
    const heavy = await open('', {}, filter)
    const fine = await open('', {}, '*[_id == "large"]')
    await heavy.take(1)
    await fine.take(1)
    await client.create({_id: 'large', _type: 'n', list})
    expect(await fine.take(1)).toMatchObject([{event: 'mutation', data: {documentId: 'large'}}])
    expect(await heavy.take(1)).toMatchObject([
      {event: 'channelError', data: {error: {description: expect.stringContaining('too long')}}},
    ])
    await expect(heavy.take(1)).rejects.toThrow('the stream ended')
    await fine.cancel()
  })
})

describe('a reader that does not read', () => {
  test('neither holds up writers nor other readers, and is cut', async () => {
    const slow = await open('includeResult=true')
    const quick = await open('includeMutations=false')
    await quick.take(1)
    const text = 'x'.repeat(1024 * 1024)
    // Beyond what the stream keeps for it and what the kernel's socket buffers take.
    const writes = 24
    const told = quick.take(writes)
    for (let n = 0; n < writes; n++) await client.create({_id: `big${n}`, _type: 'n', text})
    expect(await told).toHaveLength(writes)
    await quick.cancel()
    // What the kernel holds can still be read; then the connection is gone.
    await expect(slow.take(writes + 1)).rejects.toThrow(/terminated/)
  })

  test('shares what waits with others, and leaves nothing when it is cut', async () => {
    const {hostname, port} = new URL(server.url)
    const sockets = await Promise.all(
      Array.from({length: 40}, async (_, n) => {
        const socket = connect({host: hostname, port: Number(port)})
        await once(socket, 'connect')
        const path = `/v2025-02-19/data/listen/production?query=*[n!=${n}]&includeResult=true`
        socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
        await once(socket, 'readable')
        return socket
      }),
    )
    const text = 'x'.repeat(1024 * 1024)
    let most = 0
    for (let n = 0; n < 20; n++) {
      await client.create({_id: `big${n}`, _type: 'n', n: 1000, text})
      most = Math.max(most, internalsOf(lake).backlogs.bytes)
    }
    // What waits for one reader, not for forty.
    expect(most).toBeGreaterThan(4 * text.length)
    expect(most).toBeLessThan(2 * MAX_STREAM_BACKLOG_BYTES)
    await expect.poll(() => internalsOf(lake).backlogs.bytes, {timeout: 20_000}).toBe(0)
    for (const socket of sockets) socket.destroy()
  }, 60_000)

  test('the official client comes back by itself', async () => {
    const text = 'x'.repeat(3 * 1024 * 1024)
    const ids = ['a', 'b', 'c']
    for (const _id of ids) await client.create({_id, _type: 'n', text, count: 0})
    const seen: string[] = []
    const options = {
      includeResult: true,
      includePreviousRevision: true,
      events: ['welcome' as const, 'mutation' as const, 'reconnect' as const],
    }
    const subscription = client.listen('*', {}, options).subscribe(({type}) => seen.push(type))
    await expect.poll(() => seen).toEqual(['welcome'])
    // More at once than may wait for anybody.
    const transaction = client.transaction()
    for (const id of ids) transaction.patch(id, (patch) => patch.inc({count: 1}))
    await transaction.commit()
    await expect.poll(() => seen, {timeout: 20_000}).toEqual(['welcome', 'reconnect', 'welcome'])
    await client.create({_id: 'd', _type: 'n'})
    await expect.poll(() => seen.at(-1)).toBe('mutation')
    subscription.unsubscribe()
  }, 60_000)
})
