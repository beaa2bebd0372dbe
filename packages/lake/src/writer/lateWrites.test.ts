/** A write that waits too long fails with a clear error and changes nothing. */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {openDataset} from '../store/openDataset.ts'
import {createCommitStream} from '../stream/commitStream.ts'
import {createDatasetWriter} from './datasetWriter.ts'

const setUp = (waitingBytes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-late-'))
  const store = openDataset({name: 'test', file: join(folder, 'test.sqlite')})
  const timers: {callback: () => void; milliseconds: number}[] = []
  const writes = createDatasetWriter({
    store,
    commits: createCommitStream(),
    projectId: 'test',
    now: Date.now,
    newId: () => 'id',
    existsElsewhere: () => false,
    datasets: () => ['test'],
    onError: (error) => {
      throw error
    },
    setTimer: (callback, milliseconds) => {
      timers.push({callback, milliseconds})
      return () => undefined
    },
    limits: {patience: 45_000, waitingBytes},
  })
  const request = {kind: 'mutations', author: 'alice', caller: null, options: {}} as const
  return {
    store,
    writes,
    timers,
    write: async (_id: string) =>
      writes.write(
        request,
        Buffer.from(JSON.stringify({mutations: [{create: {_id, _type: 'note'}}]})),
        {signal: new AbortController().signal},
      ),
    ids: () =>
      [...store.source({perspective: 'raw', includePrivate: true}).scan()].map(({_id}) => _id),
    [Symbol.asyncDispose]: async () => {
      await writes.close()
      store.close()
      rmSync(folder, {recursive: true})
    },
  }
}

test('a write that waits too long fails with 503 and Retry-After, and changes nothing', async () => {
  await using side = setUp(1000)
  const turn = Promise.withResolvers<void>()
  const held = side.writes.alone(() => turn.promise)
  const late = side.write('late')
  expect(side.timers.map(({milliseconds}) => milliseconds)).toEqual([45_000])
  side.timers[0]?.callback()
  await expect(late).rejects.toMatchObject({
    status: 503,
    message: expect.stringMatching(/more than 45 s; nothing was written\. Send the request again/),
    headers: {'retry-after': '5'},
  })
  const intime = side.write('in-time')
  turn.resolve()
  await Promise.all([held, intime])
  expect(side.ids()).toEqual(['in-time'])
  // Its time limit passes after it was done.
  side.timers[1]?.callback()
  expect(side.store.revision).toBe(1)
})

test('a write fails with 503 at once when too much is waiting, and changes nothing', async () => {
  await using side = setUp(100)
  const turn = Promise.withResolvers<void>()
  const held = side.writes.alone(() => turn.promise)
  const first = side.write('first')
  await expect(side.write('b'.repeat(60))).rejects.toMatchObject({
    status: 503,
    message: expect.stringMatching(/MB; nothing was written/),
    headers: {'retry-after': '5'},
  })
  turn.resolve()
  await Promise.all([held, first])
  expect(side.ids()).toEqual(['first'])
})
