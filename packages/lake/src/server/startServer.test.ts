import {mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {request as httpRequest} from 'node:http'
import {connect} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {findRunningLake} from './findRunningLake.ts'
import {type RunningServer, startServer} from './startServer.ts'

let folder: string
let lake: Lake
let server: RunningServer
let failures: unknown[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-server-'))
  failures = []
  lake = createLake({dataDir: join(folder, 'data'), onError: (error) => failures.push(error)})
  server = await startServer({lake, port: 0})
})
afterEach(async () => {
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** As `fetch`, with any headers: `fetch` lets nobody set Host. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const {port} = server
    const request = httpRequest({host: '127.0.0.1', port, path, method, headers}, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () =>
        resolve({status: response.statusCode ?? 0, headers: response.headers, body}),
      )
    })
    request.on('error', reject)
    request.end()
  })

const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

const upgrade = (path: string, headers = '') =>
  raw(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n${headers}` +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )

describe('a server', () => {
  test('is found through its data folder while it runs, and not after', async () => {
    const found = await findRunningLake(join(folder, 'data'))
    const {url} = server
    expect(found).toEqual({url, publicUrl: url, token: lake.token, projectId: 'copydesk'})
    expect(statSync(join(folder, 'data', 'lake.json')).mode & 0o777).toBe(0o600)
    await server.close()
    expect(await findRunningLake(join(folder, 'data'))).toBeNull()
    expect(await findRunningLake(join(folder, 'nowhere'))).toBeNull()
  })

  test('is not mistaken for another folder’s lake', async () => {
    const other = join(folder, 'other')
    const impostor = createLake({dataDir: other})
    internalsOf(impostor).serverStarted(server.url)
    expect(await findRunningLake(other)).toBeNull()
    await impostor.close()
  })

  test('says which option to change when the port is taken', async () => {
    const other = createLake()
    await expect(startServer({lake: other, port: server.port})).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining('--port'),
    })
    await other.close()
  })

  test('answers under both loopback addresses, and HEAD without a body', async () => {
    const answer = await fetch(`http://localhost:${server.port}/v1/ping`)
    expect(await answer.json()).toEqual({pong: true})
    const head = await ask('/v1/ping', {}, 'HEAD')
    expect(head).toMatchObject({status: 200, body: ''})
    expect(head.headers['content-length']).toBe('13')
  })

  test('refuses what is not HTTP, and headers that are too long, in the API’s shape', async () => {
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"statusCode":400/s)
    const long = `GET /v1/ping HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`
    expect(await raw(long)).toMatch(/^HTTP\/1\.1 431 .*"statusCode":431/s)
    const longest = `/v1/data/query/production?query=1%20//${'x'.repeat(14_700)}`
    expect((await ask(longest)).status).toBe(200)
    expect((await ask('/v1/ping')).status).toBe(200)
  })

  test('upgrades to no web socket but that of a dataset', async () => {
    expect(await upgrade('/v1/socket/nowhere')).toMatch(/^HTTP\/1\.1 404 .*"statusCode":404/s)
    expect(await upgrade('/v1/elsewhere')).toMatch(/^HTTP\/1\.1 501 .*"statusCode":501/s)
    expect(await upgrade('/v1/socket/%zz')).toMatch(/^HTTP\/1\.1 400 .*"statusCode":400/s)
    const foreign = upgrade('/v1/socket/production', 'origin: https://evil.example\r\n')
    expect(await foreign).toMatch(/^HTTP\/1\.1 403 .*"statusCode":403/s)
  })

  test('takes no notice of a client that goes away in the middle of its request', async () => {
    const socket = connect(server.port, '127.0.0.1')
    const head = `POST /v1/data/mutate/production HTTP/1.1\r\nhost: localhost\r\n`
    socket.write(`${head}authorization: Bearer ${lake.token}\r\ncontent-length: 100\r\n\r\n{"muta`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await ask('/v1/ping')).status).toBe(200)
    expect(failures).toEqual([])
  })

  test('ends open streams when it closes', async () => {
    const {body} = await fetch(`${server.url}/v1/data/listen/production?query=*`)
    const reader = body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toContain('event: welcome')
    await server.close()
    expect((await reader?.read())?.done).toBe(true)
  })

  test('tells the browser nothing about a foreign origin, and itself nothing about a foreign host', async () => {
    const own = await ask('/v1/ping', {origin: 'http://localhost:5173'})
    expect(own.headers['access-control-allow-origin']).toBe('http://localhost:5173')
    expect(own.headers['access-control-allow-credentials']).toBe('true')
    const foreign = await ask('/v1/ping', {origin: 'https://evil.example'})
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
    const rebound = await ask('/v1/auth/providers', {host: 'evil.example:3333'})
    expect(rebound.status).toBe(403)
  })

  test('serves the project it is asked for, by host name or header, and no other', async () => {
    const {port} = server
    expect((await ask('/v1/ping', {host: `copydesk.localhost:${port}`})).status).toBe(200)
    expect((await ask('/v1/ping', {'x-sanity-project-id': 'copydesk'})).status).toBe(200)
    expect((await ask('/v1/ping', {host: `another.localhost:${port}`})).status).toBe(404)
    expect((await ask('/v1/ping', {'x-sanity-project-id': 'another'})).status).toBe(404)
  })
})

