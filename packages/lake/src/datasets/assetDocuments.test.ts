import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

let folder: string
let lake: Lake
let server: RunningServer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-addresses-'))
  lake = createLake({dataDir: folder})
  server = await startServer({lake, port: 0})
})
afterEach(async () => {
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

/** Through `lake.fetch`: no connection to a server of the past is kept. */
const send = (path: string, init: RequestInit = {}): Promise<Response> =>
  lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      ...init,
      headers: {authorization: `Bearer ${lake.token}`},
    }),
  )

const upload = (): Promise<Response> =>
  send('/assets/files/production?filename=a.txt', {method: 'POST', body: 'some text'})

const asset = async (): Promise<{url: string; _rev: string}> => {
  const query = encodeURIComponent('*[_type == "sanity.fileAsset"][0]')
  const answer: {result: {url: string; _rev: string}} = await (
    await send(`/data/query/production?query=${query}`)
  ).json()
  return answer.result
}

const transactions = async (): Promise<string[]> =>
  (await (await send('/data/history/production/transactions')).text()).trim().split('\n')

const restart = async (port: number): Promise<void> => {
  await server.close()
  server = await startServer({lake, port})
}

describe('addresses of assets', () => {
  test('follow the lake to another port, in one transaction', async () => {
    await upload()
    const first = await asset()
    const old = server.url
    await restart(0)
    const moved = await asset()
    expect(server.url).not.toBe(old)
    expect(moved.url).toBe(first.url.replace(old, server.url))
    expect(await (await fetch(moved.url)).text()).toBe('some text')
    expect(await transactions()).toEqual([
      expect.stringContaining(first._rev),
      expect.stringContaining(moved._rev),
    ])
  })

  test('are not written where nothing moved', async () => {
    await upload()
    const before = await asset()
    await restart(server.port)
    expect(await asset()).toEqual(before)
    expect(await transactions()).toHaveLength(1)
  })

  test('are those of the last server for what is uploaded while none runs', async () => {
    const {url} = server
    await server.close()
    await lake.close()
    lake = createLake({dataDir: folder})
    await upload()
    expect((await asset()).url.startsWith(`${url}/files/`)).toBe(true)
    server = await startServer({lake, port: 0})
    expect((await asset()).url.startsWith(`${server.url}/files/`)).toBe(true)
  })

  test('are moved by whom history can name', async () => {
    const users: unknown = await (await send('/users/%3Csystem%3E')).json()
    expect(users).toMatchObject({displayName: 'The lake', isRobot: true})
  })

  test('that others have set stay as they are', async () => {
    await upload()
    const {url} = await asset()
    const elsewhere = url.replace(server.url, 'https://cdn.example.org')
    const patch = {query: '*[_type == "sanity.fileAsset"]', set: {url: elsewhere}}
    await send('/data/mutate/production', {
      method: 'POST',
      body: JSON.stringify({mutations: [{patch}]}),
    })
    await restart(0)
    expect((await asset()).url).toBe(elsewhere)
  })
})
