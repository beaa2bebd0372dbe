import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {createLake, type Lake} from '../../open/createLake.ts'
import {type RunningServer, startServer} from '../../server/startServer.ts'
import {clientOf} from '../testClient.ts'

let lake: Lake
let server: RunningServer
let client: SanityClient
beforeEach(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
  client = signedIn(lake.token)
})
afterEach(async () => {
  await server.close()
  await lake.close()
})

const signedIn = (token: string) =>
  clientOf({projectId: lake.projectId, token}, server.url, {apiVersion: '2025-08-14'})

const CORS = '/projects/copydesk/cors'
const add = (origin: string, allowCredentials: boolean) =>
  client.request({method: 'POST', url: CORS, body: {origin, allowCredentials}})

const SITE = 'https://www.example.org'
/** The CORS headers for a page of the origin: of the preflight, and of the response. */
const rights = async (origin: string) => {
  const url = `${server.url}/v1/data/query/production?query=1`
  const headers = {origin, 'access-control-request-headers': 'authorization, x-own'}
  const asked = await fetch(url, {method: 'OPTIONS', headers})
  const answered = await fetch(url, {headers: {origin}})
  return {
    origin: answered.headers.get('access-control-allow-origin'),
    credentials: answered.headers.get('access-control-allow-credentials'),
    token: asked.headers.get('access-control-allow-headers')?.includes('authorization') ?? false,
  }
}
const NONE = {origin: null, credentials: null, token: false}
const signIn = async (origin: string): Promise<number> =>
  (await fetch(`${server.url}/v1/auth/login/lake?origin=${origin}`)).status

test('a listed origin may use the lake until it is deleted, repeated answers included', async () => {
  for (let n = 0; n < 3; n++) expect(await rights(SITE)).toEqual(NONE)
  const {id} = await add('HTTPS://www.Example.org/', true)
  for (let n = 0; n < 3; n++) {
    expect(await rights(SITE)).toEqual({origin: SITE, credentials: 'true', token: true})
  }
  expect(await signIn(SITE)).toBe(200)
  expect(await client.request({url: CORS})).toEqual([
    expect.objectContaining({id, origin: SITE, allowCredentials: true, projectId: 'copydesk'}),
  ])
  await client.request({method: 'DELETE', url: `${CORS}/${id}`})
  expect(await rights(SITE)).toEqual(NONE)
  expect(await client.request({url: CORS})).toEqual([])
})

test('without credentials its pages read what everybody may read, and nobody signs in', async () => {
  await add(SITE, false)
  expect(await rights(SITE)).toEqual({origin: SITE, credentials: null, token: false})
  expect(await signIn(SITE)).toBe(403)
  const check = await fetch(`${server.url}/v1/check/cors`, {headers: {origin: SITE}})
  expect(await check.json()).toEqual({result: {allowed: true, withCredentials: false}})
})

test.each(['*', 'https://*.example.org', 'https://example.org/path', 'file:///x', 'example', ''])(
  'refuses %j as an origin',
  async (origin) => {
    await expect(add(origin, true)).rejects.toMatchObject({statusCode: 400})
    expect(await client.request({url: CORS})).toEqual([])
  },
)

test('refuses an origin twice, an unknown id, and everybody but administrators', async () => {
  await add(SITE, true)
  await expect(add(SITE, false)).rejects.toMatchObject({statusCode: 409})
  const gone = client.request({method: 'DELETE', url: `${CORS}/99`})
  await expect(gone).rejects.toMatchObject({statusCode: 404})
  const editor = signedIn(lake.createToken('Desk', 'editor'))
  await expect(editor.request({url: CORS})).rejects.toMatchObject({statusCode: 403})
})
