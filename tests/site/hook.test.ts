/** A site that live events do not reach: the lake's webhooks tell it of changes. */
import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo, Server} from 'node:net'

import {createAdaptorServer} from '@hono/node-server'
import {encodeSignatureHeader, SIGNATURE_HEADER_NAME} from '@sanity/webhook'
import {afterAll, beforeAll, expect, it} from 'vitest'

import {type Newsroom, openNewsroom} from '../queries/newsroom.ts'
import {story} from '../queries/stories.ts'
import {openSite, ORIGIN, type TestSite} from './openSite.ts'

const SECRET = 'a secret of ours'
const closing = new AsyncDisposableStack()

/** The address of a server on a free port, until the tests are over. */
const listening = async (server: Server): Promise<string> => {
  server.listen(0, 'localhost')
  await once(server, 'listening')
  closing.defer(() => void server.close())
  const address = server.address()
  const {port}: Partial<AddressInfo> = typeof address === 'object' && address ? address : {}
  return `http://localhost:${port}`
}

/** A way to a lake on which event streams do not pass. */
const withoutStreams = (lake: string) =>
  createServer(async ({url = '/'}, response) => {
    if (url.includes('/live/events')) return response.writeHead(503).end()
    const answer = await fetch(`${lake}${url}`)
    return response
      .writeHead(answer.status, {'content-type': 'application/json'})
      .end(await answer.text())
  })

let newsroom: Newsroom
let site: TestSite
let address: string
beforeAll(async () => {
  newsroom = await openNewsroom()
  const {apiHost = ''} = newsroom.client.config()
  const client = newsroom.client.withConfig({apiHost: await listening(withoutStreams(apiHost))})
  site = await openSite({...newsroom, client}, {hookSecret: SECRET})
  address = await listening(createAdaptorServer({fetch: site.site.fetch}))
})
afterAll(async () => {
  site.close()
  await closing.disposeAsync()
  await newsroom.close()
})

const front = async (): Promise<string> => (await site.get('/')).text()

it('a change renews a page that would have been kept for a minute', async () => {
  expect(await front()).not.toContain('The story of today')
  const today = story('today', {firstPublishedAt: new Date().toISOString()})
  await newsroom.publish(today)
  // No event arrives, so the page is the one that was kept.
  expect(await front()).not.toContain('The story of today')

  await newsroom.editor.request({
    url: `/hooks/projects/${newsroom.client.config().projectId}`,
    method: 'POST',
    body: {
      name: 'Site',
      dataset: 'production',
      url: `${address}/api/hooks/sanity`,
      secret: SECRET,
      rule: {filter: '_type == "article"', projection: '{_id}'},
    },
  })
  await newsroom.publish({...today, headline: 'The story of tonight'})
  await expect.poll(front).toContain('The story of tonight')
})

const called = async (signature: string, headers: Record<string, string> = {}) => {
  const request = new Request(`${ORIGIN}/api/hooks/sanity`, {
    method: 'POST',
    body: '{}',
    headers: {[SIGNATURE_HEADER_NAME]: signature, ...headers},
  })
  const response = await site.site.fetch(request)
  return response.status
}

it('only calls that were signed with the secret count', async () => {
  expect(await called(await encodeSignatureHeader('{}', Date.now(), SECRET))).toBe(204)
  expect(await called(await encodeSignatureHeader('{}', Date.now(), 'another'))).toBe(401)
  expect(await called(await encodeSignatureHeader('{"a":1}', Date.now(), SECRET))).toBe(401)
  for (const signature of ['', 't=1', 't=x,v1=y']) expect(await called(signature)).toBe(401)
  const signed = await encodeSignatureHeader('{}', Date.now(), SECRET)
  expect(await called(signed, {'content-length': '1000001'})).toBe(413)
})

it('a site without a secret has no such address', async () => {
  const plain = await openSite(newsroom)
  const request = new Request(`${ORIGIN}/api/hooks/sanity`, {method: 'POST', body: '{}'})
  expect((await plain.site.fetch(request)).status).toBe(404)
  plain.close()
})
