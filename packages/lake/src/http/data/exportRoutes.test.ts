import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test, vi} from 'vitest'

import {EXPORT_PAGE_DOCUMENTS, EXPORT_TIMEOUT, MAX_EXPORTS_AT_ONCE} from '../../core/limits.ts'
import {createLake, type Lake} from '../../open/createLake.ts'

const request = (lake: Lake, path: string, body?: object): Promise<Response> =>
  lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      ...(body !== undefined && {body: JSON.stringify(body)}),
    }),
  )

const mutate = (lake: Lake, mutations: readonly object[]) =>
  request(lake, '/data/mutate/production', {mutations})

const idOf = (n: number): string => `n${String(n).padStart(5, '0')}`

/** Of about 1 KB each, so that an export takes many chunks. */
const fill = async (lake: Lake, count: number): Promise<void> => {
  const documents = Array.from({length: count}, (_, n) => ({
    create: {_id: idOf(n), _type: n % 2 === 0 ? 'even' : 'odd', text: 'x'.repeat(1000)},
  }))
  for (let at = 0; at < count; at += 1000) await mutate(lake, documents.slice(at, at + 1000))
}

const idsIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"_id"'))
    .map((line) => String(JSON.parse(line)._id))

test.each([
  ['in memory', false],
  ['in a folder', true],
])('an export has one state, whatever is written meanwhile (%s)', async (_, inFolder) => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-export-'))
  await using lake = createLake(inFolder ? {dataDir: folder} : {})
  const count = 2000
  await fill(lake, count)
  await mutate(lake, [{create: {_id: 'drafts.b', _type: 'even'}}])
  const before = ['drafts.b', ...Array.from({length: count}, (_, n) => idOf(n))]
  const {body} = await request(lake, '/data/export/production')
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let chunk = 0; ; chunk++) {
    const {done, value} = (await reader?.read()) ?? {done: true, value: undefined}
    if (done) break
    text += value
    await mutate(lake, [
      {delete: {id: idOf(chunk)}},
      {delete: {id: idOf(count - 1 - chunk)}},
      {create: {_id: `a${chunk}`, _type: 'new'}},
      {create: {_id: `z${chunk}`, _type: 'new'}},
      // As publishing does it, and back.
      ...(chunk % 2 === 0
        ? [{create: {_id: 'b', _type: 'even'}}, {delete: {id: 'drafts.b'}}]
        : [{create: {_id: 'drafts.b', _type: 'even'}}, {delete: {id: 'b'}}]),
    ])
  }
  expect(idsIn(text)).toEqual(before)
  expect(text).not.toContain('"new"')
  rmSync(folder, {recursive: true})
})

test('an export whose reader goes away holds nothing', async () => {
  await using lake = createLake()
  await fill(lake, 300)
  // More than are possible at once, one after another.
  for (let n = 0; n < MAX_EXPORTS_AT_ONCE + 2; n += 1) {
    const {status, body} = await request(lake, '/data/export/production')
    expect(status).toBe(200)
    await body?.cancel()
  }
  const open = await Promise.all(
    Array.from({length: MAX_EXPORTS_AT_ONCE}, () => request(lake, '/data/export/production')),
  )
  const refused = await request(lake, '/data/export/production')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
  for (const {body} of open) await body?.cancel()
  expect((await request(lake, '/data/export/production')).status).toBe(200)
})

test('an export ends with its dataset', async () => {
  await using lake = createLake()
  await fill(lake, 2000)
  const {body} = await request(lake, '/data/export/production')
  const reader = body?.getReader()
  await reader?.read()
  await lake.reset()
  const rest = async (): Promise<void> => {
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read());
  }
  await expect(rest()).rejects.toThrow(/closed or emptied/)
})

test('pages of an export name the next one, and the last one none', async () => {
  await using lake = createLake()
  await fill(lake, EXPORT_PAGE_DOCUMENTS * 2 + 10)
  const sizes: number[] = []
  const ids: string[] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const response = await request(
      lake,
      `/data/export/production?types=odd,even&nextCursor=${cursor}`,
    )
    const page = await response.text()
    sizes.push(idsIn(page).length)
    ids.push(...idsIn(page))
    cursor = /^{"nextCursor":"(.+)"}$/m.exec(page)?.[1]
  }
  expect(sizes).toEqual([EXPORT_PAGE_DOCUMENTS, EXPORT_PAGE_DOCUMENTS, 10])
  expect(ids).toEqual(Array.from({length: ids.length}, (_, n) => idOf(n)))
})

test('an export that takes too long ends with a line that says so', async () => {
  await using lake = createLake()
  await fill(lake, 1000)
  const {body} = await request(lake, '/data/export/production')
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = (await reader?.read())?.value ?? ''
  const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + EXPORT_TIMEOUT + 1)
  try {
    for (;;) {
      const {done, value} = (await reader?.read()) ?? {done: true, value: undefined}
      if (done) break
      text += value
    }
  } finally {
    now.mockRestore()
  }
  const lines = text.trim().split('\n')
  expect(lines.length).toBeLessThan(1000)
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
    error: {description: 'The export took longer than 5 minutes.'},
  })
})
