/**
 * The official client's listener, as the Studio's form uses it, across a restart of the lake. A
 * form that gets `welcome` or `reset` loads the document again, without what its editor has typed
 * since the last save; only `welcomeback` leaves it there.
 *
 * @module-tag long
 */
import {mkdtemp, rm} from 'node:fs/promises'
import {createServer} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {ListenEvent, SanityClient} from '@sanity/client'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {createLake, type Lake} from '../../open/createLake.ts'
import {type RunningServer, startServer} from '../../server/startServer.ts'
import {MAX_MISSED_COMMITS} from '../../stream/publicCommits.ts'
import {clientOf} from '../testClient.ts'

let dataDir: string
let lake: Lake
let server: RunningServer
let client: SanityClient

const start = async (port: number): Promise<void> => {
  lake = createLake({dataDir})
  server = await startServer({lake, port})
  client = clientOf(lake, server.url)
}

const stop = async (): Promise<void> => {
  await server.close()
  await lake.close()
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'copydesk-resume-'))
  await start(0)
})
afterEach(async () => {
  await stop()
  await rm(dataDir, {recursive: true})
})

/** What a listener for document `a` receives, in order. */
const listen = () => {
  const told: string[] = []
  const note = (event: ListenEvent): void => {
    told.push(event.type === 'mutation' ? `${event.transition} ${event.documentId}` : event.type)
  }
  const subscription = client
    .listen(
      '*[_id in $ids]',
      {ids: ['a']},
      {
        enableResume: true,
        events: ['welcome', 'mutation', 'reconnect', 'reset', 'welcomeback'],
      },
    )
    .subscribe(note)
  return {told, [Symbol.dispose]: () => subscription.unsubscribe()}
}

/** What came beside the attempts to reconnect. */
const answers = (told: readonly string[]): readonly string[] =>
  told.filter((event) => event !== 'reconnect')

/** @param whileAway Runs while the lake cannot be reached where the listener looks for it. */
const restart = async (whileAway: (port: number) => Promise<unknown>): Promise<void> => {
  const {port} = server
  await stop()
  await whileAway(port)
  await start(port)
}

const write = async (): Promise<void> => {
  await start(0)
  await client.createOrReplace({_id: 'b', _type: 'n'})
  await client.createOrReplace({_id: 'a', _type: 'n'})
  await stop()
}

const RESUMED = ['welcome', 'welcomeback', 'appear a']

test('a listener that has had no event yet resumes after a restart', async () => {
  await client.create({_id: 'seen', _type: 'n'})
  using listener = listen()
  await expect.poll(() => listener.told).toEqual(['welcome'])
  await restart(write)
  await expect.poll(() => answers(listener.told), {timeout: 20_000}).toEqual(RESUMED)
})

test('a listener whose filter matched nothing for long resumes after a restart', async () => {
  await client.create({_id: 'a', _type: 'n'})
  using listener = listen()
  await expect.poll(() => listener.told).toEqual(['welcome'])
  await client.delete('a')
  await expect.poll(() => listener.told).toEqual(['welcome', 'disappear a'])
  for (let n = 0; n < 20; n++) await client.create({_type: 'n'})
  await restart(write)
  await expect
    .poll(() => answers(listener.told), {timeout: 20_000})
    .toEqual(['welcome', 'disappear a', 'welcomeback', 'appear a'])
})

test('a listener resumes twice', async () => {
  await client.create({_id: 'seen', _type: 'n'})
  using listener = listen()
  await expect.poll(() => listener.told).toEqual(['welcome'])
  await restart(async () => {})
  await expect
    .poll(() => answers(listener.told), {timeout: 20_000})
    .toEqual(['welcome', 'welcomeback'])
  await restart(write)
  await expect
    .poll(() => answers(listener.told), {timeout: 20_000})
    .toEqual(['welcome', 'welcomeback', 'welcomeback', 'appear a'])
})

test('a listener that was refused meanwhile resumes: the client then opens a new event source', async () => {
  await client.create({_id: 'seen', _type: 'n'})
  using listener = listen()
  await expect.poll(() => listener.told).toEqual(['welcome'])
  await restart(async (port) => {
    await write()
    let refused = 0
    const gateway = createServer((_request, response) => {
      refused += 1
      response.writeHead(503).end()
    })
    gateway.listen(port)
    await expect.poll(() => refused, {timeout: 20_000}).toBeGreaterThan(0)
    gateway.closeAllConnections()
    await new Promise((resolve) => gateway.close(resolve))
  })
  await expect.poll(() => answers(listener.told), {timeout: 20_000}).toEqual(RESUMED)
})

test('a listener that cannot resume gets reset, and resumes from there', async () => {
  await client.create({_id: 'seen', _type: 'n'})
  using listener = listen()
  await expect.poll(() => listener.told).toEqual(['welcome'])
  await restart(async () => {
    await start(0)
    // Ten at once: one after another takes too long.
    for (let n = 0; n <= MAX_MISSED_COMMITS; n += 10) {
      await Promise.all(Array.from({length: 10}, () => client.create({_type: 'n'})))
    }
    await stop()
  })
  await expect.poll(() => answers(listener.told), {timeout: 20_000}).toEqual(['welcome', 'reset'])
  await restart(write)
  await expect
    .poll(() => answers(listener.told), {timeout: 20_000})
    .toEqual(['welcome', 'reset', 'welcomeback', 'appear a'])
}, 60_000)
