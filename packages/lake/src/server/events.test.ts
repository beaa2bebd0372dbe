import {subscribe, unsubscribe} from 'node:diagnostics_channel'
import {mkdtempSync, rmSync} from 'node:fs'
import {request as httpRequest} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createClient, type SanityClient} from '@sanity/client'
import {afterEach, beforeEach, expect, it} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {logEvents} from './logEvents.ts'
import {type RunningServer, startServer} from './startServer.ts'

let folder: string
let lake: Lake
let server: RunningServer
let client: SanityClient
const undo: (() => void)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-events-'))
  lake = createLake({dataDir: folder})
  server = await startServer({lake, port: 0})
  client = createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiVersion: '2025-02-19',
    apiHost: server.url,
    token: lake.token,
    useProjectHostname: false,
    useCdn: false,
  })
})
afterEach(async () => {
  for (const end of undo.splice(0)) end()
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

/** What is published on a channel from here to the end of the test. */
const eventsOf = (name: string): unknown[] => {
  const events: unknown[] = []
  const listener = (event: unknown): void => void events.push(event)
  subscribe(name, listener)
  undo.push(() => unsubscribe(name, listener))
  return events
}

it('publishes each request without the query string', async () => {
  const events = eventsOf('copydesk:lake:request')
  const path = '/v2025-02-19/data/query/production'
  const response = await fetch(`${server.url}${path}?query=*&token=secret&code=secret`)
  const body = await response.text()
  await expect.poll(() => events).toHaveLength(1)
  expect(events).toEqual([
    {method: 'GET', path, status: 200, ms: expect.any(Number), bytes: expect.any(Number)},
  ])
  expect(events).toEqual([
    expect.objectContaining({bytes: expect.toSatisfy((n) => n > body.length)}),
  ])
  await fetch(`${server.url}/v2025-02-19/nowhere`)
  await expect.poll(() => events).toHaveLength(2)
  expect(events[1]).toMatchObject({status: 501})
})

it('publishes requests whose client left before the response', async () => {
  const events = eventsOf('copydesk:lake:request')
  const path = '/v2025-02-19/data/mutate/production'
  const headers = {authorization: `Bearer ${lake.token}`, 'content-length': '100'}
  const request = httpRequest(`${server.url}${path}`, {method: 'POST', headers})
  request.on('error', () => {})
  request.write('{')
  await expect.poll(() => server.connections).toBe(1)
  setTimeout(() => request.destroy(), 50)
  await expect.poll(() => events, {timeout: 5000}).toHaveLength(1)
  expect(events[0]).toMatchObject({method: 'POST', path, status: 0, bytes: 0})
})

it('publishes queries, how they were executed and why they failed', async () => {
  await client.create({_id: 'a', _type: 'post'})
  const events = eventsOf('copydesk:lake:query')
  const query = '*[_type == $type]'
  const asked = await client.fetch(query, {type: 'post'}, {filterResponse: false})
  expect(asked).not.toHaveProperty('explain')
  const found = {dataset: 'production', query, ms: expect.any(Number)}
  expect(events).toEqual([
    {...found, explanation: expect.objectContaining({candidates: 1, thread: 'serving'})},
  ])
  // Another URL, so that the lake does not repeat the whole response.
  await client.fetch(query, {type: 'post', other: 1})
  await client.fetch('*[', {}).catch(() => {})
  expect(events).toHaveLength(3)
  expect(events[2]).toMatchObject({query: '*[', error: expect.any(String)})
})

it('publishes commits of both threads', async () => {
  const events = eventsOf('copydesk:lake:commit')
  await client.transaction().transactionId('small').create({_id: 'a', _type: 'post'}).commit()
  const large = client.transaction().transactionId('large')
  for (let n = 0; n < 4; n++) {
    large.create({_id: `big-${n}`, _type: 'post', text: 'x'.repeat(500_000)})
  }
  await large.commit()
  await client.create({_id: 'b', _type: 'post'}, {dryRun: true})
  const common = {dataset: 'production', author: expect.any(String), timestamp: expect.any(String)}
  expect(events).toEqual([
    {...common, transactionId: 'small', documents: 1, thread: 'serving'},
    {...common, transactionId: 'large', documents: 4, thread: 'writer'},
  ])
})

it('prints a line for each request and the plan of slow queries', async () => {
  await client.create({_id: 'a', _type: 'post', title: 'private words'})
  const lines: string[] = []
  undo.push(logEvents((line) => lines.push(line), 0))
  await client.fetch('*[_type == "post"\n  && title == $title]', {title: 'private words'})
  await expect.poll(() => lines.length).toBeGreaterThan(3)
  const text = lines.join('\n')
  expect(text).toMatch(/^GET \/v2025-02-19\/data\/query\/production 200 [\d.]+ ms \d+ bytes$/m)
  expect(text).toMatch(
    /^slow query, \d+ ms, dataset production: \*\[_type == "post" && title == \$title\]\n {2}.+: 1 document/m,
  )
  expect(text).not.toContain('private words')
  const [end] = undo.splice(0)
  end?.()
  const printed = lines.length
  await client.fetch('count(*)')
  expect(lines).toHaveLength(printed)
})
