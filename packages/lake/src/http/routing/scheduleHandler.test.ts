import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {internalsOf} from '../../open/internals.ts'
import {splitUrl} from '../exchange/requestUrl.ts'

/** Requests of every kind that arrive in one turn of the event loop, as they do over a network. */
let folder: string
let lake: Lake

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-in-turn-'))
  lake = createLake({dataDir: folder})
})
afterEach(async () => {
  await lake.close()
  rmSync(folder, {recursive: true})
})

/** @param body Is there already; without one it is a GET. */
const ask = (
  path: string,
  {body, token = lake.token}: {body?: object; token?: string | null} = {},
): LakeResponse | Promise<LakeResponse> => {
  const url = `/v2025-02-19/data/${path}`
  const request: LakeRequest = {
    method: body === undefined ? 'GET' : 'POST',
    url,
    ...splitUrl(url),
    address: '',
    header: (name) => (name === 'authorization' && token !== null ? `Bearer ${token}` : undefined),
    body: async () => Buffer.from(JSON.stringify(body)),
    async *stream() {},
    signal: new AbortController().signal,
  }
  return internalsOf(lake).handle(request)
}

const query = (text: string, params = ''): string =>
  `query/production?query=${encodeURIComponent(text)}${params}`

const create = (count: number, prefix = 'n') => ({
  mutations: Array.from({length: count}, (_, n) => ({
    createOrReplace: {
      _id: `${prefix}${n}`,
      _type: 'note',
      slug: `s${n}`,
      n,
      text: 'a b '.repeat(50),
    },
  })),
})

/** Longer than the serving thread tries it, and another text each. */
const scan = (n: number): string =>
  `count(*[_type == "note" && count(*[n + ^.n > ${n}]) > ${n}]) + ${n}`

/** Some milliseconds to parse. */
const longText = (n: number): string =>
  `[${Array.from({length: 900}, (_, item) => item).join()}, ${n}]`

const ids = Array.from({length: 900}, (_, n) => `n${n}`).join()

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Statuses as they come. */
const begin = (
  count: number,
  send: (n: number) => LakeResponse | Promise<LakeResponse>,
): {readonly statuses: number[]; readonly all: Promise<unknown>} => {
  const statuses: number[] = []
  const all = Array.from({length: count}, async (_, n) => {
    const {status, body} = await send(n)
    statuses.push(status)
    // A listener that nobody reads.
    if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) {
      await body[Symbol.asyncIterator]().return?.()
    }
  })
  return {statuses, all: Promise.all(all)}
}

test.each<readonly [string, number, (n: number) => LakeResponse | Promise<LakeResponse>]>([
  ['queries that take long to parse', 90, (n) => ask(query(longText(n)))],
  ['the same in bodies', 90, (n) => ask('query/production', {body: {query: longText(n)}})],
  [
    'filters of listeners',
    90,
    (n) => ask(`listen/production?query=${encodeURIComponent(`*[n in ${longText(n)}]`)}`),
  ],
  ['documents by id', 300, () => ask(`doc/production/${ids}`)],
  [
    'documents of the history',
    300,
    () => ask(`history/production/documents/${ids}?lastRevision=true`),
  ],
  ['transactions', 90, (n) => ask('mutate/production', {body: create(80, `t${n}-`)})],
])('%s that arrive at once are not all done in one turn', async (_, count, send) => {
  await ask('mutate/production', {body: create(1000)})
  const {statuses, all} = begin(count, send)
  // Bodies are there after some callbacks of this turn.
  await nextTurn()
  await nextTurn()
  expect(statuses.length).toBeLessThan(count - 10)
  await all
  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('of long queries that arrive at once a few are tried in a turn, and then the next', async () => {
  await ask('mutate/production', {body: create(1000)})
  const {statuses, all} = begin(200, (n) => ask(query(scan(n)), {token: null}))
  await nextTurn()
  // Some 50 may wait for a scan thread: had all been tried, the others would be refused by now.
  expect(statuses).toEqual([])
  await lake.close()
  await all
})

test('a query that is known to be quick does not wait for those that are not', async () => {
  await ask('mutate/production', {body: create(1000)})
  const text = '*[_id == $id][0].n'
  const byId = (n: number) =>
    ask(query(text, `&$id=${encodeURIComponent(`"n${n}"`)}`), {token: null})
  const {queries} = internalsOf(lake).dataset('production')
  const isQuick = () => queries.isQuick(text, {id: 'n0'})
  for (let n = 0; n < 10 || !isQuick(); n += 1) await byId(n)
  const {statuses, all} = begin(400, (n) => ask(query(scan(n)), {token: null}))
  const triedMeanwhile: number[] = []
  for (let n = 20; n < 40; n += 1) {
    // On a busy machine one may take long for once; then the next one waits.
    const mustNotWait = isQuick()
    const before = statuses.length
    expect((await byId(n)).status).toBe(200)
    if (mustNotWait) triedMeanwhile.push(statuses.length - before)
    await nextTurn()
  }
  expect(triedMeanwhile.length).toBeGreaterThan(5)
  // Had one of them waited behind the others, most of those had been tried.
  expect(Math.max(...triedMeanwhile)).toBeLessThan(100)
  await lake.close()
  await all
})
