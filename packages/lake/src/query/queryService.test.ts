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
  type QueryResponse,
  type ServiceRequest,
  type QueryService,
  createQueryService,
} from './queryService.ts'
import {answerAtOnce} from './testAnswers.ts'

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

const request = (query: string, more: Partial<ServiceRequest> = {}): ServiceRequest => ({
  query,
  params: {},
  perspective: PUBLISHED,
  includePrivate: true,
  ...more,
})

/** The response, which must have come at once. */
const answer = (query: string, more?: Partial<ServiceRequest>): QueryResponse => {
  const given = answerAtOnce(service, request(query, more))
  if (!given) throw new Error('the answer did not come at once')
  return given
}

const result = (given: QueryResponse): unknown =>
  JSON.parse(new TextDecoder().decode(bytesOf(given.result)))

/** Reads the square of the documents: with 500, about ten times the serving thread's limit. */
const longScan = '*[_type == "article" && count(*[_type == "article" && n != ^.n]) > 0] {n}'
const fill = (count: number) =>
  commit(store, `fill${count}`, {
    put: Array.from({length: count}, (_, n) => testDocument(`a${n}`, {n, text: 'x'.repeat(200)})),
  })

describe('the query service', () => {
  test('responds at once, and again with the same bytes until something it read changes', () => {
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

  test('separates callers with different access', () => {
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

  test('does not cache results that depend on the time', () => {
    const first = answer('now()')
    expect(first.cacheable).toBe(false)
    expect(result(answer('now()'))).not.toEqual(result(first))
  })

  test('reports errors in GROQ', () => {
    expect(() => answer('*[')).toThrow(/./)
    expect(() => answer('*[_id == $missing]')).toThrow(/missing/)
    expect(() => answer(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`)).toThrow(/deep/)
  })

  test('explains how documents were found', () => {
    fill(3)
    const {explain} = answer('*[_type == "article"]', {explain: true})
    expect(explain).toMatchObject({candidates: 3, thread: 'serving'})
  })

  test('moves a long query to another thread, with the same result', async () => {
    fill(500)
    const given = service.answer(request(longScan, {explain: true}))
    expect(given).toBeInstanceOf(Promise)
    const {explain, ...moved} = await given
    expect(explain?.thread).toBe('scan')
    expect(result(moved)).toHaveLength(500)
  })

  test('parses a long query on another thread, and reports its errors', async () => {
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

  test('copies a dataset in memory for a long query, and still answers other queries', async () => {
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

  test('builds an index while one long query follows the other', async () => {
    fill(400)
    const scanning = new AbortController()
    const scan = async (): Promise<void> => {
      for (let turn = 0; !scanning.signal.aborted; turn += 1) {
        await service.answer(request(`${longScan}[${turn}]`))
      }
    }
    const scans = scan()
    await expect
      .poll(
        async () => {
          const ordered = '*[_type == "article"] | order(n desc) [100...120] {n}'
          const {explain} = await service.answer(request(ordered, {explain: true}))
          return explain?.reads.map(({access}) => access)
        },
        {timeout: 25_000},
      )
      .toEqual(['article by n desc'])
    scanning.abort()
    await scans
  })

  test('runs geometry on another thread, because one step may take seconds', async () => {
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

  test('lets a short query pass waiting long ones', async () => {
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
    // One or two run already, depending on the processor.
    expect(done.indexOf('short')).toBeLessThan(done.indexOf('third'))
  })

  test('computes source maps each time, also on the other thread', async () => {
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

  test('stops a long query when its client disconnects', async () => {
    fill(3000)
    const leaving = new AbortController()
    const given = service.answer(request(longScan, {client: leaving}))
    leaving.abort()
    await expect(given).rejects.toThrow(/cancelled/)
    expect(await service.answer(request('count(*[n > 2990])'))).toHaveProperty('ms')
  })

  test('sees earlier commits on the other thread', async () => {
    fill(500)
    await service.answer(request(longScan))
    commit(store, 'later', {delete: ['a7']})
    expect(result(await service.answer(request(longScan)))).toHaveLength(499)
  })

  test('counts words from the index through the guarded source', () => {
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

test('a query over an empty dataset has a result', () => {
  expect(result(answer('*'))).toEqual([])
  expect(result(answer('{"a": 1}'))).toEqual({a: 1})
})
