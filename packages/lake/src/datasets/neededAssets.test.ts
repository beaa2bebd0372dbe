/** When the bytes of an asset go: over HTTP, against a real folder, with a clock of its own. */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {isJsonObject, type JsonObject} from '../core/document.ts'
import {DELETED_ASSET_LIFETIME} from '../core/limits.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'

const DAY = 24 * 60 * 60 * 1000

let folder: string
let lake: Lake
let time: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-sweep-'))
  time = Date.now()
  lake = createLake({dataDir: folder, now: () => time})
})
afterEach(async () => {
  await lake.close()
  rmSync(folder, {recursive: true})
})

const ask = (path: string, body: BodyInit): Promise<Response> =>
  lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      body,
      ...(body instanceof ReadableStream && {duplex: 'half'}),
    }),
  )

const mutate = async (...mutations: readonly object[]): Promise<void> => {
  const {status} = await ask('/data/mutate/production', JSON.stringify({mutations}))
  expect(status).toBe(200)
}

const upload = async (bytes: BodyInit): Promise<JsonObject> => {
  const answer: unknown = await (await ask('/assets/files/production', bytes)).json()
  const document = isJsonObject(answer) ? answer['document'] : null
  if (!isJsonObject(document)) throw new Error('The upload failed.')
  return document
}

const isServed = async ({path}: JsonObject): Promise<boolean> =>
  (await lake.fetch(new Request(`http://localhost/${path}`))).status === 200

const sweep = (): Promise<readonly string[]> =>
  internalsOf(lake).sweepAssets(time - DELETED_ASSET_LIFETIME)

test('the bytes of a deleted asset go when their time is over, and no others', async () => {
  const [kept, gone, weak, again] = await Promise.all(
    ['kept', 'gone', 'weakly referred to', 'deleted and uploaded again'].map(upload),
  )
  if (!kept || !gone || !weak || !again) throw new Error('Four were uploaded.')
  await mutate({
    create: {_id: 'a', _type: 'note', file: {_ref: weak['_id'], _weak: true}},
  })
  await mutate(...[gone, weak, again].map(({_id}) => ({delete: {id: _id}})))
  expect(await sweep()).toEqual([])
  // The times of files are those of the machine: an upload may take its time there.
  time += DELETED_ASSET_LIFETIME - DAY
  expect(await sweep()).toEqual([])
  expect(await isServed(gone)).toBe(true)
  expect((await upload('deleted and uploaded again'))['_id']).toBe(again['_id'])
  time += 2 * DAY
  expect(await sweep()).toEqual([gone['_id']])
  expect(await isServed(gone)).toBe(false)
  for (const asset of [kept, weak, again]) expect(await isServed(asset)).toBe(true)
  await mutate({delete: {id: 'a'}})
  expect(await sweep()).toEqual([weak['_id']])
})

test('an asset that is uploaded while its bytes are swept has them', async () => {
  for (let round = 0; round < 20; round += 1) {
    const {_id} = await upload(`again and again ${round}`)
    await mutate({delete: {id: _id}})
    const before = Date.now() + 60_000
    const [uploaded] = await Promise.all([
      upload(`again and again ${round}`),
      internalsOf(lake).sweepAssets(before),
      internalsOf(lake).sweepAssets(before),
    ])
    expect(await isServed(uploaded)).toBe(true)
  }
})

test('bytes whose upload broke off before its document was made go, too', async () => {
  const {_id} = await upload('to be purged')
  await mutate({delete: {id: _id, purge: true}})
  time += 2 * DELETED_ASSET_LIFETIME
  expect(await sweep()).toEqual([_id])
})
