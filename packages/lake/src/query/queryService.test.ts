import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {type ContentSourceMap, bytesOf} from '@copydesk/groq/engine'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {DRAFTS, PUBLISHED} from '../core/perspective.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {openDataset} from '../store/openDataset.ts'
import {commit, testDocument} from '../store/testCommits.ts'
import {
  type Answer,
  type QueryRequest,
  type QueryService,
  createQueryService,
} from './queryService.ts'

let folder: string
let store: DatasetStore
let service: QueryService
let time = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-query-'))
  store = openDataset({name: 'production', file: join(folder, 'documents.sqlite')})
  service = createQueryService(store, {projectId: 'copydesk', now: () => (time += 1000)})
})

afterEach(() => {
  service.close()
  store.close()
  rmSync(folder, {recursive: true})
})

const request = (query: string, more: Partial<QueryRequest> = {}): QueryRequest => ({
  query,
  params: {},
  perspective: PUBLISHED,
  includePrivate: true,
  ...more,
})

/** The answer, which must have come at once. */
const answer = (query: string, more?: Partial<QueryRequest>): Answer => {
  const given = service.answer(request(query, more))
  if (given instanceof Promise) throw new Error('the answer did not come at once')
  return given
}

const result = (given: Answer): unknown =>
  JSON.parse(new TextDecoder().decode(bytesOf(given.result)))

/** The square of the documents: with 500, some ten times what the serving thread does itself. */
const longScan = '*[_type == "article" && count(*[_type == "article" && n != ^.n]) > 0] {n}'
const fill = (count: number) =>
  commit(store, `fill${count}`, {
    put: Array.from({length: count}, (_, n) => testDocument(`a${n}`, {n, text: 'x'.repeat(200)})),
  })

