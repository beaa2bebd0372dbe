/** HTTP's rules for cached pages. */
import {brotliDecompressSync} from 'node:zlib'

import {expect, it} from 'vitest'

import {pageOf} from './page.ts'
import {respond} from './respond.ts'

const LONG_TEXT = 'The ferry returned to Lower Quay. '.repeat(100)

const page = pageOf({headers: {'content-type': 'text/html; charset=utf-8'}, body: LONG_TEXT})

const asked = (headers: Record<string, string>, method = 'GET'): Request =>
  new Request('http://site/', {method, headers})

it('sends the page with its tag, and may be kept by caches in between', async () => {
  const response = await respond(asked({}), page)
  expect(await response.text()).toBe(LONG_TEXT)
  expect(response.headers.get('etag')).toBe(`"${page.tag}"`)
  expect(response.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=60, /)
})

it.each([
  ['the same', (tag: string) => `"${tag}"`],
  ['the same, weak, among others', (tag: string) => `"x", W/"${tag}"`],
  ['that of the compressed copy', (tag: string) => `"${tag}-br"`],
  ['any', () => '*'],
])('says that nothing changed if the reader’s tag is %s', async (_, tag) => {
  const response = await respond(asked({'if-none-match': tag(page.tag)}), page)
  expect(response.status).toBe(304)
  expect(await response.text()).toBe('')
  expect(response.headers.get('etag')).toBe(`"${page.tag}"`)
})

it('compresses for readers who accept it', async () => {
  const response = await respond(asked({'accept-encoding': 'gzip, br;q=0.9'}), page)
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(response.headers.get('vary')).toContain('accept-encoding')
  const body = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('content-length')).toBe(String(body.length))
  expect(brotliDecompressSync(body).toString()).toBe(LONG_TEXT)
})

it.each(['gzip', 'br;q=0', 'br; q=0.0', ''])('does not compress for “%s”', async (encoding) => {
  const response = await respond(asked({'accept-encoding': encoding}), page)
  expect(response.headers.get('content-encoding')).toBeNull()
})

it('answers HEAD with the length alone', async () => {
  const response = await respond(asked({}, 'HEAD'), page)
  expect(await response.text()).toBe('')
  expect(response.headers.get('content-length')).toBe(String(LONG_TEXT.length))
})

it('lets caches keep a missing page for half a minute', async () => {
  const missing = pageOf({status: 404, headers: {}, body: 'none'})
  const response = await respond(asked({'if-none-match': '*'}), missing)
  expect(response.status).toBe(404)
  expect(response.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=30')
})

it('lets no cache keep a preview, and gives it no tag', async () => {
  const response = await respond(asked({'if-none-match': '*'}), page, {isPrivate: true})
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('etag')).toBeNull()
})
