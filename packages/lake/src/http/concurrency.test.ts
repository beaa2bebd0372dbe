import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {type ClientRequest, request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {createConcurrencyLimit} from '../core/concurrencyLimit.ts'
import {
  MAX_MUTATIONS_AT_ONCE,
  MAX_QUERIES_AT_ONCE,
  MAX_SCANS,
  MAX_WAITING_ANONYMOUS_SCANS,
  MUTATION_TIMEOUT,
} from '../core/limits.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'
import {clientOf} from './testClient.ts'

let folder: string
let lake: Lake
let server: RunningServer
/** What the clock goes on by whenever it is looked at, in milliseconds. */
let step = 0
beforeEach(async () => {
  step = 0
  let time = 0
  folder = mkdtempSync(join(tmpdir(), 'lake-at-once-'))
  lake = createLake({dataDir: folder, now: () => (time += step)})
  server = await startServer({lake, port: 0})
})
afterEach(async () => {
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

const newClient = () => clientOf(lake, server.url, {maxRetries: 0})

/** A mutate or actions request whose body begins and does not go on. */
const begin = async (what: 'mutate' | 'actions'): Promise<ClientRequest> => {
  const begun = request(`${server.url}/v2025-02-19/data/${what}/production`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${lake.token}`,
      'content-length': 100,
      // The server says when it has the head.
      expect: '100-continue',
    },
  })
  begun.on('error', () => {})
  begun.flushHeaders()
  await once(begun, 'continue')
  begun.write('{')
  return begun
}

test('requests whose bodies do not arrive keep no other from its turn', async () => {
  const client = newClient()
  const held = await Promise.all(
    Array.from({length: MAX_MUTATIONS_AT_ONCE + 20}, (_, n) => begin(n % 2 ? 'mutate' : 'actions')),
  )
  const {_id} = await client.create({_id: 'drafts.a', _type: 'note'})
  await client.action({
    actionType: 'sanity.action.document.publish',
    draftId: _id,
    publishedId: 'a',
  })
  expect(await client.fetch('count(*)')).toBe(1)
  for (const one of held) one.destroy()
})

test('a concurrency limit rejects work beyond the limit, and accepts it when other work has ended', async () => {
  const {run} = createConcurrencyLimit(2, 'writes')
  const [first, second] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()]
  const inside = [run(() => first.promise), run(() => second.promise)]
  const message = 'The dataset is running 2 writes, which is its limit. Try again in a second.'
  expect(() => run(() => 3)).toThrow(expect.objectContaining({status: 429, message}))
  first.resolve(1)
  await inside[0]
  expect(run(() => 3)).toBe(3)
  second.reject(new Error('failed'))
  await expect(inside[1]).rejects.toThrow('failed')
  expect(run(() => 4)).toBe(4)
})

test('a dataset limits its concurrent queries, and accepts new ones when others have ended', async () => {
  const client = newClient()
  const transaction = client.transaction()
  for (let n = 0; n < 400; n++) transaction.create({_type: 'note', n})
  await transaction.commit()
  // Far more than can be looked at in the time that a query has.
  const endless = 'count(*[count(*[count(*[count(*[n + ^.n > ^.^.n + $n]) > $n]) > $n]) > $n])'
  // Less for $n below 0, so that the lake knows the query for a slow one from then on.
  const query = `select($n < 0 => count(*[count(*[n > ^.n]) > $n]), ${endless})`
  expect(await client.fetch(query, {n: -1})).toBe(400)
  const leave = new AbortController()
  const ask = (n: number) =>
    fetch(
      `${server.url}/v2025-02-19/data/query/production?query=${encodeURIComponent(query)}&$n=${n}`,
      {headers: {authorization: `Bearer ${lake.token}`}, signal: leave.signal},
    )
  const answers: Response[] = []
  const held = Array.from({length: MAX_QUERIES_AT_ONCE + 1}, async (_, n) => {
    try {
      answers.push(await ask(n))
    } catch (error) {
      if (!leave.signal.aborted) throw error
    }
  })
  await expect.poll(() => answers.length, {timeout: 60_000}).toBe(1)
  const [refused] = answers
  expect(refused?.status).toBe(429)
  expect(refused?.headers.get('retry-after')).toBe('1')
  expect(await refused?.json()).toMatchObject({
    message: expect.stringContaining(`${MAX_QUERIES_AT_ONCE} queries`),
  })
  await expect(client.fetch('1')).rejects.toMatchObject({statusCode: 429})
  leave.abort()
  await Promise.all(held)
  await expect.poll(() => client.fetch('1').catch(() => 'refused'), {timeout: 60_000}).toBe(1)
}, 120_000)

test('long queries without a token keep none with a token waiting, and are few', async () => {
  const client = newClient()
  const transaction = client.transaction()
  for (let n = 0; n < 400; n++) transaction.create({_id: `n${n}`, _type: 'note', n})
  await transaction.commit()
  const scan = 'count(*[count(*[n > ^.n]) > $n])'
  const endless = `count(*[count(*[count(*[n + ^.n > ^.^.n + $n]) > $n]) > $n]) + ${scan}`
  const leave = new AbortController()
  const ask = (n: number) =>
    fetch(
      `${server.url}/v2025-02-19/data/query/production?query=${encodeURIComponent(endless)}&$n=${n}`,
      {signal: leave.signal},
    )
  const answers: Response[] = []
  const most = MAX_SCANS + MAX_WAITING_ANONYMOUS_SCANS
  const held = Array.from({length: most + 3}, async (_, n) => {
    try {
      answers.push(await ask(n))
    } catch (error) {
      if (!leave.signal.aborted) throw error
    }
  })
  await expect.poll(() => answers.length, {timeout: 60_000}).toBe(3)
  for (const {status, headers} of answers) {
    expect([status, headers.get('retry-after')]).toEqual([429, '5'])
  }
  // More than the serving thread works out itself, so it was in a scan thread.
  for (let n = 0; n < 3; n += 1) expect(await client.fetch(scan, {n})).toBe(399 - n)
  expect(answers).toHaveLength(3)
  // Those who have gone make room for others.
  leave.abort()
  await Promise.all(held)
  await expect
    .poll(
      () =>
        fetch(
          `${server.url}/v2025-02-19/data/query/production?query=${encodeURIComponent(scan)}&$n=7`,
        ).then(({status}) => status),
      {timeout: 60_000},
    )
    .toBe(200)
}, 120_000)

test('a mutation by query that runs for too long changes nothing', async () => {
  const client = newClient()
  const transaction = client.transaction()
  for (let n = 0; n < 20; n++) transaction.create({_type: 'note', n})
  await transaction.commit()
  const patch = client.patch({query: '*[_type == "note"]'}).set({done: true})
  step = MUTATION_TIMEOUT / 10
  await expect(client.mutate(patch)).rejects.toMatchObject({
    statusCode: 400,
    details: {
      type: 'mutationError',
      items: [{index: 0, error: {description: expect.stringContaining('3 minutes')}}],
    },
  })
  const many = client.transaction()
  for (let n = 0; n < 20; n++) many.createOrReplace({_id: `n${n}`, _type: 'note'})
  await expect(client.mutate(many)).rejects.toThrow(/3 minutes/)
  step = 0
  expect(await client.fetch('count(*[done || _id == "n0"])')).toBe(0)
  await client.mutate(patch)
  expect(await client.fetch('count(*[done])')).toBe(20)
})
