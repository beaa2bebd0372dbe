import {execFile} from 'node:child_process'
import {createServer, type IncomingMessage, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {promisify} from 'node:util'

import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'

const network = new URL('./confinedNetwork.ts', import.meta.url).href
const run = promisify(execFile)

/** Records requests in place of the lake. */
let server: Server
let url: string
const seen: string[] = []

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim())
    response.end('{"here": true}')
  })
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`)
    socket.end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const {port}: AddressInfo = Object(server.address())
  url = `http://127.0.0.1:${port}`
})

beforeEach(() => {
  seen.length = 0
})

afterAll(() => {
  server.close()
})

/** What a program prints that runs with the network of `lake sanity`. */
const confined = async (program: string, search = `?lake=${url}`): Promise<string> => {
  const code = `const print = (value) => console.log(String(value))\n${program}`
  const {stdout} = await run(process.execPath, [
    '--import',
    network + search,
    '--input-type=module',
    '--eval',
    code,
  ])
  return stdout.trim()
}

const API = 'https://copydesk.api.sanity.io/v1/users/me?a=b'
const INIT = `{headers: {authorization: 'Bearer secret'}}`

const ways: Readonly<Record<string, (address: string) => string>> = {
  'the global fetch': (address) =>
    `print(await fetch('${address}', ${INIT}).then((r) => r.text(), (e) => e.cause?.message ?? e))`,
  'a Request': (address) =>
    `print(await fetch(new Request('${address}', ${INIT})).then((r) => r.text(), (e) => e.cause?.message ?? e))`,
  "undici's fetch": (address) => `import {Agent, fetch as get} from 'undici'
    print(await get('${address}', {...${INIT}, dispatcher: new Agent()}).then((r) => r.text(), (e) => e.cause?.message ?? e))`,
  'https.request': (address) => `import {request} from 'node:https'
    print(await new Promise((done) => request('${address}', ${INIT}, async (r) => done((await r.toArray()).join('')))
      .on('error', (e) => done(e.message)).end()))`,
  'https.get with options': (address) => `import https from 'node:https'
    const {hostname, pathname, search} = new URL('${address}')
    print(await new Promise((done) => https.get({hostname, path: pathname + search, ...${INIT}}, async (r) => done((await r.toArray()).join('')))
      .on('error', (e) => done(e.message))))`,
}

test.each(Object.entries(ways))("%s: requests to Sanity's API go to the lake", async (_, way) => {
  expect(await confined(way(API))).toBe('{"here": true}')
  expect(seen).toEqual(['GET /v1/users/me?a=b Bearer secret'])
})

test.each(Object.entries(ways))('%s: other hosts are refused', async (_, way) => {
  expect(await confined(way('https://example.org/'))).toContain(
    'does not connect to example.org, only to the lake',
  )
  expect(seen).toEqual([])
})

test('a name that only looks like the API is refused', async () => {
  const way = ways['the global fetch']
  expect(await confined(way?.('https://api.sanity.io.example.org/') ?? '')).toContain(
    'does not connect to api.sanity.io.example.org',
  )
  expect(seen).toEqual([])
})

test("without a lake, Sanity's API is refused too", async () => {
  const way = ways["undici's fetch"]
  const printed = await confined(way?.(API) ?? '', '')
  expect(printed).toContain('does not connect to copydesk.api.sanity.io')
  expect(seen).toEqual([])
})

test('names below localhost are allowed', async () => {
  const {port} = new URL(url)
  const way = ways["undici's fetch"]
  expect(await confined(way?.(`http://copydesk.localhost:${port}/x`) ?? '')).toBe('{"here": true}')
})

test("a URL of another class, as a Studio's commands use, goes to the lake", async () => {
  const program = `import {fetch as get} from 'undici'
    const address = new URL('${API}')
    globalThis.URL = class extends URL {}
    print(await get(address, ${INIT}).then((r) => r.text()))
    print(await fetch(address, ${INIT}).then((r) => r.text()))`
  expect(await confined(program)).toBe('{"here": true}\n{"here": true}')
})

test("undici's entry, read as text as Vite does it, goes to the lake", async () => {
  const program = `import {readFileSync} from 'node:fs'
    import {createRequire} from 'node:module'
    const entry = createRequire('${import.meta.filename}').resolve('undici')
    const module = {exports: {}}
    new Function('module', 'require', readFileSync(entry, 'utf8'))(module, createRequire(entry))
    print(await module.exports.fetch('${API}', ${INIT}).then((r) => r.text()))`
  expect(await confined(program)).toBe('{"here": true}')
  expect(seen).toEqual(['GET /v1/users/me?a=b Bearer secret'])
})

test('a path that begins with two slashes is no host name', async () => {
  const way = ways['the global fetch']
  const doubled = 'https://copydesk.api.sanity.io//v2024-01-29/data/query/production?query=1'
  expect(await confined(way?.(doubled) ?? '')).toBe('{"here": true}')
  expect(seen).toEqual(['GET /v2024-01-29/data/query/production?query=1 Bearer secret'])
})

test('plain sockets reach no other host', async () => {
  const program = `import net from 'node:net'
    net.connect(443, '192.0.2.1').on('error', (e) => print(e.message))
    net.connect({port: 443, host: '192.0.2.2'}).on('error', (e) => print(e.message))`
  expect((await confined(program)).split('\n')).toEqual([
    expect.stringContaining('does not connect to 192.0.2.1'),
    expect.stringContaining('does not connect to 192.0.2.2'),
  ])
})
