import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {compareText, type OrderedWalk} from '@copydesk/groq/engine'
import fc from 'fast-check'
import {afterAll, expect, test} from 'vitest'

import type {StoredDocument} from '../../core/document.ts'
import type {DatasetStore} from '../datasetStore.ts'
import {openDataset} from '../openDataset.ts'
import {commit, settle, testDocument} from '../testCommits.ts'

const folder = mkdtempSync(join(tmpdir(), 'index-build-'))
afterAll(() => rmSync(folder, {recursive: true}))

let files = 0
const open = (indexes: Parameters<typeof openDataset>[0]['indexes'] = []) => {
  const file = join(folder, `${(files += 1)}.sqlite`)
  return {file, store: openDataset({name: 'test', file, smallestIndexed: 10, indexes})}
}

const walk: OrderedWalk = {types: ['article'], path: 'n', direction: 'asc'}
const referring: OrderedWalk = {...walk, refersTo: ['a']}
const document = (id: string, n: number, fields: object = {}): StoredDocument =>
  testDocument(id, {n, ...fields})

const idsIn = (store: DatasetStore, asked: OrderedWalk, perspective: 'raw' | 'drafts') => {
  const source = store.source({
    perspective: perspective === 'raw' ? 'raw' : {layers: ['drafts']},
    includePrivate: true,
  })
  const found = source.access?.ordered(asked)
  return found && Array.from(found, ({_id}) => _id)
}

/** By reading all documents. */
const expectedIds = (store: DatasetStore, asked: OrderedWalk, perspective: 'raw' | 'drafts') => {
  const source = store.source({
    perspective: perspective === 'raw' ? 'raw' : {layers: ['drafts']},
    includePrivate: true,
  })
  return [...source.scan()]
    .filter(({_type}) => _type === 'article')
    .filter(({ref}) => !asked.refersTo || JSON.stringify(ref ?? '').includes('"a"'))
    .toSorted((a, b) => Number(a.n) - Number(b.n) || compareText(a._id, b._id))
    .map(({_id}) => _id)
}

test('what changes while an index is built is in it', () => {
  const id = fc.constantFrom('d3', 'd40', 'd190', 'new', 'drafts.d3', 'drafts.d100')
  const fields = fc.record({
    _type: fc.constantFrom('article', 'page'),
    ref: fc.constantFrom({_ref: 'a'}, {_ref: 'b'}),
  })
  const change = fc.oneof(
    fc.record({id, n: fc.nat(300), fields}),
    fc.record({id, purge: fc.constant(true)}),
    fc.record({id, delete: fc.constant(true)}),
    fc.constant(undefined),
  )
  fc.assert(
    fc.property(fc.array(change, {maxLength: 12}), (changes) => {
      const {store} = open()
      const put = Array.from({length: 200}, (_, n) =>
        document(`d${n}`, (n * 7) % 200, {ref: {_ref: n % 2 === 0 ? 'a' : 'b'}}),
      )
      commit(store, 'first', {put})
      idsIn(store, walk, 'raw')
      idsIn(store, referring, 'raw')
      const left = [...changes]
      for (let step = 0; store.nextMaintenance() || left.length > 0; step += 1) {
        if (store.nextMaintenance()) store.maintain(0)
        const next = left.shift()
        if (!next) continue
        if ('n' in next) commit(store, `t${step}`, {put: [document(next.id, next.n, next.fields)]})
        else commit(store, `t${step}`, {delete: [next.id]})
        if ('purge' in next) {
          store.transact((transaction) => transaction.deleteHistory(next.id))
        }
      }
      for (const asked of [walk, referring]) {
        for (const perspective of ['raw', 'drafts'] as const) {
          expect(idsIn(store, asked, perspective)).toEqual(expectedIds(store, asked, perspective))
        }
      }
      store.close()
    }),
    {numRuns: 25},
  )
})

test('writers wait for no document, and for a thousand rows at most', () => {
  const {file, store} = open()
  commit(store, 'first', {put: Array.from({length: 3500}, (_, n) => document(`d${n}`, n))})
  idsIn(store, walk, 'raw')
  const other = new DatabaseSync(file)
  const rows = () => Number(other.prepare('SELECT count(*) AS n FROM key').get()?.['n'])
  const added: Record<'read' | 'write', number[]> = {read: [], write: []}
  for (let next = store.nextMaintenance(); next; next = store.nextMaintenance()) {
    const before = rows()
    store.maintain(0)
    added[next].push(rows() - before)
  }
  expect(added.read.length).toBeGreaterThan(30)
  expect(new Set(added.read)).toEqual(new Set([0]))
  expect(added.write.filter(Boolean)).toEqual([1000, 1000, 1000, 500])
  other.close()
  store.close()
})

test('one miss is enough, and shapes are kept in the file', () => {
  const {file, store} = open()
  commit(store, 'first', {put: Array.from({length: 50}, (_, n) => document(`d${n}`, n))})
  expect(idsIn(store, walk, 'raw')).toBeUndefined()
  settle(store)
  expect(idsIn(store, walk, 'raw')).toHaveLength(50)
  store.close()
  const again = openDataset({name: 'test', file, smallestIndexed: 10})
  expect(idsIn(again, walk, 'raw')).toHaveLength(50)
  again.close()
})

test('a refusal does not hold for ever', () => {
  const {store} = open()
  const alike = Array.from({length: 100}, (_, n) => document(`d${n}`, 7))
  commit(store, 'first', {put: alike})
  idsIn(store, walk, 'raw')
  settle(store)
  expect(idsIn(store, walk, 'raw')).toBeUndefined()
  // Documents written together are alike; those before them are not.
  commit(store, 'second', {put: Array.from({length: 200}, (_, n) => document(`e${n}`, n))})
  for (let turn = 0; turn < 101; turn += 1) idsIn(store, walk, 'raw')
  settle(store)
  expect(idsIn(store, walk, 'raw')).toHaveLength(300)
  store.close()
})

test('a build that was interrupted is finished by the next process', () => {
  const {file, store} = open()
  commit(store, 'first', {put: Array.from({length: 2500}, (_, n) => document(`d${n}`, n))})
  idsIn(store, walk, 'raw')
  let writes = 0
  while (writes < 3) {
    if (store.nextMaintenance() === 'write') writes += 1
    store.maintain(0)
  }
  store.close()
  const again = openDataset({name: 'test', file, smallestIndexed: 10})
  commit(again, 'second', {put: [document('d1', 9999)], delete: ['d2']})
  settle(again)
  expect(idsIn(again, walk, 'raw')).toEqual(expectedIds(again, walk, 'raw'))
  again.close()
})

test('declared indexes are built before anybody asks, once there are documents', () => {
  const {store} = open([{type: 'article', path: 'n', byReference: false}])
  settle(store)
  expect(store.nextMaintenance()).toBeUndefined()
  commit(store, 'first', {put: Array.from({length: 50}, (_, n) => document(`d${n}`, 7))})
  settle(store)
  expect(idsIn(store, walk, 'raw')).toHaveLength(50)
  store.close()
})
