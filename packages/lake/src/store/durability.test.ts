import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {setTimeout} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import type {DatasetStore} from './datasetStore.ts'
import {openDataset} from './openDataset.ts'
import {commit, settle, testDocument} from './testCommits.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-store-'))
  file = join(folder, 'documents.sqlite')
})

afterEach(() => rmSync(folder, {recursive: true}))

const program = fileURLToPath(new URL('./commitInProcess.ts', import.meta.url))

const startWriter = (name: string, count: number): ChildProcess =>
  spawn(process.execPath, [program, file, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const open = (): DatasetStore => openDataset({name: 'test', file, smallestIndexed: 0})

const change = (sql: string): void => {
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}

const isSound = (): boolean => {
  const database = new DatabaseSync(file)
  const row = database.prepare('PRAGMA integrity_check').get()
  database.close()
  return row?.['integrity_check'] === 'ok'
}

describe('a dataset file', () => {
  test.each([1, 40, 300])('has every printed commit after kill -9 at the %dth', async (last) => {
    const writer = startWriter('w', 100_000)
    let printed = 0
    writer.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString().split('\n').length - 1
      if (printed >= last) writer.kill('SIGKILL')
    })
    await once(writer, 'exit')
    const store = open()
    expect(printed).toBeGreaterThanOrEqual(last)
    expect(store.revision).toBeGreaterThanOrEqual(printed)
    for (let n = 1; n <= store.revision; n += 1) expect(store.get(`w-${n}`)).toMatchObject({n})
    expect(store.get('w')).toMatchObject({n: store.revision})
    const {access} = store.source({perspective: 'raw', includePrivate: true})
    expect(access?.count()).toBe(store.revision + 1)
    expect(access?.countReferring(['w'])).toBe(store.revision)
    store.close()
    expect(isSound()).toBe(true)
  })

  test('loses nothing when two processes write at once', async () => {
    const store = open()
    const writer = startWriter('theirs', 60)
    const exit = once(writer, 'exit')
    await once(writer.stdout ?? writer, 'data')
    for (let n = 1; n <= 60; n += 1) commit(store, `ours-${n}`, {put: [testDocument(`ours-${n}`)]})
    const [code] = await exit
    expect(code).toBe(0)
    expect(store.revision).toBe(120)
    const sequences = Array.from(store.history.transactions({}), ({sequence}) => sequence)
    expect(sequences).toEqual(Array.from({length: 120}, (_, index) => index + 1))
    const {access} = store.source({perspective: 'raw', includePrivate: true})
    expect(access?.count()).toBe(121)
    store.close()
    expect(isSound()).toBe(true)
  })

  test('waits for another writing process even under a profiler, which shortens the pauses', async () => {
    open().close()
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const profiled = ['--cpu-prof', '--cpu-prof-interval', '100', '--cpu-prof-dir', folder]
    const writer = spawn(process.execPath, [...profiled, program, file, 'w', '1'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const exit = once(writer, 'exit')
    await setTimeout(2500)
    other.exec('COMMIT')
    other.close()
    expect((await exit)[0]).toBe(0)
    const store = open()
    expect(store.revision).toBe(1)
    store.close()
  })

  test('shows what another process has written, not what was cached', async () => {
    const one = open()
    const other = open()
    commit(one, 't1', {put: [testDocument('a', {n: 1})]})
    expect(other.get('a')).toMatchObject({n: 1})
    const before = other.revision
    commit(one, 't2', {put: [testDocument('a', {n: 2}), testDocument('drafts.a')]})
    await setTimeout(2)
    expect(other.revision).toBe(before + 1)
    expect(
      other.changedSince(before, {everything: false, types: ['article'], ids: []}, false),
    ).toBe(true)
    expect(other.get('a')).toMatchObject({n: 2})
    one.close()
    other.close()
  })

  test('reads one state although another process writes meanwhile', () => {
    const one = open()
    const other = open()
    commit(one, 't1', {put: [testDocument('a', {n: 1})]})
    const seen = other.read(() => {
      const {access} = other.source({perspective: 'raw', includePrivate: true})
      const before = access?.count()
      commit(one, 't2', {put: [testDocument('b')]})
      return [before, access?.count(), other.get('b')]
    })
    expect(seen).toEqual([1, 1, undefined])
    expect(other.get('b')).toBeDefined()
    one.close()
    other.close()
  })

  test('keeps the indexes that it has built', () => {
    const walk = {types: ['article'], path: 'n', direction: 'asc'} as const
    const first = open()
    commit(first, 't1', {put: [testDocument('a', {n: 2}), testDocument('b', {n: 1})]})
    const published = {perspective: {layers: []}, includePrivate: true}
    for (let turn = 0; turn < 4; turn += 1) first.source(published).access?.ordered(walk)
    settle(first)
    first.close()
    const second = open()
    const ordered = second.source(published).access?.ordered(walk)
    expect(Array.from(ordered ?? [], ({_id}) => _id)).toEqual(['b', 'a'])
    second.close()
  })

  test('drops indexes that were not used for a month', () => {
    const day = 24 * 60 * 60 * 1000
    const walk = {types: ['article'], path: 'n', direction: 'asc'} as const
    const store = open()
    commit(store, 't1', {put: [testDocument('a', {n: 2})]})
    const {access} = store.source({perspective: 'raw', includePrivate: true})
    for (let turn = 0; turn < 4; turn += 1) access?.ordered(walk)
    settle(store, 0)
    expect(access?.ordered(walk)).toBeDefined()
    access?.ordered({...walk, path: 'other'})
    commit(store, 't2', {put: [testDocument('a', {n: 3})]})
    settle(store, 20 * day)
    expect(access?.ordered(walk)).toBeDefined()
    commit(store, 't3', {put: [testDocument('a', {n: 4})]})
    settle(store, 40 * day)
    commit(store, 't4', {put: [testDocument('a', {n: 5})]})
    settle(store, 80 * day)
    expect(access?.ordered(walk)).toBeUndefined()
    store.close()
  })

  test('can be copied as a whole', async () => {
    const store = open()
    commit(store, 't1', {put: [testDocument('a', {n: 1})]})
    const copy = join(folder, 'copy.sqlite')
    await store.copyTo(copy)
    commit(store, 't2', {put: [testDocument('a', {n: 2})]})
    const copied = openDataset({name: 'copy', file: copy})
    expect(copied.get('a')).toMatchObject({n: 1})
    expect(copied.revision).toBe(1)
    copied.close()
    store.close()
  })
})

describe('openDataset refuses, and leaves alone,', () => {
  test('a file of a newer format', () => {
    open().close()
    change('PRAGMA user_version = 99')
    expect(open).toThrow(/has format 99, written by a newer version.*--data/)
  })

  test('a foreign SQLite file', () => {
    change('CREATE TABLE mine (a)')
    expect(open).toThrow(/not a dataset of this lake/)
    change('INSERT INTO mine VALUES (1)')
  })

  test('a file that is not a database', () => {
    writeFileSync(file, 'Once upon a time there was a text file.'.repeat(100))
    const before = readFileSync(file)
    expect(open).toThrow(/is not an SQLite file, or is damaged/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})