describe('the query service', () => {
  test('answers at once, and again with the same bytes until something it read changes', () => {
    commit(store, 't1', {
      put: [
        testDocument('a', {author: {_ref: 'x'}}),
        testDocument('x', {_type: 'author', name: 'X'}),
        testDocument('other', {_type: 'topic'}),
      ],
    })
    const query = '*[_type == "article"]{_id, "by": author->name}'
    expect(result(answer(query))).toEqual([{_id: 'a', by: 'X'}])
    const kept = answer(query)
    expect(kept.result).toBeInstanceOf(Uint8Array)
    expect(result(kept)).toEqual([{_id: 'a', by: 'X'}])
    commit(store, 't2', {put: [testDocument('other', {_type: 'topic', n: 1})]})
    expect(answer(query).result).toBe(kept.result)
    commit(store, 't3', {put: [testDocument('drafts.a')]})
    expect(answer(query).result).toBe(kept.result)
    commit(store, 't4', {put: [testDocument('x', {_type: 'author', name: 'Y'})]})
    expect(result(answer(query))).toEqual([{_id: 'a', by: 'Y'}])
  })

  test('keeps readers apart', () => {
    commit(store, 't1', {
      put: [
        testDocument('a', {n: 1}),
        testDocument('drafts.a', {n: 2}),
        testDocument('p.q', {n: 3}),
      ],
    })
    const ids = '*[_type == "article"]{_id, n}'
    expect(result(answer(ids))).toEqual([
      {_id: 'a', n: 1},
      {_id: 'p.q', n: 3},
    ])
    expect(result(answer(ids, {perspective: DRAFTS}))).toEqual([
      {_id: 'a', n: 2},
      {_id: 'p.q', n: 3},
    ])
    expect(result(answer(ids, {perspective: DRAFTS, includePrivate: false}))).toEqual([
      {_id: 'a', n: 1},
    ])
    expect(result(answer('identity()', {identity: 'me'}))).toBe('me')
    expect(result(answer('identity()', {identity: 'you'}))).toBe('you')
  })

  test('never keeps what the clock decides', () => {
    const first = answer('now()')
    expect(first.cacheable).toBe(false)
    expect(result(answer('now()'))).not.toEqual(result(first))
  })

  test('says why GROQ cannot be answered', () => {
    expect(() => answer('*[')).toThrow(/./)
    expect(() => answer('*[_id == $missing]')).toThrow(/missing/)
    expect(() => answer(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`)).toThrow(/deep/)
  })

  test('explains where documents came from', () => {
    fill(3)
    const {explain} = answer('*[_type == "article"]', {explain: true})
    expect(explain).toMatchObject({candidates: 3, thread: 'serving'})
  })

  test('moves a long query to another thread, and the answer is the same', async () => {
    fill(500)
    const given = service.answer(request(longScan, {explain: true}))
    expect(given).toBeInstanceOf(Promise)
    const {explain, ...moved} = await given
    expect(explain?.thread).toBe('scan')
    expect(result(moved)).toHaveLength(500)
  })

  test('parses a text elsewhere that takes long to parse, and has its errors from there', async () => {
    fill(3)
    const numbers = Array.from({length: 4000}, (_, n) => n).join(',')
    const query = `*[_type == "article" && n in [${numbers}]].n`
    const given = service.answer(request(query, {explain: true}))
    expect(given).toBeInstanceOf(Promise)
    const {explain, ...moved} = await given
    expect(explain?.thread).toBe('scan')
    expect(result(moved)).toEqual([0, 1, 2])
    await expect(service.answer(request(`[${numbers}`))).rejects.toMatchObject({status: 400})
    const objects = Array.from({length: 20_000}, () => '{"a": 1}').join(',')
    await expect(service.answer(request(`[${objects}]`))).rejects.toThrow('Too many')
  })

  test('copies a dataset in memory for a long query, and goes on answering others', async () => {
    const memory = openDataset({name: 'production'})
    const inMemory = createQueryService(memory, {projectId: 'copydesk', now: () => (time += 1000)})
    const ask = async (query: string) => {
      const given = inMemory.answer(request(query))
      return {isHere: !(given instanceof Promise), found: result(await given)}
    }
    try {
      const put = Array.from({length: 1500}, (_, n) => testDocument(`a${n}`, {n}))
      commit(memory, 'fill', {put})
      const long = ask(longScan)
      expect(await ask('count(*)')).toEqual({isHere: true, found: 1500})
      expect(await long).toMatchObject({isHere: false, found: {length: 1500}})
      commit(memory, 'more', {put: [testDocument('b', {n: -1})]})
      expect(await ask(longScan)).toMatchObject({isHere: false, found: {length: 1501}})
    } finally {
      inMemory.close()
      memory.close()
    }
    const left = readdirSync(tmpdir()).filter((name) =>
      name.startsWith(`lake-scan-${process.pid}-`),
    )
    expect(left).toEqual([])
  })

  test('asks for geometry elsewhere, for one step of it may take seconds', async () => {
    const square = [
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 0],
      [0, 0],
    ]
    const shape = {type: 'Polygon', coordinates: [square]}
    const query = 'geo::contains(geo($shape), geo::latLng(1, 1))'
    const given = service.answer(request(query, {params: {shape}, explain: true}))
    expect(given).toBeInstanceOf(Promise)
    const {explain, ...moved} = await given
    expect(explain?.thread).toBe('scan')
    expect(result(moved)).toBe(true)
  })

  test('lets a short query pass long ones that wait', async () => {
    fill(1000)
    const done: string[] = []
    const ask = async (name: string, query: string) => {
      await service.answer(request(query, {explain: true}))
      done.push(name)
    }
    const geometry = 'geo::contains(geo({"lat": 1, "lng": 1}), geo::latLng(1, 1))'
    await ask('long', longScan)
    await ask('short', geometry)
    done.length = 0
    const long = ['first', 'second', 'third', 'fourth'].map((name) => ask(name, longScan))
    await Promise.all([...long, ask('short', geometry)])
    // One or two run already, according to the processor.
    expect(done.indexOf('short')).toBeLessThan(done.indexOf('third'))
  })

  test('says where values come from, anew each time, in the other thread, too', async () => {
    fill(500)
    const asked = request(`${longScan} | order(n)`, {resultSourceMap: 'paths'})
    const [first, again] = [await service.answer(asked), await service.answer(asked)]
    const map: ContentSourceMap = JSON.parse(
      new TextDecoder().decode(bytesOf(first.resultSourceMap ?? 'null')),
    )
    expect(map.documents[7]).toEqual({_id: 'a7', _type: 'article'})
    expect(map.mappings["$[7]['n']"]).toEqual({
      type: 'value',
      source: {type: 'documentValue', document: 7, path: 0},
    })
    expect(again.resultSourceMap).toEqual(first.resultSourceMap)
    expect(answer(asked.query)).not.toHaveProperty('resultSourceMap')
  })

  test('stops a long query when its client goes away', async () => {
    fill(3000)
    const leaving = new AbortController()
    const given = service.answer(request(longScan, {client: leaving}))
    leaving.abort()
    await expect(given).rejects.toThrow(/cancelled/)
    expect(await service.answer(request('count(*[n > 2990])'))).toHaveProperty('ms')
  })

  test('sees in the other thread what was committed before', async () => {
    fill(500)
    await service.answer(request(longScan))
    commit(store, 'later', {delete: ['a7']})
    expect(result(await service.answer(request(longScan)))).toHaveLength(499)
  })

  test('counts words from the index, as the store behind the guard can', () => {
    commit(store, 't1', {put: [testDocument('a', {title: 'one story'}), testDocument('b', {})]})
    while (store.maintain(time)) {
      // Words are indexed a portion at a time.
    }
    const counted = answer('count(*[_type == "article" && title match "story"])', {explain: true})
    expect(result(counted)).toBe(1)
    expect(counted.explain?.reads.map(({access}) => access)).toEqual(['count of words'])
    expect(counted.explain?.candidates).toBe(0)
  })
})

test('a query over an empty dataset is answered', () => {
  expect(result(answer('*'))).toEqual([])
  expect(result(answer('{"a": 1}'))).toEqual({a: 1})
})
