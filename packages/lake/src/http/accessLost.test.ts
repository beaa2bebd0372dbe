import {request} from 'node:http'
import {setTimeout} from 'node:timers/promises'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {WebSocket} from 'ws'

import type {Role} from '../access/roles.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

/**
 * What lasts ends when its caller loses the right to it, whichever way that happens: every way by
 * every kind of stream, over a real server.
 */
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

const call = async (method: string, path: string, body?: unknown, token = lake.token) => {
  const response = await fetch(`${server.url}/v2025-02-19${path}`, {
    method,
    headers: {authorization: `Bearer ${token}`},
    ...(body !== undefined && {body: JSON.stringify(body)}),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

const robots = '/access/project/copydesk/robots'

const revoke = async (label: string): Promise<void> => {
  const {data}: {data: {id: string; label: string}[]} = await call('GET', robots)
  const found = data.find((record) => record.label === label)
  await call('DELETE', `${robots}/${found?.id}`)
}

const sessionOf = async (token: string): Promise<string> => {
  const login = `${server.url}/v1/auth/login/lake?origin=${encodeURIComponent(server.url)}`
  const accepted = await fetch(login, {
    method: 'POST',
    body: new URLSearchParams({token}),
    headers: {origin: server.url},
    redirect: 'manual',
  })
  const code = new URL(accepted.headers.get('location') ?? '').hash.slice('#sid='.length)
  const answer = await fetch(`${server.url}/v1/auth/fetch?sid=${code}`)
  const {token: session}: {token: string} = await answer.json()
  return session
}

interface Opened {
  /** Resolves when the server has ended it. */
  readonly ended: Promise<unknown>
  /** Everything that was sent so far. */
  readonly received: () => string
}

type Open = (token: string | undefined) => Promise<Opened>

const openStreamAt =
  (path: string): Open =>
  async (token) => {
    const response = await fetch(`${server.url}/v2025-02-19${path}`, {
      headers: token === undefined ? {} : {authorization: `Bearer ${token}`},
    })
    expect(response.status).toBe(200)
    let received = ''
    let greeted: () => void
    const welcome = new Promise<void>((resolve) => (greeted = resolve))
    const read = async (): Promise<void> => {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        received += chunk
        greeted()
      }
    }
    const ended = read()
    await welcome
    return {ended, received: () => received}
  }

const openSocket: Open = async (token) => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/socket/production`)
  let received = ''
  let count = 0
  const replies = (wanted: number) =>
    new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        received += String(data)
        count += 1
        if (count >= wanted) resolve()
      })
    })
  const send = (method: string, params: object) =>
    socket.send(JSON.stringify({jsonrpc: '2.0', id: method, method, params}))
  const ended = new Promise((resolve) => socket.on('close', resolve))
  await new Promise((resolve) => socket.on('open', resolve))
  const answered = replies(2)
  send('authorization', {authorization: `Bearer ${token}`})
  send('presence_subscribe', {})
  await answered
  return {ended, received: () => received}
}

const STREAMS: Readonly<Record<string, Open>> = {
  listen: openStreamAt('/data/listen/production?query=*'),
  'live events': openStreamAt('/data/live/events/production'),
  'live events of drafts': openStreamAt('/data/live/events/production?includeDrafts=true'),
  presence: openSocket,
}

/** Each makes a caller who may listen, and gives what takes that away. */
type Losing = () => Promise<{token: string | undefined; lose: () => Promise<unknown>}>

const WAYS: Readonly<Record<string, Losing>> = {
  'its token is revoked': async () => {
    const token = lake.createToken('program', 'editor')
    return {token, lose: () => revoke('program')}
  },
  'its session is logged out': async () => {
    const token = await sessionOf(lake.createToken('program', 'editor'))
    return {token, lose: () => call('POST', '/auth/logout', undefined, token)}
  },
  'the token of its session is revoked': async () => {
    const token = await sessionOf(lake.createToken('program', 'viewer'))
    return {token, lose: () => revoke('program')}
  },
  'its session is ended by an administrator': async () => {
    const token = await sessionOf(lake.createToken('program', 'editor'))
    return {token, lose: () => revoke('Studio, signed in by program')}
  },
  'the dataset is deleted': async () => ({
    token: lake.createToken('program', 'editor'),
    lose: () => call('DELETE', '/datasets/production'),
  }),
  'the dataset is emptied': async () => ({
    token: lake.createToken('program', 'editor'),
    lose: () => lake.reset('production'),
  }),
}

describe.each(Object.entries(STREAMS))('%s', (_, open) => {
  test.each(Object.entries(WAYS))('ends when %s', async (__, losing) => {
    const other = await open(lake.token)
    const {token, lose} = await losing()
    const stream = await open(token)
    await lose()
    await stream.ended
    // The other one goes on, unless the dataset is gone.
    const isOver = await Promise.race([other.ended.then(() => true), setTimeout(20, false)])
    expect(isOver).toBe(lake.datasets().length === 0 || losing === WAYS['the dataset is emptied'])
  })
})

describe.each(['listen', 'live events'])('%s without a token', (name) => {
  const open = STREAMS[name] ?? openSocket

  test.each([undefined, 'deploy-studio'] as const)(
    'ends when the dataset is made private (%s)',
    async (role: Role | undefined) => {
      const stream = await open(role && lake.createToken('program', role))
      const reader = await open(lake.createToken('reader', 'viewer'))
      await call('PATCH', '/datasets/production', {aclMode: 'private'})
      await stream.ended
      const text = stream.received()
      await call('POST', '/data/mutate/production', {mutations: [{create: {_id: 'x', _type: 'n'}}]})
      expect(stream.received()).toBe(text)
      const isOver = await Promise.race([reader.ended.then(() => true), setTimeout(20, false)])
      expect(isOver).toBe(false)
    },
  )

  test('goes on when something else changes', async () => {
    const stream = await open(undefined)
    lake.createToken('another', 'viewer')
    await call('PATCH', '/datasets/production', {description: 'all the news'})
    const isOver = await Promise.race([stream.ended.then(() => true), setTimeout(20, false)])
    expect(isOver).toBe(false)
  })
})

test.each(['/data/export/production', '/data/history/production/transactions'])(
  '%s sends no more to a slow reader whose token was revoked',
  async (path) => {
    const text = 'x'.repeat(100_000)
    for (let n = 0; n < 10; n++) {
      const mutations = [{create: {_id: `n${n}`, _type: 'note', text}}]
      await call('POST', '/data/mutate/production', {mutations})
    }
    const token = lake.createToken('program', 'viewer')
    // In this process nothing is read ahead.
    const response = await lake.fetch(
      new Request(`http://localhost/v1${path}`, {headers: {authorization: `Bearer ${token}`}}),
    )
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let received = (await reader?.read())?.value ?? ''
    await revoke('program')
    for (let more = await reader?.read(); more?.done === false; more = await reader?.read()) {
      received += more.value
    }
    const lines = received.trim().split('\n')
    expect(lines.length).toBeLessThan(10)
    expect(lines.at(-1)).toContain('Access was lost')
  },
)

test('a body that arrives after its token was revoked changes nothing', async () => {
  const token = lake.createToken('program', 'editor')
  const sending = request(`${server.url}/v2025-02-19/data/mutate/production`, {
    method: 'POST',
    headers: {authorization: `Bearer ${token}`, expect: '100-continue'},
  })
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sending.on('error', reject)
    sending.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
  })
  sending.flushHeaders()
  await setTimeout(50)
  await revoke('program')
  sending.end(JSON.stringify({mutations: [{createIfNotExists: {_id: 'late', _type: 'note'}}]}))
  expect(await answered).toBe(401)
  expect(internalsOf(lake).dataset('production').store.get('late')).toBeUndefined()
})
