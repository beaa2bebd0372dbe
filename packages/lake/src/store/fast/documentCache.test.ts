import {expect, test} from 'vitest'

import {testDocument} from '../testCommits.ts'
import {createDocumentCache} from './documentCache.ts'

const shown = {document: testDocument('a'), hidden: false}

test('the document cache respects its limit and keeps what was read last', () => {
  const cache = createDocumentCache({bytes: 100_000})
  for (let n = 0; n < 1000; n += 1) {
    for (const _ of ['read', 'read again']) cache.set(`a${n}`, shown, 1000)
    cache.get('a0')
    expect(cache.bytes).toBeLessThanOrEqual(100_000)
  }
  expect(cache.get('a0')).toBe(shown)
  expect(cache.get('a999')).toBe(shown)
  expect(cache.get('a500')).toBeUndefined()
})

test('a document read once evicts nothing from a full cache', () => {
  const cache = createDocumentCache({bytes: 10_000})
  cache.set('kept', shown, 1000)
  for (let n = 0; n < 100; n += 1) cache.set(`a${n}`, shown, 1000)
  expect(cache.get('kept')).toBe(shown)
  expect(cache.get('a99')).toBeUndefined()
  cache.set('a99', shown, 1000)
  expect(cache.get('a99')).toBe(shown)
})

test('a scan fills free space and evicts nothing', () => {
  const cache = createDocumentCache({bytes: 10_000})
  cache.set('kept', shown, 1000)
  for (let n = 0; n < 100; n += 1) cache.offer(`a${n}`, shown, 1000)
  expect(cache.get('kept')).toBe(shown)
  expect(cache.get('a0')).toBe(shown)
  expect(cache.get('a99')).toBeUndefined()
})

test('a document larger than the cache is not cached, and its old entry is removed', () => {
  const cache = createDocumentCache({bytes: 10_000})
  cache.set('a', shown, 10)
  cache.set('a', shown, 1_000_000)
  expect(cache.get('a')).toBeUndefined()
  expect(cache.bytes).toBe(0)
})
