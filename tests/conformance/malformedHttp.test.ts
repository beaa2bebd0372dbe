import {connect} from 'node:net'

import {createLake, type Lake, type RunningServer, startServer} from '@copydesk/lake'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {internalsOf} from '../../packages/lake/src/open/internals.ts'

/**
 * Mistakes below the API: bytes on a socket that are not HTTP, or invalid HTTP. Each gets a 4xx
 * with an API error body, and the server continues.
 */
let lake: Lake
let server: RunningServer
const failures: unknown[] = []
beforeAll(async () => {
  lake = createLake({onError: (error) => failures.push(error)})
  server = await startServer({lake, port: 0})
})
afterAll(async () => {
  await server.close()
  await lake.close()
})

/** Longer than any response takes; reaching it fails the test. */
const PATIENCE = 20_000

/** @returns What the server answers before it closes the connection. */
const answerTo = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.end(bytes))
    let answer = ''
    socket.setEncoding('utf8')
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('no answer')))
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.on('close', () => resolve(answer))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The server may refuse before everything is sent; its response counts.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(answer)
      else reject(error)
    })
  })

interface Parts {
  readonly line: string
  readonly headers: readonly string[]
  readonly body: string | Uint8Array
}

const bytesOf = ({line, headers, body}: Parts): Uint8Array =>
  Buffer.concat([
    Buffer.from([line, 'connection: close', ...headers, '', ''].join('\r\n'), 'latin1'),
    Buffer.from(body),
  ])

const HOST = 'host: localhost'
const QUERY = '/v1/data/query/production?query=1'
const get = (target: string, ...headers: string[]): Parts => ({
  line: `GET ${target} HTTP/1.1`,
  headers: [HOST, ...headers],
  body: '',
})
const mutate = (body: string | Uint8Array, ...headers: string[]): Parts => ({
  line: 'POST /v1/data/mutate/production HTTP/1.1',
  headers: [HOST, `authorization: Bearer ${lake.token}`, ...headers],
  body,
})

const noise = fc.uint8Array({minLength: 1, maxLength: 60})
const word = fc.stringMatching(/^[a-z]{1,12}$/)

const malformed: fc.Arbitrary<() => Uint8Array> = fc.oneof(
  // Not HTTP at all: a first byte that no method begins with.
  noise.map((bytes) => () => Buffer.concat([Buffer.from([0x7f]), bytes, Buffer.from('\r\n\r\n')])),
  // Methods that HTTP does not have, and some that the API does not.
  word.map(
    (name) => () => bytesOf({...get(QUERY), line: `${name.toUpperCase()}X ${QUERY} HTTP/1.1`}),
  ),
  fc
    .constantFrom('PROPFIND', 'SEARCH', 'LINK', 'TRACE', 'MKCOL', 'PUT', 'DELETE')
    .map((method) => () => bytesOf({...get(QUERY), line: `${method} ${QUERY} HTTP/1.1`})),
  // Versions and request lines.
  fc
    .constantFrom('HTTP/0.8', 'HTTP/1.7', 'HTTP/9', 'HTP/1.1', '')
    .map((version) => () => bytesOf({...get(QUERY), line: `GET ${QUERY} ${version}`})),
  // Targets.
  fc
    .constantFrom(
      'v1/x',
      '*',
      '//',
      '/v1/%',
      '/v1/data/doc/production/%zz',
      '/\u0000',
      '/a b',
      '/..',
    )
    .map((target) => () => bytesOf(get(target))),
  fc
    .integer({min: 33_000, max: 70_000})
    .map((length) => () => bytesOf(get(`/v1/data/query/production?query=${'x'.repeat(length)}`))),
  // Headers.
  word.map((name) => () => bytesOf(get(QUERY, `${name} without a colon`))),
  word.map((name) => () => bytesOf(get(QUERY, `${name}: a\u0000b`))),
  word.map((name) => () => bytesOf(get(QUERY, `${name} : x`, `: y`))),
  fc.constant(() => bytesOf({...get(QUERY), headers: []})),
  word.map((wish) => () => bytesOf(get(QUERY, `expect: ${wish}`))),
  word.map((token) => () => bytesOf(get(QUERY, `authorization: Bearer ${token}`))),
  word.map((token) => () => bytesOf(get(QUERY, `authorization: Basic ${token}`))),
  // Lengths and encodings of bodies.
  fc
    .constantFrom('-1', 'abc', '1, 2', '1e3', '99999999999999999999999')
    .map((length) => () => bytesOf(mutate('{}', `content-length: ${length}`))),
  fc.constant(() => bytesOf(mutate('{}', 'content-length: 2', 'content-length: 3'))),
  fc.constant(() => bytesOf(mutate('{}', 'content-length: 2', 'transfer-encoding: chunked'))),
  word.map(
    (size) => () => bytesOf(mutate(`x${size}\r\n{}\r\n0\r\n\r\n`, 'transfer-encoding: chunked')),
  ),
  word.map((coding) => () => bytesOf(mutate('{}', `transfer-encoding: ${coding}`))),
  fc
    .integer({min: 3, max: 500})
    .map((length) => () => bytesOf(mutate('{}', `content-length: ${length}`))),
  noise.map(
    (bytes) => () =>
      bytesOf(
        mutate(
          Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes]),
          'content-encoding: gzip',
          `content-length: ${bytes.length + 2}`,
        ),
      ),
  ),
)

test('1,500 connections with mistakes below the API are answered with 4xx', async () => {
  await fc.assert(
    fc.asyncProperty(malformed, async (make) => {
      const bytes = make()
      const answer = await answerTo(bytes)
      const said = `${Buffer.from(bytes).toString('latin1').slice(0, 200)}\n→ ${answer.slice(0, 400)}`
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])
      if (!(status >= 400 && status < 500)) throw new Error(`not refused: ${said}`)
      const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
      try {
        expect(JSON.parse(body)).toMatchObject({
          statusCode: status,
          error: expect.any(String),
          message: expect.any(String),
        })
      } catch (cause) {
        throw new Error(`not in the API’s shape: ${said}`, {cause})
      }
    }),
    {numRuns: 1500},
  )
  expect(failures).toEqual([])
  const {store} = internalsOf(lake).dataset('production')
  expect(store.revision).toBe(0)
  const alive = await fetch(`${server.url}${QUERY}`)
  expect(await alive.json()).toMatchObject({result: 1})
}, 240_000)
