import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {publicAddress} from '../server/publicAddress.ts'

let lake: Lake
let time: number

beforeEach(async () => {
  time = Date.parse('2026-05-04T12:00:00Z')
  lake = createLake({
    datasets: ['production', {name: 'internal', aclMode: 'private'}],
    origins: ['https://desk.example.org'],
    now: () => time,
  })
  for (const dataset of ['production', 'internal']) {
    const mutations = [
      {create: {_id: 'a', _type: 'note', text: 'public'}},
      {create: {_id: 'drafts.a', _type: 'note', text: 'draft'}},
      {create: {_id: 'secret.a', _type: 'note', text: 'dotted'}},
    ]
    await ask(`/v1/data/mutate/${dataset}`, {
      method: 'POST',
      token: lake.token,
      body: JSON.stringify({mutations}),
    })
  }
})
afterEach(() => lake.close())

interface Asking {
  readonly method?: string
  readonly token?: string
  readonly host?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

const ask = ($path: string, {token, host = 'localhost:3333', ...init}: Asking = {}) =>
  lake.fetch(
    new Request(`http://${host}${$path}`, {
      ...init,
      headers: {...init.headers, ...(token !== undefined && {authorization: `Bearer ${token}`})},
    }),
  )

const TEXTS = encodeURIComponent('*[_type == "note"] | order(text).text')
const texts = async (dataset: string, asking: Asking = {}): Promise<unknown> => {
  const path = `/v1/data/query/${dataset}?perspective=raw&query=${TEXTS}`
  const response = await ask(path, asking)
  const body: {result?: unknown} = await response.json()
  return response.status === 200 ? body.result : response.status
}

const write = async (asking: Asking): Promise<number> => {
  const body = JSON.stringify({mutations: [{create: {_type: 'note'}}]})
  const response = await ask('/v1/data/mutate/production', {method: 'POST', body, ...asking})
  return response.status
}

const acl = async (token?: string): Promise<unknown> => {
  const path = '/v2021-06-07/projects/copydesk/datasets/production/acl'
  return (await ask(path, token === undefined ? {} : {token})).json()
}

const corsCheck = async (origin: string): Promise<unknown> =>
  (await ask('/v1/check/cors', {headers: {origin}})).json()

const ALL = ['dotted', 'draft', 'public']

describe('who may read and write', () => {
  test('without a token: published documents of public datasets, and nothing written', async () => {
    expect(await texts('production')).toEqual(['public'])
    expect(await texts('internal')).toBe(401)
    expect(await write({})).toBe(401)
  })

  test.each([
    ['administrator', ALL, ALL, 200],
    ['editor', ALL, ALL, 200],
    ['viewer', ALL, ALL, 403],
    ['deploy-studio', ['public'], 403, 403],
  ] as const)('%s', async (role, inPublic, inPrivate, written) => {
    const token = lake.createToken('a program', role)
    expect(await texts('production', {token})).toEqual(inPublic)
    expect(await texts('internal', {token})).toEqual(inPrivate)
    expect(await write({token})).toBe(written)
  })

  test('a token that is unknown or ill-formed is refused, not ignored', async () => {
    expect(await texts('production', {token: 'nobody’s'.replace('’', '')})).toBe(401)
    expect(await texts('production', {headers: {authorization: 'Basic eDp5'}})).toBe(401)
  })

  test('the permissions that a Studio receives are the effective ones', async () => {
    const everything = '_id in path("**")'
    expect(await acl()).toEqual([])
    expect(await acl(lake.createToken('reader', 'viewer'))).toEqual([
      {filter: everything, permissions: ['read', 'history']},
    ])
    expect(await acl(lake.token)).toEqual([
      {filter: everything, permissions: ['read', 'create', 'update', 'history', 'editHistory']},
    ])
  })

  test('a change of access holds at once, for answers given before too', async () => {
    const first = await texts('production')
    expect(await texts('production')).toEqual(first)
    expect(await texts('production')).toEqual(first)
    const body = JSON.stringify({aclMode: 'private'})
    await ask('/v1/datasets/production', {method: 'PATCH', token: lake.token, body})
    expect(await texts('production')).toBe(401)
  })
})

describe('pages in a browser', () => {
  const foreign = {origin: 'https://evil.example'}

  test('a foreign page is refused, and neither it nor a rebound host writes', async () => {
    const response = await ask(`/v1/data/query/production?query=${TEXTS}`, {headers: foreign})
    expect(response.status).toBe(403)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(await write({headers: {...foreign, 'content-type': 'text/plain'}})).toBe(403)
    expect(await write({host: 'evil.example:3333', headers: foreign})).toBe(403)
    expect(await texts('production', {host: 'evil.example:3333'})).toEqual(['public'])
  })

  test.each([
    'http://localhost:5173',
    'http://copydesk.localhost:3333',
    'https://desk.example.org',
  ])('a page of %s may ask and read', async (origin) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    }
    const preflight = await ask('/v1/data/mutate/production', {method: 'OPTIONS', headers})
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '86400',
    })
    const answer = await ask('/v1/ping', {headers: {origin}})
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
  })

  test('a trusted page may send any header, a foreign one none', async () => {
    const wanted = 'cache-control, traceparent,client-timing, X-Own, not a name'
    const allowed = async (origin: string): Promise<string | null> => {
      const headers = {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': wanted,
      }
      const answer = await ask('/v1/data/query/production?query=1', {method: 'OPTIONS', headers})
      expect(answer.headers.get('vary')).toContain('access-control-request-headers')
      return answer.headers.get('access-control-allow-headers')
    }
    expect(await allowed('http://localhost:4444')).toBe(
      'cache-control, traceparent, client-timing, x-own',
    )
    expect(await allowed('https://evil.example')).toBeNull()
  })

  test('errors can be read too', async () => {
    const answer = await ask('/v1/nowhere', {headers: {origin: 'http://localhost:5173'}})
    expect(answer.status).toBe(501)
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
  })

  test('the check for a Studio says whether its origin is allowed', async () => {
    expect(await corsCheck('http://localhost:3333')).toEqual({
      result: {allowed: true, withCredentials: true},
    })
    expect(await corsCheck('https://evil.example')).toEqual({
      result: {allowed: false, withCredentials: false},
    })
  })

  test('a listener is sent to a host of its own, with a ticket for a minute', async () => {
    const host = 'copydesk.localhost:3333'
    const listener = '/v1/data/listen/internal?query=*'
    const browser = {origin: `http://${host}`, 'sec-fetch-site': 'same-origin'}
    const sent = await ask(listener, {host, token: lake.token, headers: browser})
    expect(sent.status).toBe(307)
    const location = new URL(sent.headers.get('location') ?? '')
    expect(location.host).toMatch(/^l\d+\.localhost:3333$/)
    const next = await ask(listener, {host, token: lake.token, headers: browser})
    expect(new URL(next.headers.get('location') ?? '').host).not.toBe(location.host)

    const path = location.pathname + location.search
    const redirected = {
      host: location.host,
      headers: {origin: 'null', 'sec-fetch-site': 'same-origin'},
    }
    const preflight = await ask(path, {...redirected, method: 'OPTIONS'})
    expect(preflight.headers.get('access-control-allow-origin')).toBe('null')
    const stream = await ask(path, redirected)
    expect(stream.status).toBe(200)
    expect(stream.headers.get('access-control-allow-origin')).toBe('null')
    await stream.body?.cancel()

    time += 60_000
    // 408 makes a client connect again, at the first address.
    expect((await ask(path, redirected)).status).toBe(408)
    const forged = listener.replace('?', '?ticket=forged&')
    const refused = await ask(forged, redirected)
    expect(refused.status).toBe(408)
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a listener’s ticket is sent to no other host', async () => {
    const headers = {'sec-fetch-site': 'same-origin', host: 'copydesk.localhost:80@evil.example'}
    const stream = await ask('/v1/data/listen/production?query=*', {headers})
    expect(stream.status).toBe(200)
    expect(stream.headers.get('location')).toBeNull()
    await stream.body?.cancel()
  })

  test('so is a page that follows live events', async () => {
    const host = 'copydesk.localhost:3333'
    const headers = {origin: `http://${host}`, 'sec-fetch-site': 'same-origin'}
    const sent = await ask('/v1/data/live/events/production', {host, headers})
    expect(sent.status).toBe(307)
    const location = new URL(sent.headers.get('location') ?? '')
    const redirected = {host: location.host, headers: {origin: 'null'}}
    const stream = await ask(location.pathname + location.search, redirected)
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    expect(stream.headers.get('access-control-allow-origin')).toBe('null')
    await stream.body?.cancel()
  })

  test('programs are not sent anywhere', async () => {
    const host = 'copydesk.localhost:3333'
    const stream = await ask('/v1/data/listen/production?query=*', {host})
    expect(stream.status).toBe(200)
    await stream.body?.cancel()
  })
})

