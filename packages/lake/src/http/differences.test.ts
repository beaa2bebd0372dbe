/** Differences from hosted Sanity that the README lists and that no other test is about. */
import {createClient, type SanityClient} from '@sanity/client'
import {afterAll, beforeAll, expect, test, vi} from 'vitest'

import {STREAM_HEARTBEAT} from '../core/limits.ts'
import {createLake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

const lake = createLake({datasets: ['production', {name: 'closed', aclMode: 'private'}]})
let server: RunningServer
let client: SanityClient

beforeAll(async () => {
  server = await startServer({lake, port: 0})
  const {projectId, token} = lake
  const connection = {apiHost: server.url, useProjectHostname: false, useCdn: false}
  const apiVersion = '2025-02-19'
  client = createClient({...connection, projectId, token, apiVersion, dataset: 'production'})
})
afterAll(async () => {
  await server.close()
  await lake.close()
})

const at = (path: string): string => `${server.url}/v2025-02-19${path}`
const authorization = `Bearer ${lake.token}`

test('useCdn with an apiHost asks the lake, which is never behind', async () => {
  const cdn = client.withConfig({useCdn: true, token: undefined})
  expect(cdn.getUrl('/data/query/production', true)).toBe(at('/data/query/production'))
  await client.create({_id: 'fresh', _type: 'note', text: 'one'})
  expect(await cdn.fetch('*[_id == "fresh"][0].text')).toBe('one')
  await client.patch('fresh').set({text: 'two'}).commit()
  expect(await cdn.fetch('*[_id == "fresh"][0].text')).toBe('two')
})

test.each(['sync', 'async', 'deferred'] as const)(
  'the next query sees a mutation with the visibility %s',
  async (visibility) => {
    const _id = `seen-${visibility}`
    await client.create({_id, _type: 'note'}, {visibility})
    expect(await client.fetch('count(*[_id == $_id])', {_id})).toBe(1)
  },
)

test('a private dataset: 401 without a token, but its assets are public', async () => {
  const inside = client.withConfig({dataset: 'closed'})
  const {url} = await inside.assets.upload('file', Buffer.from('seen by all'))
  expect((await fetch(at('/data/query/closed?query=1'))).status).toBe(401)
  expect(await (await fetch(url)).text()).toBe('seen by all')
})

test('the job of a copied dataset has ended before the response', async () => {
  const copy = await fetch(at('/datasets/production/copy'), {
    method: 'PUT',
    headers: {authorization, 'content-type': 'application/json'},
    body: JSON.stringify({targetDataset: 'copied'}),
  })
  const {jobId} = await copy.json()
  const job = await fetch(at(`/jobs/${jobId}`), {headers: {authorization}})
  expect(await job.json()).toMatchObject({state: 'completed', progress: 100})
  await client.datasets.delete('copied')
})

const createRelease = (n: number) => ({
  actionType: 'sanity.action.release.create' as const,
  releaseId: `rActive${n}`,
  metadata: {releaseType: 'asap' as const},
})

test('a hundred active releases, and not one more', async () => {
  await client.action(Array.from({length: 100}, (_, n) => createRelease(n)))
  await expect(client.action(createRelease(100))).rejects.toThrow(/100/)
  await client.releases.archive({releaseId: 'rActive0'})
  await client.action(createRelease(100))
})

test('250 datasets, and not one more', {tags: 'long', timeout: 120_000}, async () => {
  const datasets = Array.from({length: 249}, (_, n) => `set${n}`)
  await using full = createLake({datasets})
  const create = (name: string): Promise<Response> =>
    full.fetch(
      new Request(`http://localhost/v2025-02-19/datasets/${name}`, {
        method: 'PUT',
        headers: {authorization: `Bearer ${full.token}`},
      }),
    )
  expect((await create('last')).status).toBe(200)
  const refused = await create('more')
  expect(refused.status).toBe(409)
  expect(JSON.stringify(await refused.json())).toContain('at most 250 datasets')
})

test('roles are fixed', async () => {
  const roles: unknown = await client.request({url: `/projects/${lake.projectId}/roles`})
  expect(roles).toMatchObject(
    ['administrator', 'editor', 'viewer', 'deploy-studio'].map((name) => ({name, isCustom: false})),
  )
})

test.each([
  ['GraphQL', 'POST', '/graphql/production/default'],
  ['functions', 'GET', '/functions'],
  ['agent actions', 'POST', '/agent/action/generate/production'],
  ['embeddings', 'GET', '/embeddings-index/production'],
  ['canvas', 'GET', '/canvases'],
  ['a picture by its address', 'POST', '/assets/images/production/from-url'],
])('%s: 501, and the name of what is missing', async (_, method, path) => {
  const response = await fetch(at(path), {method, headers: {authorization}})
  expect(response.status).toBe(501)
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining(`${method} /v2025-02-19${path}`),
  })
})

test.each([
  ['dataset aliases', '/aliases', []],
  ['invitations', '/invitations/project/copydesk', []],
  ['media libraries', '/media-libraries', {data: []}],
])('%s: an empty list', async (_, url, expected) => {
  expect(await client.request({url})).toEqual(expected)
})

test.each([
  ['a dataset alias', 'PUT', '/aliases/next', 501],
  ['an invitation', 'POST', '/invitations/project/copydesk', 405],
  ['a role', 'POST', '/projects/copydesk/roles', 405],
])('%s cannot be made', async (_, method, path, status) => {
  expect((await fetch(at(path), {method, headers: {authorization}})).status).toBe(status)
})

test('a stream is resumed by the header alone, and its heartbeats are comments', async () => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']})
  const leaving = new AbortController()
  try {
    const query = encodeURIComponent('*')
    const path = `/data/listen/production?query=${query}&enableResume=true&evs_preamble=true`
    const response = await fetch(at(`${path}&lastEventId=1`), {
      headers: {authorization, accept: 'text/event-stream'},
      signal: leaving.signal,
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const read = async (end: string): Promise<string> => {
      let text = ''
      while (!text.endsWith(end)) text += (await reader?.read())?.value ?? end
      return text
    }
    const [preamble = '', ...greeting] = (await read('}\n\n')).split('\n')
    expect(preamble).toMatch(/^: {2056}$/)
    expect(greeting.join('\n')).toContain('event: welcome\n')
    vi.advanceTimersByTime(STREAM_HEARTBEAT)
    expect(await read('\n\n')).toBe(':\n\n')
  } finally {
    leaving.abort()
    vi.useRealTimers()
  }
})
