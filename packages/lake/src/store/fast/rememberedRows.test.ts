import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {MAX_ROW_CACHE_BYTES} from '../../core/limits.ts'
import type {DatasetStore} from '../datasetStore.ts'
import {connect} from '../file/sqliteConnection.ts'
import {openDataset} from '../openDataset.ts'
import {commit, settle, testDocument} from '../testCommits.ts'
import {createRememberedRows} from './rememberedRows.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-rows-'))
})

afterEach(() => rmSync(folder, {recursive: true}))

const open = (): DatasetStore =>
  openDataset({name: 'test', file: join(folder, 'documents.sqlite'), smallestIndexed: 0})

/** The ids of the documents with this slug, as one query reads them. */
const bySlug = (store: DatasetStore, slug: string): string[] =>
  store.read(() => readSlug(store, slug))

const readSlug = (store: DatasetStore, slug: string): string[] => {
  const {access} = store.source({perspective: {layers: []}, includePrivate: true})
  const found = access?.read({by: 'value', type: 'article', path: 'slug', values: [slug]})
  return Array.from(found ?? [], ({_id}) => _id)
}

const openWithIndex = (): DatasetStore => {
  const store = open()
  commit(store, 't1', {put: [testDocument('a', {slug: 'one'}), testDocument('b', {slug: 'two'})]})
  for (let turn = 0; turn < 4; turn += 1) bySlug(store, 'one')
  settle(store)
  return store
}

test('rows are read again after a commit of this process', () => {
  const store = openWithIndex()
  expect(bySlug(store, 'one')).toEqual(['a'])
  expect(bySlug(store, 'one')).toEqual(['a'])
  commit(store, 't2', {put: [testDocument('c', {slug: 'one'})]})
  expect(bySlug(store, 'one')).toEqual(['a', 'c'])
  store.close()
})

test('a transaction sees what it has written, and a failed one leaves nothing behind', () => {
  const store = openWithIndex()
  expect(bySlug(store, 'one')).toEqual(['a'])
  expect(() =>
    store.transact((transaction) => {
      transaction.put(testDocument('c', {slug: 'one'}))
      expect(bySlug(store, 'one')).toEqual(['a', 'c'])
      throw new Error('undone')
    }),
  ).toThrow('undone')
  expect(bySlug(store, 'one')).toEqual(['a'])
  store.close()
})

test('a reader that finds a commit of another process starts again', async () => {
  const store = openWithIndex()
  const other = open()
  // What is asked twice is remembered.
  for (let turn = 0; turn < 2; turn += 1) expect(bySlug(store, 'one')).toEqual(['a'])
  await setTimeout(3)
  let turns = 0
  const seen = store.read(() => {
    turns += 1
    const remembered = readSlug(store, 'one')
    if (turns === 1) commit(other, 't2', {put: [testDocument('c', {slug: 'one'})]})
    // This one was never read before, so now the file is asked.
    return [remembered, readSlug(store, 'two')]
  })
  expect(seen).toEqual([['a', 'c'], ['b']])
  expect(turns).toBe(2)
  other.close()
  store.close()
})

test('simultaneous readers share a state, and later ones see what others committed', async () => {
  const store = openWithIndex()
  const other = open()
  await setTimeout(3)
  const seen = store.read(() => {
    const before = readSlug(store, 'one')
    commit(other, 't2', {put: [testDocument('c', {slug: 'one'})]})
    return [before, readSlug(store, 'one'), bySlug(store, 'one')]
  })
  expect(seen).toEqual([['a'], ['a'], ['a']])
  await setTimeout(3)
  expect(bySlug(store, 'one')).toEqual(['a', 'c'])
  other.close()
  store.close()
})

test('a write ends the shared transaction of simultaneous readers', () => {
  const store = openWithIndex()
  const other = open()
  expect(bySlug(store, 'two')).toEqual(['b'])
  commit(other, 't2', {put: [testDocument('c', {slug: 'one'})]})
  commit(store, 't3', {put: [testDocument('d', {slug: 'one'})]})
  expect(bySlug(store, 'one')).toEqual(['a', 'c', 'd'])
  other.close()
  store.close()
})

test('catchUp shows the commit of another process at once', () => {
  const store = openWithIndex()
  const other = open()
  expect(bySlug(store, 'one')).toEqual(['a'])
  commit(other, 't2', {put: [testDocument('c', {slug: 'one'})]})
  store.catchUp()
  expect(bySlug(store, 'one')).toEqual(['a', 'c'])
  other.close()
  store.close()
})

test('similar values have different keys, and rows are evicted before there are too many', () => {
  const connection = connect(':memory:')
  const rows = createRememberedRows(connection, () => true)
  /** As it is answered for the third time, from memory. */
  const typeOf = (...values: (string | number | Uint8Array)[]): unknown => {
    const sql = `SELECT ${values.map(() => 'typeof(?)').join(" || ' ' || ")}`
    for (let turn = 0; turn < 2; turn += 1) rows.one(sql, ...values)
    return rows.one(sql, ...values)?.[0]
  }
  expect([typeOf(1), typeOf('1'), typeOf('number1;'), typeOf(Uint8Array.of(1))]).toEqual([
    'real',
    'text',
    'text',
    'blob',
  ])
  expect([typeOf('a', '1:b'), typeOf('a1:b', ''), typeOf(1, '2')]).toEqual([
    'text text',
    'text text',
    'real text',
  ])
  let asked = 0
  const counting = createRememberedRows(
    {...connection, one: (sql, ...values) => (asked++, connection.one(sql, ...values))},
    () => true,
  )
  const ask = (value: number): void => void counting.one('SELECT ?', value)
  for (let turn = 0; turn < 5; turn += 1) ask(-1)
  expect(asked).toBe(1)
  // Each entry takes more than 200 bytes.
  for (let value = 0; value < MAX_ROW_CACHE_BYTES / 100; value += 1) {
    ask(value)
    ask(value)
  }
  asked = 0
  ask(-1)
  expect(asked).toBe(1)
  connection.close()
})

test('the last read of a statement is repeated until something is written', () => {
  const connection = connect(':memory:')
  connection.script('CREATE TABLE word (word); INSERT INTO word VALUES (1)')
  const rows = createRememberedRows(connection, () => true)
  const count = (least: number): unknown =>
    rows.one('SELECT count(*) FROM word WHERE word >= ?', least)?.[0]
  expect([count(1), count(1), count(2), count(1)]).toEqual([1, 1, 0, 1])
  connection.script('INSERT INTO word VALUES (2)')
  expect(count(1)).toBe(1)
  rows.forget()
  expect([count(1), count(1), count(2)]).toEqual([2, 2, 1])
  connection.close()
})

test('a blob whose bytes have changed is another value', () => {
  const connection = connect(':memory:')
  const rows = createRememberedRows(connection, () => true)
  const blob = Uint8Array.of(1)
  const hexOf = (): unknown => rows.one('SELECT hex(?)', blob)?.[0]
  expect(hexOf()).toBe('01')
  blob[0] = 2
  expect(hexOf()).toBe('02')
  connection.close()
})