describe('signing in', () => {
  const studio = encodeURIComponent('http://localhost:3333/structure')
  const login = `/v2021-06-07/auth/login/lake?origin=${studio}&projectId=copydesk&type=dual`

  const submit = (token: string): Promise<Response> =>
    lake.fetch(
      new Request(`http://localhost:3333${login}`, {
        method: 'POST',
        body: new URLSearchParams({token}),
        redirect: 'manual',
      }),
    )

  test('behind a proxy with HTTPS the sign-in page is at its address', async () => {
    await using proxied = createLake(publicAddress('https://news.example', 'copydesk'))
    const providers = async (host: string): Promise<unknown> => {
      const url = `http://${host}/v1/auth/providers`
      return (await proxied.fetch(new Request(url))).json()
    }
    for (const [host, address] of [
      ['news.example', 'https://news.example'],
      ['copydesk.news.example', 'https://copydesk.news.example'],
      ['localhost:3333', 'http://localhost:3333'],
    ] as const) {
      expect(await providers(host)).toMatchObject({
        providers: [{url: `${address}/v2021-06-07/auth/login/lake`}],
      })
    }
  })

  test('from the provider to a session, and out again', async () => {
    const {providers} = await (await ask('/v1/auth/providers')).json()
    expect(providers).toEqual([
      {name: 'lake', title: 'This lake', url: 'http://localhost:3333/v2021-06-07/auth/login/lake'},
    ])
    expect(await (await ask(login)).text()).toContain('http://localhost:3333')

    const accepted = await submit(lake.token)
    expect(accepted.status).toBe(303)
    const back = new URL(accepted.headers.get('location') ?? '')
    expect(back.pathname).toBe('/structure')
    const code = /^#sid=(.{20,})$/.exec(back.hash)?.[1] ?? ''
    const {token} = await (await ask(`/v1/auth/fetch?sid=${code}`)).json()
    expect((await ask(`/v1/auth/fetch?sid=${code}`)).status).toBe(404)

    const me = await (await ask('/v1/users/me', {token})).json()
    expect(me).toMatchObject({id: 'local', role: 'administrator', roles: [{name: 'administrator'}]})
    expect((await ask('/v1/auth/logout', {method: 'POST', token})).status).toBe(200)
    expect((await ask('/v1/users/me', {token})).status).toBe(401)
    expect((await ask('/v1/users/me', {token: lake.token})).status).toBe(200)
  })

  test('a wrong token gets no code, and nobody else’s page gets one', async () => {
    const refused = await submit('wrong')
    expect(refused.status).toBe(401)
    expect(await refused.text()).toContain('does not know this token')
    const elsewhere = `/v1/auth/login/lake?origin=${encodeURIComponent('https://evil.example')}`
    expect((await ask(elsewhere)).status).toBe(403)
    expect((await ask(login, {host: 'evil.example:3333'})).status).toBe(403)
    expect((await ask('/v1/auth/login/lake?origin=javascript:alert(1)')).status).toBe(400)
  })

  test('the page escapes its parameters', async () => {
    const origin = encodeURIComponent('http://localhost:3333/"><script>alert(1)</script>')
    const page = await (await ask(`/v1/auth/login/lake?origin=${origin}`)).text()
    expect(page).not.toContain('<script>')
  })

  test('a session signs nobody in, is listed with the tokens, and is ended there', async () => {
    const session = new URL(lake.signInLink('http://localhost:3333/')).hash.slice('#token='.length)
    const refused = await submit(session)
    expect(refused.status).toBe(401)
    expect(await refused.text()).toContain('This is a session')

    const robots = '/v2025-02-19/access/project/copydesk/robots'
    const {data} = await (await ask(robots, {token: lake.token})).json()
    expect(data).toMatchObject([
      {label: 'Studio, signed in by Local editor', expiresAt: '2026-08-02T12:00:00.000Z'},
    ])
    const end = {method: 'DELETE', token: lake.token}
    expect((await ask(`${robots}/${data[0].id}`, end)).status).toBe(200)
    expect((await ask('/v1/users/me', {token: session})).status).toBe(401)
  })

  test('a session ends on its day, for answers that are kept as well', async () => {
    const token = new URL(lake.signInLink('http://localhost:3333/')).hash.slice('#token='.length)
    for (let times = 0; times < 4; times++) {
      expect(await texts('internal', {token})).toEqual(ALL)
    }
    time += 90 * 24 * 60 * 60 * 1000
    expect(await texts('internal', {token})).toEqual(ALL)
    time += 1
    expect(await texts('internal', {token})).toBe(401)
  })

  test('a token that is revoked while its holder signs in starts no session', async () => {
    const token = lake.createToken('Import', 'editor')
    const code = new URL((await submit(token)).headers.get('location') ?? '').hash.slice(
      '#sid='.length,
    )
    const robots = '/v2025-02-19/access/project/copydesk/robots'
    const {data} = await (await ask(robots, {token: lake.token})).json()
    await ask(`${robots}/${data[0].id}`, {method: 'DELETE', token: lake.token})
    expect((await ask(`/v1/auth/fetch?sid=${code}`)).status).toBe(401)
  })

  test('a link that signs in', async () => {
    const link = new URL(lake.signInLink('http://localhost:3333/'))
    const token = /^#token=(.{32,})$/.exec(link.hash)?.[1] ?? ''
    expect(token).not.toBe(lake.token)
    expect((await ask('/v1/users/me', {token})).status).toBe(200)
  })

  test('without a session nobody is signed in', async () => {
    expect((await ask('/v1/users/me')).status).toBe(401)
    expect((await ask('/v1/auth/id')).status).toBe(401)
  })
})
