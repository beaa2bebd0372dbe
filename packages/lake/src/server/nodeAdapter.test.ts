import {once} from 'node:events'
import {createServer, get} from 'node:http'
import {buffer} from 'node:stream/consumers'

import {expect, it, vi} from 'vitest'

import {CLIENT_LIMITS} from './clientLimits.ts'
import {send} from './nodeAdapter.ts'
import {createUnreadResponses} from './unreadResponses.ts'

/** More than the sockets of both sides hold, so that the server waits for the client. */
const BYTES = 16 * 1024 * 1024

it('frees a large response as soon as the client has read it, and not before', async () => {
  const part = new Uint8Array(BYTES).fill(32)
  const unread = createUnreadResponses(CLIENT_LIMITS.responseBytes)
  const server = createServer((_, response) =>
    send(response, {status: 200, headers: {}, body: [part]}, CLIENT_LIMITS, unread),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a network address')

  const request = get({port: address.port, host: '127.0.0.1'})
  const [response] = await once(request, 'response')
  expect(part.byteLength).toBe(BYTES)
  expect((await buffer(response)).equals(Buffer.alloc(BYTES, 32))).toBe(true)
  await vi.waitFor(() => expect(part.byteLength).toBe(0))

  server.close()
})
