import {once} from 'node:events'
import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {connect, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {WebSocket} from 'ws'

import {createLake, type Lake} from '../open/createLake.ts'
import type {ClientLimits} from './clientLimits.ts'
import {type RunningServer, startServer} from './startServer.ts'

/** What clients do that take and do not give: over raw sockets, with times that a test can wait. */

let folder: string
let lake: Lake
let server: RunningServer
let opened: Socket[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-clients-'))
  opened = []
  lake = createLake({dataDir: folder})
})
afterEach(async () => {
  for (const socket of opened) socket.destroy()
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

const serve = async (clientLimits: Partial<ClientLimits>): Promise<void> => {
  server = await startServer({lake, port: 0, host: '127.0.0.1', clientLimits})
}

interface Client {
  readonly socket: Socket
  /** All that the server has said so far. */
  said(): string
  /** Resolves with it when the server has closed the connection. */
  readonly closed: Promise<string>
}

const open = async (text = ''): Promise<Client> => {
  const socket = connect(server.port, '127.0.0.1')
  opened.push(socket)
  let said = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => (said += chunk))
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(said)))
  await once(socket, 'connect')
  socket.write(text)
  return {socket, said: () => said, closed}
}

const post = (path: string, length: number, part = ''): Promise<Client> =>
  open(
    `POST /v1${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${lake.token}\r\n` +
      `content-length: ${length}\r\n\r\n${part}`,
  )

const MUTATE = '/data/mutate/production'
const PING = 'GET /v1/ping HTTP/1.1\r\nhost: localhost\r\n\r\n'
const LISTEN = 'GET /v1/data/listen/production?query=* HTTP/1.1\r\nhost: localhost\r\n\r\n'

const answers = async (): Promise<boolean> => {
  const {said} = await open(PING)
  return expect
    .poll(said, {timeout: 20_000})
    .toContain('"pong":true')
    .then(() => true)
}

const has = async (client: Client, text: string): Promise<void> => {
  await expect.poll(client.said, {timeout: 20_000}).toContain(text)
}

describe('what does not arrive', () => {
  test('a head is answered with 408 and its connection closed', async () => {
    await serve({headTime: 200})
    const silent = await open()
    const slow = await open('GET /v1/ping HTTP/1.1\r\nx-slow: ')
    expect(await slow.closed).toMatch(/^HTTP\/1\.1 408 .*"statusCode":408/s)
    await silent.closed
    expect(await answers()).toBe(true)
  })

  test.each([MUTATE, '/data/actions/production', '/data/query/production', '/datasets/other'])(
    'the body of %s is answered with 408, and its memory given back',
    async (path) => {
      await serve({bodyTime: 300, knownBodyBytes: 1000})
      const method = path.startsWith('/datasets') ? 'PUT' : 'POST'
      const head = `${method} /v1${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${lake.token}\r\n`
      const slow = await open(`${head}content-length: 990\r\n\r\n{"a":"${'x'.repeat(900)}`)
      const second = await post(MUTATE, 990, `{"a":"${'x'.repeat(900)}`)
      expect(await second.closed).toMatch(/^HTTP\/1\.1 429 .*"statusCode":429/s)
      expect(await slow.closed).toMatch(/^HTTP\/1\.1 408 .*"statusCode":408/s)
      const body = '{"mutations":[]}'.padEnd(990)
      await has(await post(MUTATE, 990, body), 'HTTP/1.1 200')
    },
  )

  test('an upload is answered with 408 when it stops, and takes as long as it goes on', async () => {
    await serve({bodyTime: 600, uploadBytes: 1})
    const slow = await post('/assets/files/production', 100, 'twelve bytes')
    const steady = await post('/assets/files/production?filename=a.txt', 24, '')
    for (let n = 0; n < 8; n++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      steady.socket.write('abc')
    }
    await has(steady, 'HTTP/1.1 200')
    expect(await slow.closed).toMatch(/^HTTP\/1\.1 408 .*"statusCode":408/s)
    const assets = readdirSync(join(folder, 'datasets', 'production', 'assets'), {recursive: true})
    expect(assets.filter((name) => String(name).includes('incoming/'))).toEqual([])
  })

  test('a body that no handler reads keeps its connection no longer', async () => {
    await serve({bodyTime: 200})
    const client = await post('/intake/batch', 100_000, '{')
    expect(await client.closed).toMatch(/^HTTP\/1\.1 200 /)
    expect(await answers()).toBe(true)
  })
})

