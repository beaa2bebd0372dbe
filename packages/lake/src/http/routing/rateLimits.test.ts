import {afterEach, beforeEach, expect, test} from 'vitest'

import {
  MAX_CALLS_PER_SECOND,
  MAX_MUTATIONS_PER_SECOND,
  MAX_RATED_ADDRESSES,
  MAX_UPLOADS_PER_SECOND,
} from '../../core/limits.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {type RunningServer, startServer} from '../../server/startServer.ts'
import {clientOf} from '../testClient.ts'
import {createRateLimits} from './rateLimits.ts'

let time: number
let lake: Lake
let server: RunningServer
beforeEach(async () => {
  time = Date.parse('2026-01-01T00:00:00.000Z')
  lake = createLake({now: () => time, rateLimits: true})
  server = await startServer({lake, port: 0})
})
afterEach(async () => {
  await server.close()
  await lake.close()
})

const refused = (message: string) => ({
  statusCode: 429,
  response: {
    headers: expect.objectContaining({'retry-after': '1'}),
    body: expect.objectContaining({message: expect.stringContaining(message)}),
  },
})

test('25 mutations, mutate and actions together, and more in the next second', async () => {
  const client = clientOf(lake, server.url, {maxRetries: 0})
  for (let n = 0; n < MAX_MUTATIONS_PER_SECOND; n++) await client.create({_type: 'note', n})
  await expect(client.create({_type: 'note'})).rejects.toMatchObject(refused('25 mutations'))
  const create = {
    actionType: 'sanity.action.document.create',
    publishedId: 'a',
    attributes: {_id: 'drafts.a', _type: 'note'},
    ifExists: 'fail',
  } as const
  await expect(client.action(create)).rejects.toMatchObject(refused('25 mutations'))
  expect(await client.fetch('count(*)')).toBe(MAX_MUTATIONS_PER_SECOND)
  time += 1000
  await client.action(create)
  expect(await client.fetch('count(*)')).toBe(MAX_MUTATIONS_PER_SECOND)
  expect(await client.fetch('count(*)', {}, {perspective: 'raw'})).toBe(
    MAX_MUTATIONS_PER_SECOND + 1,
  )
})

test('25 uploads', async () => {
  const client = clientOf(lake, server.url, {maxRetries: 0})
  const upload = (n: number) => client.assets.upload('file', Buffer.from(`file ${n}`))
  for (let n = 0; n < MAX_UPLOADS_PER_SECOND; n++) await upload(n)
  await expect(upload(25)).rejects.toMatchObject(refused('25 uploads'))
  time += 1000
  expect(await upload(25)).toMatchObject({_type: 'sanity.fileAsset'})
})

test('500 calls of all kinds, those that are answered from a cache too', async () => {
  const client = clientOf(lake, server.url, {maxRetries: 0})
  for (let n = 0; n < MAX_CALLS_PER_SECOND; n++) await client.fetch('1')
  await expect(client.fetch('1')).rejects.toMatchObject(refused('500 requests'))
  const response = await fetch(`${server.url}/v1/ping`, {
    headers: {origin: 'http://localhost:3000'},
  })
  expect(response.status).toBe(429)
  // A page may know why.
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
  time += 1000
  expect(await client.fetch('1')).toBe(1)
})

test('a lake has no such limits by default', async () => {
  await using free = createLake({now: () => time})
  const own = await startServer({lake: free, port: 0})
  try {
    const client = clientOf(free, own.url, {maxRetries: 0})
    for (let n = 0; n <= MAX_MUTATIONS_PER_SECOND; n++) await client.create({_type: 'note', n})
    expect(await client.fetch('count(*)')).toBe(MAX_MUTATIONS_PER_SECOND + 1)
  } finally {
    await own.close()
  }
})

test('counts by address, and no more addresses than it has memory for', () => {
  const rates = createRateLimits(() => time)
  const mutate = (address: string) => () =>
    rates.count({method: 'POST', path: '/data/mutate/production', address})
  for (let n = 0; n < MAX_MUTATIONS_PER_SECOND; n++) mutate('first')()
  expect(mutate('first')).toThrow(/25 mutations/)
  for (let n = 1; n < MAX_RATED_ADDRESSES; n++) expect(mutate(`${n}`)).not.toThrow()
  for (let n = 0; n < MAX_MUTATIONS_PER_SECOND; n++) expect(mutate(`late ${n}`)).not.toThrow()
  expect(mutate('late')).toThrow(/25 mutations/)
  expect(mutate('1')).not.toThrow()
})

test('leaves this machine alone where only others are limited', () => {
  const rates = createRateLimits(() => time, 'otherMachines')
  const mutateOften = (address: string) => () => {
    const request = {method: 'POST', path: '/data/mutate/production', address}
    for (let n = 0; n <= MAX_MUTATIONS_PER_SECOND; n++) rates.count(request)
  }
  for (const own of ['127.0.0.1', '::ffff:127.0.0.1', '::1', '']) {
    expect(mutateOften(own)).not.toThrow()
  }
  for (const other of ['192.168.1.7', '::ffff:10.0.0.3', 'fe80::1', '2001:db8::127.0.0.1']) {
    expect(mutateOften(other)).toThrow(/25 mutations/)
  }
})
