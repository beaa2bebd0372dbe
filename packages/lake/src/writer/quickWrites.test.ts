/** Writes that arrive together share a flush: counted in commits of SQLite, never in time. */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {compareWithFresh} from '../store/check/compareWithFresh.ts'
import {openDataset} from '../store/openDataset.ts'
import {createCommitStream} from '../stream/commitStream.ts'
import {createDatasetWriter} from './datasetWriter.ts'

/** As node:sqlite throws it. */
const DISK_FULL = Object.assign(new Error('database or disk is full'), {
  code: 'ERR_SQLITE_ERROR',
  errcode: 13,
  errstr: 'database or disk is full',
})

const setUp = () => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-together-'))
  let flushes = 0
  let isFull = false
  let canBegin = true
  let isWriting = false
  const store = openDataset({
    name: 'test',
    file: join(folder, 'test.sqlite'),
    fault(sql) {
      // Read transactions end with COMMIT too.
      if (sql === 'BEGIN IMMEDIATE') {
        if (!canBegin) return {error: DISK_FULL, rollsBack: true}
        isWriting = true
      }
      if (sql !== 'COMMIT' || !isWriting) return undefined
      isWriting = false
      flushes += 1
      return isFull ? {error: DISK_FULL, rollsBack: true} : undefined
    },
  })
  const commits = createCommitStream()
  const told: string[] = []
  commits.subscribe({onCommit: ({transactionId}) => void told.push(transactionId)})
  let ids = 0
  const writes = createDatasetWriter({
    store,
    commits,
    projectId: 'test',
    now: Date.now,
    newId: () => `id-${(ids += 1)}`,
    existsElsewhere: () => false,
    datasets: () => ['test'],
    onError: (error) => {
      throw error
    },
    limits: {timeTogether: Infinity},
  })
  return {
    store,
    told,
    fill: (full: boolean) => void (isFull = full),
    forbid: (forbidden: boolean) => void (canBegin = !forbidden),
    takeFlushes: () => {
      const taken = flushes
      flushes = 0
      return taken
    },
    write: async (transactionId: string, ...mutations: readonly object[]) =>
      writes.write(
        {kind: 'mutations', author: 'alice', caller: null, options: {transactionId}},
        Buffer.from(JSON.stringify({mutations})),
        {signal: new AbortController().signal},
      ),
    sequences: () => [...store.history.transactions({})].map(({id}) => id),
    [Symbol.asyncDispose]: async () => {
      await writes.close()
      store.close()
      rmSync(folder, {recursive: true})
    },
  }
}

test('fifty writes that arrive together take one commit, and are published in its order', async () => {
  await using side = setUp()
  await side.write('first', {create: {_id: 'd', _type: 'note', n: 0}})
  side.takeFlushes()
  const answers = await Promise.all(
    Array.from({length: 50}, (_, n) => side.write(`t${n}`, {patch: {id: 'd', inc: {n: 1}}})),
  )
  expect(side.takeFlushes()).toBe(1)
  expect(answers).toHaveLength(50)
  expect(side.store.get('d')).toMatchObject({n: 50, _rev: 't49'})
  expect(side.told).toEqual(['first', ...Array.from({length: 50}, (_, n) => `t${n}`)])
  expect(side.sequences()).toEqual(side.told)
  expect(side.store.revision).toBe(51)
})

test('one that fails leaves the others, and one that takes long keeps its place', async () => {
  await using side = setUp()
  const text = 'x'.repeat(1000)
  const large = Array.from({length: 260}, (_, n) => ({create: {_id: `l${n}`, _type: 'note', text}}))
  const results = await Promise.allSettled([
    side.write('a', {create: {_id: 'a', _type: 'note', n: 1}}),
    side.write('b', {create: {_id: 'b', _type: 'note'}}, {create: {_id: 'a', _type: 'note'}}),
    side.write('a', {create: {_id: 'c', _type: 'note'}}),
    side.write('large', ...large),
    side.write('d', {patch: {id: 'l259', set: {n: 2}}}),
    side.write('e', {patch: {id: 'a', inc: {n: 1}}}),
  ])
  expect(results.map(({status}) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  expect(side.sequences()).toEqual(['a', 'large', 'd', 'e'])
  expect(side.told).toEqual(['a', 'large', 'd', 'e'])
  expect(['b', 'c'].map((id) => side.store.get(id))).toEqual([undefined, undefined])
  expect(side.store.get('l259')).toMatchObject({n: 2})
  expect(side.store.get('a')).toMatchObject({n: 2})
})

test('a full disk refuses all of them, and publishes none', async () => {
  await using side = setUp()
  await side.write('first', {create: {_id: 'd', _type: 'note', n: 0}})
  side.fill(true)
  const writes = ['a', 'b', 'c'].map((id) =>
    side.write(id, {create: {_id: id, _type: 'other', [id]: 1}}, {patch: {id: 'd', inc: {n: 1}}}),
  )
  for (const write of writes) await expect(write).rejects.toMatchObject({status: 507})
  expect(compareWithFresh(side.store)).toEqual([])
  expect(side.told).toEqual(['first'])
  side.fill(false)
  await side.write('a', {patch: {id: 'd', inc: {n: 1}}})
  expect(side.store.get('d')).toMatchObject({n: 1})
  expect(side.told).toEqual(['first', 'a'])
  expect(compareWithFresh(side.store)).toEqual([])
})

test('none waits for an answer when their transaction cannot begin', async () => {
  await using side = setUp()
  side.forbid(true)
  const writes = ['a', 'b', 'c'].map((id) => side.write(id, {create: {_id: id, _type: 'note'}}))
  for (const write of writes) await expect(write).rejects.toMatchObject({status: 507})
  side.forbid(false)
  await side.write('a', {create: {_id: 'a', _type: 'note'}})
  expect(side.told).toEqual(['a'])
  expect(compareWithFresh(side.store)).toEqual([])
})
