import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {afterAll, expect, test} from 'vitest'

import {isJsonObject, type JsonObject} from '../core/document.ts'
import {createLake} from '../open/createLake.ts'
import {startServer} from '../server/startServer.ts'
import {mountSmallDisk} from '../store/mountSmallDisk.ts'

const disk = mountSmallDisk()
afterAll(() => disk?.remove())

const create = (id: string): string =>
  JSON.stringify({mutations: [{create: {_id: id, _type: 't', text: 'x'.repeat(60_000)}}]})

test.skipIf(disk === undefined)(
  'on a full disk every kind of write is answered with 507, and reading goes on (needs to mount a tmpfs)',
  async () => {
    if (disk === undefined) return
    const failures: unknown[] = []
    const dataDir = join(disk.folder, 'data')
    const lake = createLake({dataDir, onError: (error) => failures.push(error)})
    const server = await startServer({lake, port: 0})
    const ask = async (
      method: string,
      path: string,
      body?: string,
    ): Promise<{status: number; body: JsonObject}> => {
      const response = await fetch(`${server.url}/v2025-02-19${path}`, {
        method,
        headers: {authorization: `Bearer ${lake.token}`},
        ...(body !== undefined && {body}),
      })
      const answer: unknown = await response.json()
      return {status: response.status, body: isJsonObject(answer) ? answer : {}}
    }
    try {
      expect((await ask('POST', '/data/mutate/production', create('first'))).status).toBe(200)
      const ballast = join(disk.folder, 'ballast')
      let size = 12_000_000
      // As much as fits, to the last page.
      for (; size > 1000; size = Math.floor(size / 2)) {
        try {
          writeFileSync(`${ballast}-${size}`, 'x'.repeat(size))
        } catch {
          // What was written of it stays, and takes up the rest.
        }
      }
      const refused = [
        await ask('POST', '/data/mutate/production', create('second')),
        await ask('POST', '/assets/files/production?filename=a.txt', 'x'.repeat(200_000)),
        await ask('PUT', '/datasets/another', '{}'),
      ]
      for (const answer of refused) {
        expect(answer).toMatchObject({status: 507, body: {statusCode: 507}})
        expect(answer.body['message']).toMatch(/^The disk is full.*Free some space/)
      }
      expect(failures.length).toBeGreaterThanOrEqual(refused.length)
      const count = '/data/query/production?query=count(*)'
      expect(await ask('GET', count)).toMatchObject({status: 200, body: {result: 1}})
      for (size = 12_000_000; size > 1000; size = Math.floor(size / 2)) {
        rmSync(`${ballast}-${size}`, {force: true})
      }
      expect((await ask('POST', '/data/mutate/production', create('second'))).status).toBe(200)
      expect((await ask('PUT', '/datasets/another', '{}')).status).toBe(200)
      expect(await ask('GET', count)).toMatchObject({status: 200, body: {result: 2}})
    } finally {
      await server.close()
      await lake.close()
    }
  },
)