describe('what stays open', () => {
  test('a response or an export that is not read is cut off', async () => {
    await serve({responseTime: 200})
    for (let n = 0; n < 14; n++) {
      const mutations = [{create: {_type: 'note', text: 'x'.repeat(1_000_000)}}]
      const headers = {authorization: `Bearer ${lake.token}`}
      const body = JSON.stringify({mutations})
      // Not over the network: its connections are counted below.
      const url = `http://localhost/v1${MUTATE}`
      const {status} = await lake.fetch(new Request(url, {method: 'POST', body, headers}))
      expect(status).toBe(200)
    }
    for (const path of ['query/production?query=*[]', 'export/production']) {
      const reader = await open()
      reader.socket.pause()
      reader.socket.write(`GET /v1/data/${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
      await expect.poll(countOpen, {timeout: 20_000}).toBe(1)
      await expect.poll(countOpen, {timeout: 20_000}).toBe(0)
      reader.socket.resume()
      expect((await reader.closed).length).toBeLessThan(14_000_000)
    }
  })

  test('unread responses have a total limit, beyond which the largest are cut off', async () => {
    await serve({responseBytes: 20_000_000})
    for (let n = 0; n < 9; n++) {
      const mutations = [{create: {_id: `${n}`, _type: 'note', text: 'x'.repeat(1_000_000)}}]
      const url = `http://localhost/v1${MUTATE}`
      const headers = {authorization: `Bearer ${lake.token}`}
      await lake.fetch(
        new Request(url, {method: 'POST', body: JSON.stringify({mutations}), headers}),
      )
    }
    const readers: Client[] = []
    for (const slice of ['0...1', '0...9', '0...9', '0...9', '0...9', '0...9', '0...9']) {
      const reader = await open()
      reader.socket.pause()
      reader.socket.write(
        `GET /v1/data/query/production?query=*[${slice}] HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      )
      readers.push(reader)
    }
    await expect.poll(countOpen, {timeout: 20_000}).toBeLessThan(5)
    // The small one is still there, and whole.
    for (const {socket} of readers) socket.resume()
    await has(readers[0] ?? (await open()), '}],"syncTags"')
    expect(await answers()).toBe(true)
  })

  test('a connection without a further request is closed', async () => {
    await serve({idleTime: 1})
    const client = await open(PING)
    expect(await client.closed).toContain('"pong":true')
  })

  test('connections that send nothing give way to new ones, the oldest first', async () => {
    await serve({connections: 3})
    const first = await open()
    const second = await open()
    const third = await open()
    expect(await answers()).toBe(true)
    await first.closed
    expect(await answers()).toBe(true)
    await second.closed
    expect(third.socket.destroyed).toBe(false)
  })

  test('those that wait for their next request go next, and streams stay', async () => {
    await serve({connections: 3})
    const streams = [await open(LISTEN), await open(LISTEN)]
    for (const stream of streams) await has(stream, 'event: welcome')
    const idle = await open(PING)
    await has(idle, 'pong')
    expect(await answers()).toBe(true)
    await idle.closed
    const more = await open(LISTEN)
    await has(more, 'event: welcome')
    const refused = await open(LISTEN)
    expect(await refused.closed).toBe('')
    for (const {socket, said} of [...streams, more]) {
      expect(socket.destroyed).toBe(false)
      expect(said()).toContain('event: welcome')
    }
  })

  test('as many as there may be come at once, and all are answered', async () => {
    await serve({connections: 700})
    const clients = await Promise.all(Array.from({length: 700}, () => open(PING)))
    for (const client of clients) await has(client, '"pong":true')
    expect(countOpen()).toBe(700)
  })

  test('one address has a limit of connections', async () => {
    await serve({connectionsOfAddress: 2})
    const streams = [await open(LISTEN), await open(LISTEN)]
    for (const stream of streams) await has(stream, 'event: welcome')
    const third = await open(LISTEN)
    expect(await third.closed).toBe('')
    const unused = await open()
    await unused.closed
    streams[0]?.socket.destroy()
    await expect.poll(countOpen, {timeout: 20_000}).toBe(1)
    expect(await answers()).toBe(true)
  })
})

/** Connections that the server holds. */
const countOpen = (): number => server.connections

const connectSocket = async (): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/v1/socket/production`)
  await once(socket, 'open')
  return socket
}
const signIn = async (socket: WebSocket): Promise<void> => {
  const params = {authorization: `Bearer ${lake.token}`}
  socket.send(JSON.stringify({jsonrpc: '2.0', id: 1, method: 'authorization', params}))
  await once(socket, 'message')
}

describe('a web socket', () => {
  test('is closed when it sends no token in time', async () => {
    await serve({tokenTime: 200})
    const [known, unknown] = [await connectSocket(), await connectSocket()]
    await signIn(known)
    const [code] = await once(unknown, 'close')
    expect(code).toBe(4001)
    expect(known.readyState).toBe(WebSocket.OPEN)
    known.terminate()
  })

  test('without a token gives way when there are too many', async () => {
    await serve({unknownSockets: 2})
    const known = await connectSocket()
    await signIn(known)
    const first = await connectSocket()
    const ended = once(first, 'close')
    const others = [await connectSocket(), await connectSocket()]
    await ended
    expect([known, ...others].every(({readyState}) => readyState === WebSocket.OPEN)).toBe(true)
    for (const socket of [known, ...others]) socket.terminate()
  })

  test('is rejected beyond the limit', async () => {
    await serve({sockets: 1})
    const first = await connectSocket()
    const second = new WebSocket(`ws://127.0.0.1:${server.port}/v1/socket/production`)
    second.on('error', () => {})
    const [, answer] = await once(second, 'unexpected-response')
    expect(answer.statusCode).toBe(429)
    first.terminate()
  })

  test('is closed when its client does not answer', async () => {
    await serve({heartbeat: 100})
    const known = await connectSocket()
    const gone = await open(
      'GET /v1/socket/production HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n' +
        'upgrade: websocket\r\nsec-websocket-version: 13\r\n' +
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    expect(await gone.closed).toMatch(/^HTTP\/1\.1 101 /)
    expect(known.readyState).toBe(WebSocket.OPEN)
    known.terminate()
  })
})
