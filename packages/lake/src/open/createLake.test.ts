import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'

import {restoreSnapshot} from '../datasets/snapshots/restoreSnapshot.ts'
import {snapshotFolder} from '../datasets/snapshots/snapshot.ts'
import {clientOf} from '../http/testClient.ts'
import {findRunningLake, startServer} from '../server/index.ts'
import {createLake, type Lake} from './createLake.ts'
import {internalsOf} from './internals.ts'
import {FolderInUseError} from './openServices.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-'))
})
afterEach(() => {
  rmSync(folder, {recursive: true})
})

const send = async (lake: Lake, path: string, body?: unknown): Promise<unknown> => {
  const response = await lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      ...(body !== undefined && {body: JSON.stringify(body)}),
    }),
  )
  return response.json()
}

const write = (lake: Lake, ...documents: readonly object[]) =>
  send(lake, '/data/mutate/production', {
    mutations: documents.map((document) => ({createOrReplace: document})),
  })

const ids = async (lake: Lake, dataset = 'production'): Promise<unknown> => {
  const path = `/data/query/${dataset}?perspective=raw&query=${encodeURIComponent('*[]._id')}`
  return send(lake, path)
}

describe('a lake in memory', () => {
  test('serves the official client without a port', async () => {
    await using lake = createLake()
    const client = clientOf(lake, 'http://localhost', {
      resolveFetch: () => (url, init) => lake.fetch(new Request(url, init)),
    })
    const welcomed = Promise.withResolvers<void>()
    const received = new Promise<string | undefined>((resolve, reject) => {
      const subscription = client
        .listen('*[_type == "note"]', {}, {events: ['welcome', 'mutation']})
        .subscribe({
          next: (event) => {
            if (event.type === 'welcome') welcomed.resolve()
            if (event.type !== 'mutation') return
            subscription.unsubscribe()
            resolve(event.documentId)
          },
          error: reject,
        })
    })
    await welcomed.promise
    const {_id} = await client.create({_type: 'note', text: 'hello'})
    expect(await received).toBe(_id)
    expect(await client.fetch('*[_type == "note"].text')).toEqual(['hello'])
  })

  test('has the clock and the ids that it is given', async () => {
    let count = 0
    await using lake = createLake({
      now: () => Date.parse('2026-05-04T12:00:00Z'),
      newId: () => `id${(count += 1)}`,
    })
    const {transactionId} = Object(await write(lake, {_id: 'a', _type: 'note'}))
    expect(transactionId).toMatch(/^id\d+$/)
    expect(internalsOf(lake).dataset('production').store.get('a')).toEqual({
      _id: 'a',
      _type: 'note',
      _rev: transactionId,
      _createdAt: '2026-05-04T12:00:00.000Z',
      _updatedAt: '2026-05-04T12:00:00.000Z',
    })
  })
})

describe('a lake in a folder', () => {
  test('keeps documents, datasets and tokens for the next one', async () => {
    const dataDir = join(folder, 'data')
    const first = createLake({dataDir, datasets: ['production', 'preview']})
    const reader = first.createToken('Front end', 'viewer')
    await write(first, {_id: 'drafts.a', _type: 'note'})
    await first.close()

    await using second = createLake({dataDir})
    expect(second.token).toBe(first.token)
    expect(internalsOf(second).dataset('preview').record().aclMode).toBe('public')
    expect(await ids(second)).toMatchObject({result: ['drafts.a']})
    const me = await second.fetch(
      new Request('http://localhost/v1/users/me', {headers: {authorization: `Bearer ${reader}`}}),
    )
    expect(await me.json()).toMatchObject({name: 'Front end', role: 'viewer'})
  })

  test('is one lake’s at a time', async () => {
    await using lake = createLake({dataDir: folder})
    internalsOf(lake).serverStarted('http://localhost:4567')
    expect(() => createLake({dataDir: folder})).toThrow(FolderInUseError)
    expect(() => createLake({dataDir: folder})).toThrow(/answers at http:\/\/localhost:4567/)
  })

  test('refuses a project id that official tools cannot read from an asset’s path', () => {
    expect(() => createLake({projectId: 'my-project'})).toThrow(/lower-case letters and digits/)
  })
})

