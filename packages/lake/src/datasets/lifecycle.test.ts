/**
 * Requests while their dataset is emptied, deleted, created or copied to: over HTTP, in a real
 * folder, and again after the folder was reopened. In any order, acknowledged writes are there,
 * nothing deleted comes back, and no request fails with a 500.
 */
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync} from 'node:fs'
import {request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {isJsonObject, type JsonObject} from '../core/document.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

let folder: string
let dataDir: string
let lake: Lake
let server: RunningServer
let failures: unknown[]

const start = async (): Promise<void> => {
  lake = createLake({dataDir, onError: (error) => failures.push(error)})
  server = await startServer({lake, port: 0})
}
const stop = async (): Promise<void> => {
  await server.close()
  await lake.close()
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-lives-'))
  dataDir = join(folder, 'data')
  failures = []
  await start()
})
afterEach(async () => {
  await stop()
  // Background work has not failed either.
  if (failures.length > 0) throw new AggregateError(failures)
  rmSync(folder, {recursive: true})
})

interface Answer {
  readonly status: number
  readonly body: JsonObject
  readonly retryAfter: string | null
}

const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${server.url}/v2025-02-19${path}`, {
    method,
    headers: {authorization: `Bearer ${lake.token}`},
    ...(body !== undefined && {body: JSON.stringify(body)}),
  })
  const answer: unknown = await response.json()
  return {
    status: response.status,
    body: isJsonObject(answer) ? answer : {},
    retryAfter: response.headers.get('retry-after'),
  }
}

const note = (id: string): object => ({mutations: [{create: {_id: id, _type: 'note'}}]})
const write = (id: string, dataset = 'production'): Promise<Answer> =>
  ask('POST', `/data/mutate/${dataset}`, note(id))
const ids = async (dataset = 'production'): Promise<unknown> =>
  (await ask('GET', `/data/query/${dataset}?query=${encodeURIComponent('*[]._id')}`)).body['result']
const copy = (from: string, to: string): Promise<Answer> =>
  ask('PUT', `/datasets/${from}/copy`, {targetDataset: to})

interface Begun {
  /** Sends the rest of the body. @returns The answer's status. */
  finish(): Promise<number>
}

/** A request whose body has begun and goes on when the test says so. */
const begin = async (path: string, body: Buffer | string): Promise<Begun> => {
  const bytes = Buffer.from(body)
  const sent = request(`${server.url}/v2025-02-19${path}`, {
    method: 'POST',
    headers: {authorization: `Bearer ${lake.token}`, 'content-length': bytes.length},
  })
  const answered = new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
  })
  answered.catch(() => {})
  await new Promise<void>((resolve) => sent.write(bytes.subarray(0, 5), () => resolve()))
  // The server has it once it has responded to a later request.
  await ask('GET', '/ping')
  return {
    finish: () => {
      sent.end(bytes.subarray(5))
      return answered
    },
  }
}

/** How often each race is run: for every change, and in `npm run test:long`. */
const EFFORTS = [
  {rounds: 5, timeout: 60_000},
  {rounds: 25, timeout: 300_000, tags: ['long']},
]

/** Remains of datasets that were deleted or never complete. */
const leftovers = (): string[] =>
  readdirSync(join(dataDir, 'datasets')).filter((name) => name.startsWith('.'))

describe('while a dataset is emptied', () => {
  for (const {rounds, ...options} of EFFORTS) {
    test(
      `what is acknowledged after it is there after a restart, and nothing from before, ${rounds} times`,
      options,
      async () => {
        for (let round = 0; round < rounds; round += 1) {
          await write(`before${round}`)
          let isOver = false
          const reset = lake.reset('production').then(() => (isOver = true))
          const asked = Array.from({length: 6}, async (_, n) => {
            await wait(n % 3)
            const id = `beside${round}-${n}`
            const beganAfter = isOver
            const [{status}, found] = await Promise.all([write(id), ids()])
            expect([200, 503]).toContain(status)
            expect([undefined, []].some((it) => found === it) || Array.isArray(found)).toBe(true)
            return {id, status, beganAfter}
          })
          const outcomes = await Promise.all(asked)
          await reset
          const there = await ids()
          expect(there).not.toContain(`before${round}`)
          const acknowledged = outcomes.filter(
            ({status, beganAfter}) => beganAfter && status === 200,
          )
          expect(there).toEqual(expect.arrayContaining(acknowledged.map(({id}) => id)))
          await write(`after${round}`)
          const last = await ids()
          if (round % 5 === 4) {
            await stop()
            await start()
          }
          expect(await ids()).toEqual(last)
          expect(leftovers()).toEqual([])
        }
      },
    )
  }

  test('a mutation whose body arrives later goes into the empty one', async () => {
    const begun = await begin('/data/mutate/production', JSON.stringify(note('late')))
    const query = await begin('/data/query/production', JSON.stringify({query: '*[]._id'}))
    await write('early')
    await lake.reset('production')
    expect(await begun.finish()).toBe(200)
    expect(await query.finish()).toBe(200)
    expect(await ids()).toEqual(['late'])
    await stop()
    await start()
    expect(await ids()).toEqual(['late'])
  })

  test('an upload whose bytes arrive later fails, and leaves nothing', async () => {
    const begun = await begin('/assets/files/production', 'twelve bytes')
    await lake.reset('production')
    expect(await begun.finish()).toBe(503)
    expect(await ids()).toEqual([])
    const again = await fetch(`${server.url}/v1/assets/files/production`, {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      body: 'twelve bytes',
    })
    expect(again.status).toBe(200)
  })

  test('a waiting or running long query fails with a clear error', async () => {
    const body = {
      mutations: Array.from({length: 400}, (_, n) => ({create: {_type: 'note', n}})),
    }
    await ask('POST', '/data/mutate/production', body)
    const endless = 'count(*[count(*[count(*[n + ^.n > ^.^.n + $n]) > $n]) > $n])'
    const query = (n: number) =>
      ask('GET', `/data/query/production?query=${encodeURIComponent(endless)}&$n=${n}`)
    const asked = Array.from({length: 6}, (_, n) => query(n))
    // Each ping takes a turn of the event loop, and a query begins in each turn.
    for (let turn = 0; turn < 10; turn += 1) await ask('GET', '/ping')
    await lake.reset('production')
    for (const {status, body, retryAfter} of await Promise.all(asked)) {
      expect({status, retryAfter}).toEqual({status: 503, retryAfter: '1'})
      expect(body['message']).toMatch(/closed or emptied/)
    }
  })

  test('streams end', async () => {
    const listening = await fetch(`${server.url}/v1/data/listen/production?query=*`)
    const live = await fetch(`${server.url}/vX/data/live/events/production`)
    await lake.reset('production')
    expect(await listening.text()).toContain('event: disconnect')
    expect(await live.text()).toContain('event: disconnect')
  })
})

describe('while a dataset is deleted and made again', () => {
  for (const {rounds, ...options} of EFFORTS) {
    test(
      `the new one holds nothing of the old one, now and after a restart, ${rounds} times`,
      options,
      async () => {
        for (let round = 0; round < rounds; round += 1) {
          expect((await ask('PUT', '/datasets/news', {aclMode: 'private'})).status).toBe(200)
          await write(`old${round}`, 'news')
          const late = await begin('/data/mutate/news', JSON.stringify(note('late')))
          const deleted = ask('DELETE', '/datasets/news')
          const beside = await Promise.all([
            deleted,
            ids('news'),
            ask('PUT', '/datasets/news', {aclMode: 'private'}),
            write('beside', 'news'),
          ])
          expect(beside.flatMap((it) => (isJsonObject(it) ? [it['status']] : []))).not.toContain(
            500,
          )
          const made = await ask('PUT', '/datasets/news', {aclMode: 'private'})
          expect([200, 409]).toContain(made.status)
          expect(await late.finish()).toBe(200)
          const there = await ids('news')
          expect(there).not.toContain(`old${round}`)
          expect(there).toContain('late')
          if (round % 5 === 4) {
            await stop()
            await start()
          }
          expect(await ids('news')).toEqual(there)
          expect((await ask('DELETE', '/datasets/news')).status).toBe(200)
          expect((await ask('GET', '/data/query/news?query=1')).status).toBe(404)
        }
        expect(leftovers()).toEqual([])
      },
    )
  }

  test('a mutation whose body arrives after the deletion finds no dataset', async () => {
    await ask('PUT', '/datasets/news', {})
    const begun = await begin('/data/mutate/news', JSON.stringify(note('late')))
    await ask('DELETE', '/datasets/news')
    expect(await begun.finish()).toBe(404)
  })
})

describe('while a dataset is copied', () => {
  beforeEach(async () => {
    await write('a')
    await write('b')
  })

  for (const {rounds, ...options} of EFFORTS) {
    test(
      `of many copies to one name one is made, and the name cannot be made otherwise, ${rounds} times`,
      options,
      async () => {
        for (let round = 0; round < rounds; round += 1) {
          const outcomes = await Promise.all([
            ...Array.from({length: 4}, () => copy('production', 'copy')),
            ask('PUT', '/datasets/copy', {}),
            ask('PUT', '/datasets/Copy', {}).then(({status}) => ({
              status: status === 400 ? 409 : status,
            })),
          ])
          expect(outcomes.map(({status}) => status).toSorted()).toEqual([
            200, 409, 409, 409, 409, 409,
          ])
          await stop()
          await start()
          expect([undefined, 'a,b', '']).toContain(String(await ids('copy')))
          expect(leftovers()).toEqual([])
          expect((await ask('DELETE', '/datasets/copy')).status).toBe(200)
        }
      },
    )
  }

  for (const {rounds, ...options} of EFFORTS) {
    test(
      `the copy is whole from when it is seen, and writes to both stay apart, ${rounds} times`,
      options,
      async () => {
        for (let round = 0; round < rounds; round += 1) {
          const copied = copy('production', `copy${round}`)
          const seen = await Promise.all(
            Array.from({length: 5}, async (_, n) => {
              await wait(n)
              return ask('GET', `/data/query/copy${round}?query=${encodeURIComponent('count(*)')}`)
            }),
          )
          expect((await copied).status).toBe(200)
          expect(await ids(`copy${round}`)).toEqual(['a', 'b'])
          for (const {status, body} of seen) {
            expect(['404', '200 2']).toContain(
              status === 404 ? '404' : `${status} ${body['result']}`,
            )
          }
          await write(`only${round}`, `copy${round}`)
          expect(await ids()).not.toContain(`only${round}`)
        }
        const before = await ids(`copy${rounds - 1}`)
        await stop()
        await start()
        expect(await ids(`copy${rounds - 1}`)).toEqual(before)
        expect(await ids()).toEqual(['a', 'b'])
      },
    )
  }

  test('its source is emptied when the copy is made, not before', async () => {
    const [copied, ended] = await Promise.all([
      copy('production', 'copy'),
      lake.reset('production').then(() => 'emptied'),
    ])
    expect(copied.status === 200 || copied.status === 503).toBe(true)
    expect(ended).toBe('emptied')
    expect(await ids()).toEqual([])
    expect(lake.datasets().includes('copy')).toBe(copied.status === 200)
    expect(['a,b', '', 'undefined']).toContain(String(await ids('copy')))
  })

  test('a lake that closes makes no half copy', async () => {
    const copied = copy('production', 'copy').catch(() => null)
    await wait(1)
    await stop()
    await copied
    await start()
    expect(['a,b', 'undefined']).toContain(String(await ids('copy')))
    expect(leftovers()).toEqual([])
  })
})

describe('a folder whose lake ended in the middle', () => {
  test('of a deletion has no such dataset', async () => {
    await ask('PUT', '/datasets/news', {})
    await write('old', 'news')
    await stop()
    renameSync(join(dataDir, 'datasets', 'news'), join(dataDir, 'datasets', '.deleted~news~1'))
    await start()
    expect(lake.datasets()).toEqual(['production'])
    expect(leftovers()).toEqual([])
  })

  test('of emptying has an empty dataset', async () => {
    await ask('PUT', '/datasets/empty', {})
    await write('old')
    await stop()
    renameSync(
      join(dataDir, 'datasets', 'production'),
      join(dataDir, 'datasets', '.emptied~production~1'),
    )
    cpSync(join(dataDir, 'datasets', 'empty'), join(dataDir, 'datasets', '.ready~production~2'), {
      recursive: true,
    })
    renameSync(join(dataDir, 'datasets', 'empty'), join(dataDir, 'datasets', '.ready~empty~3'))
    await start()
    expect(await ids()).toEqual([])
    expect(leftovers()).toEqual([])
  })

  test('of a copy that the project does not list yet has no trace of it', async () => {
    await stop()
    mkdirSync(join(dataDir, 'datasets', '.ready~copy~1'))
    mkdirSync(join(dataDir, 'datasets', '.building~other~2'))
    await start()
    expect(leftovers()).toEqual([])
    expect(existsSync(join(dataDir, 'datasets', 'copy'))).toBe(false)
  })
})

test('a folder that belongs to no dataset is never taken for one, nor replaced', async () => {
  mkdirSync(join(dataDir, 'datasets', 'mine'))
  for (const answer of [await ask('PUT', '/datasets/mine', {}), await copy('production', 'mine')]) {
    expect(answer.status).toBe(409)
    expect(answer.body['message']).toMatch(/belongs to no dataset. Move it away/)
  }
  expect(readdirSync(join(dataDir, 'datasets')).toSorted()).toEqual(['mine', 'production'])
})

test('a lake that is closed opens nothing again', async () => {
  await lake.close()
  for (const path of ['/data/query/production?query=1', '/data/doc/production/a']) {
    expect(await ask('GET', path)).toMatchObject({
      status: 503,
      body: {message: 'The lake is closing.'},
      retryAfter: '1',
    })
  }
  expect((await write('a')).status).toBe(503)
  expect((await ask('PUT', '/datasets/news', {})).status).toBe(503)
  await expect(lake.reset()).rejects.toThrow('The lake is closing.')
})
