/**
 * Test environments with a DOM, and Jest, run tests in a realm of their own: its `Uint8Array` is not
 * that of Node's buffers. Real ones are tried by tests/environments/run.ts.
 */
import {runInNewContext} from 'node:vm'

import {afterEach, beforeEach, expect, test, vi} from 'vitest'

import {createTestLake, type TestLake} from './index.ts'

let lake: TestLake

beforeEach(async () => {
  for (const name of ['Uint8Array', 'ArrayBuffer', 'Error']) {
    vi.stubGlobal(name, runInNewContext(name))
  }
  lake = await createTestLake({documents: [{_id: 'a', _type: 'post', title: 'One'}]})
})

afterEach(async () => {
  vi.unstubAllGlobals()
  await lake.close()
})

const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = {authorization: `Bearer ${lake.token}`}
  return lake.fetch(new Request(`http://localhost/v2025-02-19${path}`, {...init, headers}))
}

test('queries, exports and assets are answered in another realm', async () => {
  const query = await ask(`/data/query/production?query=${encodeURIComponent('*[0].title')}`)
  expect(await query.json()).toMatchObject({result: 'One'})
  const document = await ask('/data/doc/production/a')
  expect(await document.json()).toMatchObject({documents: [{title: 'One'}]})
  const exported = await ask('/data/export/production')
  expect(await exported.text()).toContain('"One"')
  const uploaded = await ask('/assets/files/production', {method: 'POST', body: 'hello'})
  const {url} = Object(await uploaded.json()).document
  expect(await (await lake.fetch(new Request(url))).text()).toBe('hello')
})
