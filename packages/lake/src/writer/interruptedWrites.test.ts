/** Large transactions that are interrupted: each is stored as a whole or not at all. */
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {readLocalFile} from '../access/localFile.ts'
import {DATASET_FILE, datasetFolder} from '../datasets/datasetFolders.ts'
import {createLake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {compareWithFresh} from '../store/check/compareWithFresh.ts'
import {openDataset} from '../store/openDataset.ts'
import {createCommitStream} from '../stream/commitStream.ts'
import {createDatasetWriter} from './datasetWriter.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lake-broken-'))))
afterEach(() => rmSync(folder, {recursive: true}))

const creates = (count: number, fields: object = {}, prefix = 'd') =>
  Array.from({length: count}, (_, n) => ({
    create: {_id: `${prefix}${n}`, _type: 'note', n, ...fields},
  }))

const LAKE = fileURLToPath(new URL('../cli/lake.ts', import.meta.url))

const start = (): Promise<{child: ChildProcess; url: string}> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LAKE, 'start', '--port', '0', '--data', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const url = /^ready (\S+)$/m.exec(out)?.[1]
      if (url !== undefined) resolve({child, url})
    })
    child.once('exit', () => reject(new Error(`The lake did not start: ${out}`)))
  })

const sizeOf = (file: string): number => statSync(file, {throwIfNoEntry: false})?.size ?? 0

describe('a large transaction', () => {
  it.each([1, 4])('is whole or absent after kill -9 at %d MB of the log', async (megabytes) => {
    const {child, url} = await start()
    const log = join(datasetFolder(folder, 'production'), `${DATASET_FILE}-wal`)
    const sent = fetch(`${url}/v2025-02-19/data/mutate/production`, {
      method: 'POST',
      headers: {authorization: `Bearer ${readLocalFile(folder)?.token}`},
      body: JSON.stringify({mutations: creates(20_000, {text: 'some words for the index'})}),
    }).then(
      ({status}) => status,
      () => 'no answer',
    )
    while (sizeOf(log) < megabytes * 1024 * 1024) await setTimeout(1)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const answer = await sent
    await using lake = createLake({dataDir: folder})
    const {store} = internalsOf(lake).dataset('production')
    const source = store.source({perspective: 'raw', includePrivate: true})
    expect([...source.scan()].length).toBe(store.revision * 20_000)
    expect(answer === 200 ? [1] : [0, 1]).toContain(store.revision)
    expect(compareWithFresh(store)).toEqual([])
  })

  it('that exceeds the memory of its thread fails with 503, and the next one succeeds', async () => {
    const store = openDataset({name: 'test', file: join(folder, 'test.sqlite')})
    const errors: unknown[] = []
    const writes = createDatasetWriter({
      store,
      commits: createCommitStream(),
      projectId: 'test',
      now: Date.now,
      newId: () => 'id',
      datasets: () => ['test'],
      onError: (error) => errors.push(error),
      limits: {
        bytes: 1000,
        withoutListeners: {time: 0, bytes: 1000, mutations: 0, weight: 0},
        threadMemoryMb: 64,
      },
    })
    const write = async (count: number, prefix: string): Promise<unknown> => {
      const body = JSON.stringify({mutations: creates(count, {}, prefix)})
      const request = {kind: 'mutations', author: 'alice', caller: null, options: {}} as const
      return writes.write(request, Buffer.from(body))
    }
    await expect(write(100_000, 'many')).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('too much memory. Nothing was written'),
    })
    expect(errors).toHaveLength(1)
    expect(store.revision).toBe(0)
    expect(await write(1, 'one')).toMatchObject({results: []})
    await write(200, 'some')
    expect(writes.done).toEqual({serving: 1, writer: 1})
    expect(compareWithFresh(store)).toEqual([])
    await writes.close()
    store.close()
  })
})
