import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../../open/createLake.ts'
import {STUBS} from './stubRoutes.ts'

let lake: Lake
beforeAll(() => {
  lake = createLake()
})
afterAll(() => lake.close())

const ask = (method: string, path: string, body?: string) =>
  lake.fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: {authorization: `Bearer ${lake.token}`},
      ...(body !== undefined && {body}),
    }),
  )

const statusOf = async (path: string, body: string) => (await ask('POST', path, body)).status

describe('an answer to what cannot be done', () => {
  test.each([
    ['GET', '/v1/data/unknown/production', 501, /GET \/v1\/data\/unknown\/production/],
    ['POST', '/v2025-02-19/agent/action/generate/production', 501, /agent\/action/],
    ['GET', '/favicon.ico', 404, /API paths begin with a version/],
    ['GET', '/v2025-13-01/ping', 404, /API paths begin with a version/],
    ['DELETE', '/v1/data/query/production', 405, /use GET or POST/],
    ['GET', '/v1/data/query/nowhere?query=1', 404, /There is no dataset "nowhere"/],
    ['GET', '/v1/data/query/No%20Name?query=1', 400, /cannot name a dataset/],
    ['GET', '/v1/data/query/production', 400, /"query" is required/],
    ['GET', '/v1/data/query/production?query=1&$a=x', 400, /Parameter \$a is not valid JSON/],
    ['GET', '/v1/data/query/production?query=1&perspective=a%20b', 400, /is not a perspective/],
    ['GET', '/v1/data/query/production?query=1&explain=maybe', 400, /must be true or false/],
    ['GET', '/v1/data/query/production?query=1&tag=%00', 400, /"tag"/],
    ['GET', '/v1/data/doc/production/-a', 400, /Invalid document ID "-a"/],
    ['GET', '/v1/data/doc/production/a,,b', 400, /Invalid document ID ""/],
    ['GET', '/v1/data/doc/production/%E0%A4%A', 400, /percent-encoding/],
    ['GET', '/v1/projects/another', 404, /serves project "copydesk"/],
    [
      'GET',
      '/v1/data/history/production/documents/a?revision=b&lastRevision=true',
      400,
      'lastRevision',
    ],
    ['GET', '/v1/data/history/production/transactions?limit=-1', 400, /"limit" must be an integer/],
    ['GET', '/v1/jobs/none', 404, /no such job/],
  ])('%s %s: %i', async (method, path, status, message) => {
    const response = await ask(method, path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const body = await response.json()
    expect(body).toMatchObject({statusCode: status, error: expect.any(String)})
    expect(body.message).toMatch(message)
  })

  test('a Studio does not take a missing dataset for a missing project', async () => {
    const body = await (await ask('GET', '/v1/data/query/nowhere?query=1')).json()
    expect(body.error).toBe('Not Found')
    expect(body).not.toHaveProperty('attributes')
  })

  test('a wrong method names the right ones', async () => {
    const response = await ask('DELETE', '/v1/data/query/production')
    expect(response.headers.get('allow')).toBe('GET, POST')
  })

  test('bodies: broken, of the wrong kind, too long', async () => {
    expect(await statusOf('/v1/data/mutate/production', '{')).toBe(400)
    expect(await statusOf('/v1/data/mutate/production', '[]')).toBe(400)
    expect(await statusOf('/v1/data/mutate/production', '{"mutations":{}}')).toBe(400)
    expect(await statusOf('/v1/data/mutate/production', '{"mutations":[{"destroy":{}}]}')).toBe(400)
    expect(await statusOf('/v1/data/query/production', JSON.stringify({query: 1}))).toBe(400)
    expect(await statusOf('/v1/data/mutate/production', ' '.repeat(4 * 1024 * 1024 + 1))).toBe(413)
    expect(await statusOf('/v1/data/query/production', ' '.repeat(307_201))).toBe(413)
  })
})

describe('what is deliberately inert', () => {
  test.each(STUBS.map(({method, path, answer}) => ({method, path, answer})))(
    '$method $path',
    async ({method, path, answer}) => {
      const response = await ask(method, `/v1${path.replace('*', 'x').replaceAll(/:\w+/g, 'x')}`)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual(answer)
    },
  )
})

describe('settings of a user', () => {
  test('are kept, and null when there are none', async () => {
    const path = '/v2026-05-04/users/me/keyvalue'
    const pairs = [
      {key: 'layout', value: {compact: true}},
      {key: '__proto__', value: 1},
    ]
    expect(await (await ask('PUT', path, JSON.stringify(pairs))).json()).toEqual(pairs)
    expect(await (await ask('GET', `${path}/layout,other,__proto__,toString`)).json()).toEqual([
      {key: 'layout', value: {compact: true}},
      {key: 'other', value: null},
      {key: '__proto__', value: 1},
      {key: 'toString', value: null},
    ])
    expect((await ask('PUT', path, '{"key":"a"}')).status).toBe(400)
    expect((await ask('PUT', path, '[{"key":""}]')).status).toBe(400)
  })
})