describe('a folder of static files', () => {
  const html = {accept: 'text/html'}

  test('waits for the folder, then serves it and leaves the API alone', async () => {
    await server.close()
    const dir = join(folder, 'studio')
    server = await startServer({lake, port: 0, studio: {dir}})
    const waiting = await ask('/', html)
    expect(waiting.status).toBe(503)
    expect(waiting.body).toContain('The Studio is being built')
    expect((await ask('/favicon.ico')).status).toBe(404)

    mkdirSync(join(dir, 'static'), {recursive: true})
    writeFileSync(join(dir, 'index.html'), '<p>Studio</p>')
    writeFileSync(join(dir, 'static', 'main-BAs3x9_1.js'), 'export {}')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    expect(await ask('/structure/article;x', html)).toMatchObject({
      status: 200,
      body: '<p>Studio</p>',
    })
    const script = await ask('/static/main-BAs3x9_1.js')
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toContain('immutable')
    const again = await ask('/static/main-BAs3x9_1.js', {
      'if-none-match': String(script.headers['etag']),
    })
    expect(again.status).toBe(304)
    expect((await ask('/v1/ping', html)).body).toBe('{"pong":true}')
    expect((await ask('/', {}, 'POST')).status).toBe(405)
  })

  test('tells the browser what its pages may do and who may frame them, and their files not', async () => {
    await server.close()
    const dir = join(folder, 'studio')
    server = await startServer({
      lake,
      port: 0,
      studio: {dir, previews: ['http://localhost:3000']},
    })
    const waiting = await ask('/', html)
    mkdirSync(dir)
    writeFileSync(join(dir, 'index.html'), '<script>one()</script>')
    writeFileSync(join(dir, 'a.js'), '')
    const page = await ask('/structure', html)
    const unchanged = await ask('/index.html', {'if-none-match': String(page.headers['etag'])})
    expect(unchanged.status).toBe(304)
    for (const {headers} of [waiting, page, unchanged]) {
      expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
      expect(headers['referrer-policy']).toBeTypeOf('string')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    const policy = page.headers['content-security-policy']
    expect(policy).toMatch(/script-src 'self' 'sha256-[^;']+';/)
    expect(policy).toContain("frame-src 'self' http://localhost:3000;")
    expect(policy).toContain(`ws://127.0.0.1:${server.port}`)
    expect((await ask('/a.js')).headers['content-security-policy']).toBeUndefined()
    const signIn = await ask(`/v1/auth/login/lake?origin=${encodeURIComponent(server.url)}`)
    expect(signIn.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/static/..%2f..%2fsecret.txt',
    '/%00',
    '//etc/passwd',
  ])('keeps %s inside', async (path) => {
    await server.close()
    const dir = join(folder, 'studio')
    mkdirSync(dir, {recursive: true})
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    server = await startServer({lake, port: 0, studio: {dir}})
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret\n')
  })

  test('follows no symbolic link out of it', async () => {
    await server.close()
    const built = join(folder, 'built')
    mkdirSync(join(built, 'static'), {recursive: true})
    mkdirSync(join(folder, 'outside'))
    writeFileSync(join(folder, 'outside', 'secret.txt'), 'secret')
    writeFileSync(join(built, 'page.html'), 'page')
    symlinkSync(join(folder, 'outside', 'secret.txt'), join(built, 'static', 'secret.txt'))
    symlinkSync(join(folder, 'outside'), join(built, 'outside'))
    symlinkSync(join(folder, 'outside', 'secret.txt'), join(built, 'index.html'))
    symlinkSync('../page.html', join(built, 'static', 'page.html'))
    const dir = join(folder, 'studio')
    symlinkSync(built, dir)
    server = await startServer({lake, port: 0, studio: {dir}})
    for (const path of ['/static/secret.txt', '/outside/secret.txt', '/index.html']) {
      expect([path, (await ask(path)).status]).toEqual([path, 404])
    }
    expect((await ask('/', html)).body).toContain('The Studio is being built')
    expect((await ask('/page.html')).body).toBe('page')
    expect((await ask('/static/page.html')).body).toBe('page')
  })
})
