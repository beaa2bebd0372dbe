import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {clientOf} from '../http/testClient.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

let folder: string
let lake: Lake
let server: RunningServer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-writes-'))
  lake = createLake({dataDir: folder})
  server = await startServer({lake, port: 0})
})
afterEach(async () => {
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

const creates = (count: number, prefix = 'd') =>
  Array.from({length: count}, (_, n) => ({create: {_id: `${prefix}${n}`, _type: 'note', n}}))

const mutate = (mutations: readonly object[], search = '', options: RequestInit = {}) =>
  fetch(`${server.url}/v2025-02-19/data/mutate/production?${search}`, {
    method: 'POST',
    headers: {authorization: `Bearer ${lake.token}`},
    body: JSON.stringify({mutations}),
    ...options,
  })

const dataset = () => internalsOf(lake).dataset('production')

const whereDone = async (mutations: readonly object[]): Promise<string> => {
  const before = dataset().writer.done.writer
  expect((await mutate(mutations)).status).toBe(200)
  return dataset().writer.done.writer > before ? 'writer' : 'serving'
}

/** The responses of `/health` until the work is done: at least one. */
const healthDuring = async (work: Promise<unknown>): Promise<number> => {
  const done = work.then(() => 'done')
  for (let answers = 0; ; answers += 1) {
    const asked = fetch(`${server.url}/health`).then((response) => response.text())
    if ((await Promise.race([done, asked])) === 'done') return answers
  }
}

const listened = async (search: string, token: string | undefined = lake.token) => {
  const response = await fetch(`${server.url}/v2025-02-19/data/${search}`, {
    headers: {
      accept: 'text/event-stream',
      ...(token !== undefined && {authorization: `Bearer ${token}`}),
    },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return async (end: string): Promise<string> => {
    while (!text.includes(end)) {
      const {done, value} = (await reader?.read()) ?? {done: true, value: undefined}
      if (done) throw new Error(`the stream ended: ${text.slice(-200)}`)
      text += value
    }
    await reader?.cancel()
    return text
  }
}

describe('a large transaction', () => {
  it('runs on the writer thread, while the serving thread answers other requests', async () => {
    const sent = mutate(creates(20_000), 'returnIds=true')
    expect(await healthDuring(sent)).toBeGreaterThan(2)
    const response = await sent
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const body: {transactionId: string; results: object[]} = await response.json()
    expect(body.results).toHaveLength(20_000)
    expect(body.results[7]).toEqual({id: 'd7', operation: 'create'})
    expect(dataset().writer.done).toEqual({serving: 0, writer: 1})
    expect(dataset().store.get('d19999')).toMatchObject({n: 19_999, _rev: body.transactionId})
    expect(dataset().store.history.transaction(body.transactionId)).toMatchObject({sequence: 1})
  })

  it('keeps its position among small ones, which wait for it and for each other', async () => {
    const client = clientOf(lake, server.url)
    const large = client.transaction(creates(5000)).commit({visibility: 'sync'})
    while (!dataset().writer.isBusy) await new Promise(setImmediate)
    const order: number[] = []
    const small = Array.from({length: 20}, async (_, n) => {
      await client.patch('d7').inc({n: 1}).commit()
      order.push(n)
    })
    await Promise.all([large, ...small])
    expect(dataset().store.get('d7')).toMatchObject({n: 27})
    expect(dataset().store.history.transaction((await large).transactionId)?.sequence).toBe(1)
  })

  it('fails with the same errors as a small one', async () => {
    const response = await mutate([...creates(400), {create: {_id: 'd3', _type: 'note'}}])
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      error: {type: 'mutationError', items: [{index: 400, error: {id: 'd3'}}]},
    })
    const broken = await mutate([], '', {body: `{"mutations": [${' '.repeat(200_000)}`})
    expect(broken.status).toBe(400)
    expect(dataset().store.revision).toBe(0)
    expect((await mutate(creates(1))).status).toBe(200)
  })

  it('is dropped when its client disconnects before its turn', async () => {
    const first = mutate(creates(20_000))
    while (!dataset().writer.isBusy) await new Promise(setImmediate)
    const gone = new AbortController()
    const second = mutate(creates(1, 'never'), '', {signal: gone.signal})
    const third = mutate(creates(1, 'third'))
    while (dataset().writer.waiting < 2) await fetch(`${server.url}/health`)
    gone.abort()
    await expect(second).rejects.toThrow('abort')
    expect((await first).status).toBe(200)
    expect((await third).status).toBe(200)
    expect(dataset().store.get('third0')).toBeDefined()
    expect(dataset().store.get('never0')).toBeUndefined()
  })
})

describe('the large bodies of an import', () => {
  const text = 'x'.repeat(5000)
  const articles = (prefix: string) =>
    creates(80, prefix).map(({create}) => ({create: {...create, text}}))

  it('run on the serving thread until there is a listener', async () => {
    await mutate(articles('a'))
    expect(dataset().writer.done).toEqual({serving: 1, writer: 0})
    const heard = await listened('listen/production?query=*')
    await mutate(articles('b'), 'transactionId=large')
    expect(dataset().writer.done).toEqual({serving: 1, writer: 1})
    await heard('large#b79')
  })

  it('run on the writer thread for longer and longer when each takes too long', async () => {
    expect(await whereDone(creates(8000))).toBe('writer')
    expect(await whereDone(articles('a'))).toBe('writer')
    expect(await whereDone(creates(8000, 'e'))).toBe('writer')
    expect(await whereDone(articles('b'))).toBe('writer')
    expect(await whereDone(articles('c'))).toBe('writer')
    expect(await whereDone(articles('f'))).toBe('serving')
  })
})

it('a small change of a large document runs on the writer thread', async () => {
  const text = 'x'.repeat(600_000)
  await mutate([{create: {_id: 'long', _type: 'note', text}}, {create: {_id: 'd', _type: 'note'}}])
  const done = async (mutation: object) => {
    const before = dataset().writer.done.writer
    expect((await mutate([mutation])).status).toBe(200)
    return dataset().writer.done.writer > before ? 'writer' : 'serving'
  }
  // Read from the file, then from memory.
  expect(await done({patch: {id: 'long', set: {n: 1}}})).toBe('writer')
  dataset().store.get('long')
  expect(await done({patch: {id: 'long', set: {n: 2}}})).toBe('writer')
  expect(await done({patch: {id: 'd', set: {n: 2}}})).toBe('serving')
  // The request is small, but the document it makes is large.
  const list = Array.from({length: 600}, () => ({}))
  expect(await done({patch: {id: 'd', set: {list}}})).toBe('serving')
  expect(await done({patch: {id: 'd', set: {'list[0:600].text': 'y'.repeat(2000)}}})).toBe('writer')
  expect(dataset().store.get('long')).toMatchObject({n: 2})
})

describe('mutations by query', () => {
  it('over many documents run on the writer thread, on the state when their turn comes', async () => {
    await mutate(creates(3000))
    const patches = Array.from({length: 4}, () => ({
      patch: {query: '*[_type == "note" && n >= 0]', inc: {n: 1}},
    }))
    const sent = mutate(patches, 'returnIds=true')
    expect(await healthDuring(sent)).toBeGreaterThan(2)
    const {results}: {results: object[]} = await (await sent).json()
    expect(results).toHaveLength(12_000)
    expect(dataset().writer.done).toEqual({serving: 0, writer: 2})
    expect(dataset().store.get('d5')).toMatchObject({n: 9})
  })

  it('over a few documents run at once', async () => {
    await mutate(creates(10))
    await mutate([{delete: {query: '*[_type == "note" && n > 4]'}}])
    expect(dataset().writer.done).toEqual({serving: 2, writer: 0})
    expect(dataset().store.get('d5')).toBeUndefined()
  })
})

describe('what the writer thread commits', () => {
  it('reaches all listeners, in the order of the commits', async () => {
    const query = encodeURIComponent('*[n % 2 == 0]')
    const some = await listened(`listen/production?query=${query}&includeResult=true`)
    const again = await listened(`listen/production?query=${query}&includeResult=true`)
    const live = await listened('live/events/production', undefined)
    const whole: [string, number][] = []
    dataset().commits.subscribe({
      onCommit: ({transactionId, changes}) => void whole.push([transactionId, changes.length]),
    })
    const large = mutate(creates(2000), 'transactionId=large')
    while (!dataset().writer.isBusy) await new Promise(setImmediate)
    await mutate([{patch: {id: 'd0', set: {n: 2, last: true}}}], 'transactionId=small')
    expect((await large).status).toBe(200)

    const told = await some('small#d0')
    const same = await again('small#d0')
    expect(same.replace(listenerName(same), '')).toBe(told.replace(listenerName(told), ''))
    const numbers = [...told.matchAll(/"transactionCurrentEvent":(\d+)/g)].map(([, n]) => Number(n))
    expect(numbers).toEqual([...Array.from({length: 1000}, (_, n) => n + 1), 1])
    expect(told).toContain('"transactionTotalEvents":1000')
    expect(told.match(/"documentId":"d\d+"/g)?.slice(0, 2)).toEqual([
      '"documentId":"d0"',
      '"documentId":"d2"',
    ])
    expect(whole).toEqual([
      ['large', 2000],
      ['small', 1],
    ])
    expect((await live('id: 2')).match(/^id: .*$/gm)).toEqual(['id: 0', 'id: 1', 'id: 2'])
  })

  it('ends only a listener whose filter fails', async () => {
    // Joins longer strings than one evaluation may.
    const query = encodeURIComponent(`*[length([${Array(400).fill('text + text').join()}]) == 1]`)
    const failing = await listened(`listen/production?query=${query}`)
    const fine = await listened('listen/production?query=*')
    const text = 'x'.repeat(300_000)
    await mutate([{create: {_id: 'long', _type: 'note', text}}], 'transactionId=large')
    await fine('large#long')
    expect(await failing('event: channelError')).toContain('welcome')
  })
})

const listenerName = (text: string): string =>
  /"listenerName":"([^"]+)"/.exec(text)?.[1] ?? 'no name'

describe('closing the lake', () => {
  it('ends a large transaction, of which nothing is stored', async () => {
    const sent = mutate(creates(35_000))
    while (!dataset().writer.isBusy) await new Promise(setImmediate)
    const waiting = mutate(creates(1, 'waiting'))
    while (dataset().writer.waiting < 1) await fetch(`${server.url}/health`)
    const closing = lake.close()
    expect((await sent).status).toBe(503)
    expect((await waiting).status).toBe(503)
    await closing
    await using reopened = createLake({dataDir: folder})
    expect(internalsOf(reopened).dataset('production').store.revision).toBe(0)
  })
})