describe('reset', () => {
  test('empties a dataset, and answers given before do not survive it', async () => {
    await using lake = createLake({datasets: ['production', 'other']})
    await write(lake, {_id: 'a', _type: 'note'})
    for (let n = 0; n < 3; n++) expect(await ids(lake)).toMatchObject({result: ['a']})
    await lake.reset()
    expect(await ids(lake)).toMatchObject({result: []})
    expect(internalsOf(lake).dataset('production').store.revision).toBe(0)
    await write(lake, {_id: 'b', _type: 'note'})
    expect(await ids(lake)).toMatchObject({result: ['b']})
  })

  test('notifies listeners that their dataset is gone', async () => {
    await using lake = createLake()
    const listening = await lake.fetch(
      new Request('http://localhost/v1/data/listen/production?query=*'),
    )
    const received = listening.text()
    await lake.reset('production')
    expect(await received).toMatch(
      /event: welcome[^]*event: disconnect\ndata: {"reason":"The dataset/,
    )
  })
})

describe('a snapshot', () => {
  test('restores documents, history, access and assets in another folder', async () => {
    const dataDir = join(folder, 'data')
    const saved = join(folder, 'saved')
    const lake = createLake({dataDir})
    await write(lake, {_id: 'a', _type: 'note', text: 'one'})
    await write(lake, {_id: 'a', _type: 'note', text: 'two'})
    const assets = join(dataDir, 'datasets', 'production', 'assets')
    mkdirSync(assets, {recursive: true})
    writeFileSync(join(assets, 'bytes'), 'bytes')
    await snapshotFolder(dataDir, saved)
    await write(lake, {_id: 'b', _type: 'note'})
    await expect(restoreSnapshot(saved, dataDir, {replace: true})).rejects.toThrow(/Stop it first/)
    await lake.close()

    const elsewhere = join(folder, 'elsewhere')
    await restoreSnapshot(saved, elsewhere, {replace: false})
    await expect(restoreSnapshot(saved, elsewhere, {replace: false})).rejects.toThrow(/--replace/)
    await restoreSnapshot(saved, dataDir, {replace: true})
    for (const restored of [dataDir, elsewhere]) {
      await using again = createLake({dataDir: restored})
      expect(await ids(again)).toMatchObject({result: ['a']})
      expect([
        ...internalsOf(again).dataset('production').store.history.transactions({}),
      ]).toHaveLength(2)
    }
    await expect(restoreSnapshot(folder, elsewhere, {replace: true})).rejects.toThrow(
      /not a complete snapshot/,
    )
  })

  test('is taken of a lake in memory too', async () => {
    const saved = join(folder, 'saved')
    {
      await using lake = createLake()
      await write(lake, {_id: 'a', _type: 'note'})
      await lake.snapshot(saved)
      await expect(lake.snapshot(saved)).rejects.toThrow(/is not empty/)
    }
    await restoreSnapshot(saved, join(folder, 'data'), {replace: false})
    await using restored = createLake({dataDir: join(folder, 'data')})
    expect(await ids(restored)).toMatchObject({result: ['a']})
  })
})

describe('datasets', () => {
  test.each([
    ['in memory', false],
    ['in a folder', true],
  ])('are copied and deleted (%s)', async (_, inFolder) => {
    await using lake = createLake(inFolder ? {dataDir: join(folder, 'data')} : {})
    const url = 'http://localhost:3333/images/copydesk/production/a-1x1.png'
    const asset = {_id: 'image-a-1x1-png', _type: 'sanity.imageAsset'}
    await write(
      lake,
      {_id: 'a', _type: 'note'},
      {...asset, url, path: 'images/copydesk/production/a'},
    )
    const request = (method: string, path: string, body: object) =>
      lake.fetch(
        new Request(`http://localhost/v1${path}`, {
          method,
          headers: {authorization: `Bearer ${lake.token}`},
          body: JSON.stringify(body),
        }),
      )
    const copy = {targetDataset: 'copy', skipHistory: true}
    expect((await request('PUT', '/datasets/production/copy', copy)).status).toBe(200)
    expect((await request('PUT', '/datasets/production/copy', copy)).status).toBe(409)
    expect(await ids(lake, 'copy')).toMatchObject({result: ['a', 'image-a-1x1-png']})
    expect(internalsOf(lake).dataset('copy').store.get('image-a-1x1-png')).toMatchObject({
      url: url.replace('production', 'copy'),
    })
    expect(internalsOf(lake).dataset('production').store.get('image-a-1x1-png')).toMatchObject({
      url,
    })
    expect((await request('DELETE', '/datasets/copy', {})).status).toBe(200)
    expect(await ids(lake, 'copy')).toMatchObject({statusCode: 404})
    expect((await request('PUT', '/datasets/copy', {aclMode: 'private'})).status).toBe(200)
    expect(await ids(lake, 'copy')).toMatchObject({result: []})
  })
})

describe('faults', () => {
  test('are answered instead of what was asked, or break streams off', async () => {
    let failures = 2
    await using lake = createLake({
      faults: ({path}) => {
        if (path.startsWith('/data/listen')) return {dropAfter: 10}
        return path.startsWith('/data/query') && failures-- > 0 ? {status: 503, delay: 1} : null
      },
    })
    expect(await ids(lake)).toMatchObject({statusCode: 503})
    expect(await ids(lake)).toMatchObject({statusCode: 503})
    expect(await ids(lake)).toMatchObject({result: []})
    const stream = await lake.fetch(
      new Request('http://localhost/v1/data/listen/production?query=*'),
    )
    expect(await stream.text()).toContain('event: welcome')
  })
})

const release = (name: string, more: object) => ({
  actionType: `sanity.action.release.${name}`,
  releaseId: 'rMonday01',
  ...more,
})

describe('scheduled releases', () => {
  test('that came due while no lake was running are published when one opens, once', async () => {
    const dataDir = join(folder, 'data')
    let time = Date.parse('2026-05-04T12:00:00Z')
    const options = {dataDir, now: () => time}
    {
      await using lake = createLake(options)
      await write(lake, {_id: 'versions.rMonday01.a', _type: 'note', text: 'for Monday'})
      await send(lake, '/data/actions/production', {
        actions: [release('create', {metadata: {releaseType: 'scheduled'}})],
      })
      await send(lake, '/data/actions/production', {
        actions: [release('schedule', {publishAt: '2026-05-05T06:00:00Z'})],
      })
      expect(internalsOf(lake).dataset('production').store.get('a')).toBeUndefined()
    }
    time = Date.parse('2026-05-05T07:00:00Z')
    const revisions: number[] = []
    for (let n = 0; n < 2; n++) {
      await using lake = createLake(options)
      const {store} = internalsOf(lake).dataset('production')
      expect(store.get('a')).toMatchObject({text: 'for Monday'})
      expect(store.get('_.releases.rMonday01')).toMatchObject({state: 'published'})
      revisions.push(store.revision)
    }
    expect(revisions[1]).toBe(revisions[0])
  })
})

describe('options', () => {
  test('that are undefined have their defaults', async () => {
    await using lake = createLake({
      dataDir: undefined,
      projectId: undefined,
      datasets: undefined,
      url: undefined,
      hosts: undefined,
      origins: undefined,
      now: undefined,
      newId: undefined,
      rateLimits: undefined,
      faults: undefined,
      onError: undefined,
    })
    expect(lake).toMatchObject({projectId: 'copydesk', dataDir: null})
    await write(lake, {_id: 'a', _type: 'note'})
    expect(await ids(lake)).toMatchObject({result: ['a']})
    const server = await startServer({lake, port: 0, host: undefined, studio: undefined})
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/)
    await server.close()
  })

  test('give an address that a server does not replace', async () => {
    const dataDir = join(folder, 'proxied')
    const url = 'https://cms.example.com'
    await using lake = createLake({dataDir, url: `${url}/`})
    const upload = async (): Promise<unknown> => {
      const response = await lake.fetch(
        new Request('http://localhost/v2025-02-19/assets/files/production', {
          method: 'POST',
          headers: {authorization: `Bearer ${lake.token}`, 'content-type': 'text/plain'},
          body: 'hello',
        }),
      )
      return response.json()
    }
    const server = await startServer({lake, port: 0})
    expect(await upload()).toMatchObject({
      document: {url: expect.stringMatching(/^https:\/\/cms\.example\.com\/files\//)},
    })
    // Other commands still find the server itself.
    expect(await findRunningLake(dataDir)).toMatchObject({url: server.url, publicUrl: url})
    await server.close()
  })

  test('leave the internals of a lake out of sight', async () => {
    await using lake = createLake()
    expect(Object.keys(lake).toSorted()).toEqual([
      'close',
      'createToken',
      'dataDir',
      'datasets',
      'fetch',
      'projectId',
      'reset',
      'signInLink',
      'snapshot',
      'token',
    ])
    await expect(startServer({lake: {...lake}, port: 0})).rejects.toThrow(/not a copy of it/)
  })
})

test.each([
  [undefined, 'FULL'],
  ['disk', 'FULL'],
  ['system', 'NORMAL'],
] as const)('a lake with durability %s writes with synchronous = %s', async (durability, level) => {
  const run = vi.spyOn(DatabaseSync.prototype, 'exec')
  try {
    await using lake = createLake({dataDir: folder, durability})
    await write(lake, {_id: 'a', _type: 'note'})
    // A new file is always flushed before it gets its name; its dataset is opened after that.
    const set = run.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('synchronous'))
    expect(set.at(-1)).toBe(`PRAGMA synchronous = ${level}`)
    expect(await ids(lake)).toMatchObject({result: ['a']})
  } finally {
    run.mockRestore()
  }
})
