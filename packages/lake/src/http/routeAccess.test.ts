import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {WebSocket} from 'ws'

import type {Access} from '../access/accessRules.ts'
import {ROLES} from '../access/roles.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'
import type {Route} from './routing/route.ts'
import {apiRoutes, bareRoutes, socketRoute} from './routing/routes.ts'
import {sampleRequest} from './testRequest.ts'

/**
 * Every route, by every kind of caller, on a public and on a private dataset, over a real server:
 * whom it lets in is what it declares. The table says once more, by role, what a declaration means.
 */
const CALLERS = [
  'anonymous',
  'deploy-studio',
  'viewer',
  'editor',
  'administrator',
  'session of an administrator',
] as const
type Name = (typeof CALLERS)[number]

const EVERYBODY = CALLERS
const SIGNED_IN = CALLERS.slice(1)
const READERS = CALLERS.slice(2)
const EDITORS = CALLERS.slice(3)
const ADMINISTRATORS = CALLERS.slice(4)

const LETS_IN: Readonly<Record<Access, {public: readonly Name[]; private: readonly Name[]}>> = {
  anyone: {public: EVERYBODY, private: EVERYBODY},
  signedIn: {public: SIGNED_IN, private: SIGNED_IN},
  dataset: {public: EVERYBODY, private: READERS},
  stream: {public: EVERYBODY, private: READERS},
  read: {public: READERS, private: READERS},
  history: {public: READERS, private: READERS},
  write: {public: EDITORS, private: EDITORS},
  manage: {public: ADMINISTRATORS, private: ADMINISTRATORS},
  issueTokens: {public: ['administrator'], private: ['administrator']},
}

let lake: Lake
let server: RunningServer
const tokens = new Map<Name, string>()
beforeAll(async () => {
  lake = createLake({datasets: []})
  server = await startServer({lake, port: 0})
  for (const name of CALLERS) if (name in ROLES) tokens.set(name, tokenOf(name))
})
afterAll(async () => {
  await server.close()
  await lake.close()
})

const tokenOf = (name: Name): string => {
  if (name === 'anonymous' || name === 'session of an administrator') throw new Error(name)
  return lake.createToken(name, name)
}

const credentialsOf = (name: Name): Record<string, string> => {
  if (name === 'anonymous') return {}
  // A new one each time: logging out is among the routes.
  const session = new URL(lake.signInLink('http://localhost/')).hash.slice('#token='.length)
  return {authorization: `Bearer ${tokens.get(name) ?? session}`}
}

const setUp = async (): Promise<void> => {
  for (const dataset of ['public', 'private']) {
    if (lake.datasets().includes(dataset)) continue
    const made = await fetch(`${server.url}/v2025-02-19/datasets/${dataset}`, {
      method: 'PUT',
      headers: {authorization: `Bearer ${lake.token}`},
      body: JSON.stringify({aclMode: dataset}),
    })
    expect(made.status).toBe(200)
  }
}

/** The status where the caller is refused, and nothing that depends on what the route does. */
const ask = async (route: Route, version: string, name: Name, dataset: string, method?: string) => {
  await setUp()
  const values = {dataset, project: lake.projectId}
  const {url, headers, ...sample} = sampleRequest(route, version, values)
  const response = await fetch(server.url + url, {
    method: method ?? sample.method,
    body: sample.body,
    headers: {...headers, ...credentialsOf(name)},
    redirect: 'manual',
  })
  await response.body?.cancel()
  expect(response.status).toBeLessThan(500)
  return response.status === 401 || response.status === 403 ? response.status : 'let in'
}

const expected = ({access}: Route, name: Name, dataset: 'public' | 'private') => {
  if (LETS_IN[access][dataset].includes(name)) return 'let in'
  return name === 'anonymous' ? 401 : 403
}

const ROUTES = [
  ...apiRoutes.map((route) => ({route, version: 'v2025-02-19'})),
  ...bareRoutes.map((route) => ({route, version: ''})),
]

/** Requests that tell more than their route does to everybody, and need more. */
const TELLING = [
  ['/data/query/:dataset?query=*&explain=true', 'read'],
  ['/data/live/events/:dataset?includeDrafts=true', 'read'],
  ['/data/live/events/:dataset?includeAllDocuments=true', 'read'],
] as const

/** Whether a web socket lets the caller take part. */
const meet = (name: Name, dataset: string): Promise<'let in' | number> =>
  new Promise((resolve, reject) => {
    const path = socketRoute.path.replace(':dataset', dataset)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1${path}`)
    const send = (method: string, params: object): void =>
      socket.send(JSON.stringify({jsonrpc: '2.0', id: method, method, params}))
    socket.on('open', () => {
      const credentials = credentialsOf(name)
      if ('authorization' in credentials) send('authorization', credentials)
      send('presence_subscribe', {})
    })
    socket.on('message', (message) => {
      if (!String(message).includes('"id":"presence_subscribe"')) return
      resolve('let in')
      socket.close()
    })
    socket.on('close', resolve)
    socket.on('error', reject)
  })

describe.each(CALLERS)('%s', (name) => {
  test.each(['public', 'private'] as const)(
    'meets others as declared: %s dataset',
    async (dataset) => {
      await setUp()
      const isLetIn = LETS_IN[socketRoute.access][dataset].includes(name)
      expect(await meet(name, dataset)).toBe(isLetIn ? 'let in' : 4001)
    },
  )

  test.each(TELLING)('%s', async (path, access) => {
    await setUp()
    const response = await fetch(`${server.url}/v1${path.replace(':dataset', 'public')}`, {
      headers: credentialsOf(name),
    })
    await response.body?.cancel()
    const isLetIn = LETS_IN[access].public.includes(name)
    expect(response.status).toBe(isLetIn ? 200 : name === 'anonymous' ? 401 : 403)
  })

  test.each(['public', 'private'] as const)(
    'is let in as declared: %s dataset',
    async (dataset) => {
      for (const {route, version} of ROUTES) {
        const title = `${route.method} ${route.path}`
        const verdict = expected(route, name, dataset)
        expect([title, await ask(route, version, name, dataset)]).toEqual([title, verdict])
        if (route.method !== 'GET' || route.access === 'stream') continue
        const head = await ask(route, version, name, dataset, 'HEAD')
        expect([`HEAD of ${title}`, head]).toEqual([`HEAD of ${title}`, verdict])
      }
    },
  )
})

test('callers who may write may read, because the response to a write reveals stored documents', () => {
  const writers = Object.values(ROLES).filter(
    ({permissions}) => permissions.includes('create') || permissions.includes('update'),
  )
  expect(writers.length).toBeGreaterThan(0)
  expect(writers.filter(({permissions}) => !permissions.includes('read'))).toEqual([])
})
