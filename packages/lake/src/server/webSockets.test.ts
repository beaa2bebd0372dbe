import {once} from 'node:events'
import {connect} from 'node:net'

import {afterEach, beforeEach, expect, test} from 'vitest'
import {WebSocket} from 'ws'

import {MAX_SOCKET_BACKLOG_BYTES} from '../core/limits.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {type RunningServer, startServer} from './startServer.ts'

let lake: Lake
let server: RunningServer
beforeEach(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
})
afterEach(async () => {
  await server.close()
  await lake.close()
})

const call = (method: string, params: object = {}): string =>
  JSON.stringify({jsonrpc: '2.0', id: 1, method, params})

/** A masked text frame: the mask of zeros leaves the text as it is. */
const frame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const head = Buffer.from([0x81, 0xfe, 0, 0, 0, 0, 0, 0])
  head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

/** A client that subscribes and then reads nothing. */
const joinDeaf = async () => {
  const {hostname, port} = new URL(server.url)
  const socket = connect({host: hostname, port: Number(port)})
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(
    'GET /v1/socket/production HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n' +
      'upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n',
  )
  await once(socket, 'readable')
  for (const text of [
    call('authorization', {authorization: `Bearer ${lake.token}`}),
    ...Array.from({length: 4}, () => call('presence_subscribe')),
  ]) {
    socket.write(frame(text.padEnd(130)))
  }
  return socket
}

test('a client that does not read is cut, and what waited for it is forgotten', async () => {
  const deaf = await Promise.all(Array.from({length: 10}, joinDeaf))
  const talker = new WebSocket(`${server.url.replace('http', 'ws')}/v1/socket/production`)
  await once(talker, 'open')
  const ask = async (method: string, params: object): Promise<string> => {
    const answered = once(talker, 'message')
    talker.send(call(method, params))
    const [data] = await answered
    return String(data)
  }
  await ask('authorization', {authorization: `Bearer ${lake.token}`})
  let most = 0
  const locations = ['x'.repeat(60_000)]
  // Each goes four times to each of ten sockets, far more than the kernel takes.
  for (let n = 0; n < 60; n++) {
    expect(await ask('presence_announce', {data: {sessionId: 'a', locations}})).toContain('true')
    most = Math.max(most, internalsOf(lake).backlogs.bytes)
  }
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(10 * 1.1 * MAX_SOCKET_BACKLOG_BYTES)
  await expect.poll(() => internalsOf(lake).backlogs.bytes).toBe(0)
  talker.close()
  for (const socket of deaf) socket.destroy()
}, 30_000)
