import {expect, test} from 'vitest'

import {createCache} from './cache.ts'

test('keeps to its bound, and keeps what is read', () => {
  const cache = createCache<number>('scopes', {bytes: 1000})
  for (let n = 0; n < 1000; n += 1) {
    cache.set(`key ${n}`, n, 100)
    cache.get('key 0')
    expect(cache.bytes).toBeLessThanOrEqual(1000)
  }
  expect(cache.get('key 0')).toBe(0)
  expect(cache.get('key 999')).toBe(999)
  expect(cache.get('key 500')).toBeUndefined()
  expect([...cache.entries()]).toHaveLength(10)
})

test('an entry that is replaced, deleted or too large takes no space', () => {
  const cache = createCache<string>('scopes', {bytes: 1000})
  cache.set('a', 'first', 600)
  cache.set('a', 'second', 300)
  expect([cache.get('a'), cache.bytes]).toEqual(['second', 300])
  cache.set('a', 'too large', 1001)
  expect([cache.get('a'), cache.bytes]).toEqual([undefined, 0])
  cache.set('b', 'kept', 1000)
  cache.delete('b')
  cache.delete('b')
  expect([cache.get('b'), cache.bytes]).toEqual([undefined, 0])
  cache.set('c', 'kept', 1)
  cache.clear()
  expect([cache.get('c'), cache.bytes]).toEqual([undefined, 0])
})

test('says what it evicts, oldest first, and evicts nothing for an offer', () => {
  const evicted: string[] = []
  const cache = createCache<string>('scopes', {bytes: 300, onEvict: (key) => evicted.push(key)})
  for (const key of ['a', 'b', 'c']) cache.set(key, key, 100)
  cache.get('a')
  cache.offer('d', 'd', 100)
  expect(cache.get('d')).toBeUndefined()
  cache.set('d', 'd', 200)
  expect(evicted).toEqual(['b', 'c'])
  expect([cache.get('a'), cache.get('d')]).toEqual(['a', 'd'])
})

test('a cache for new keys up to a share of its space keeps others the second time', () => {
  // Half of its space is for keys that come for the first time.
  const cache = createCache<string>('results', {bytes: 400})
  for (const key of ['a', 'b', 'c']) cache.set(key, key, 100)
  expect([cache.get('b'), cache.get('c')]).toEqual(['b', undefined])
  cache.set('c', 'c', 100)
  expect(cache.get('c')).toBe('c')
})

test('says beforehand what it would keep, and that counts as coming', () => {
  const cache = createCache<string>('results', {bytes: 400})
  expect(cache.admits('a', 401)).toBe(false)
  expect(cache.admits('a', 100)).toBe(true)
  for (const key of ['a', 'b']) cache.set(key, key, 100)
  expect(cache.admits('c', 100)).toBe(false)
  expect(cache.admits('c', 100)).toBe(true)
  cache.set('c', 'c', 100)
  expect(cache.get('c')).toBe('c')
  expect(cache.admits('a', 100)).toBe(true)
})

test('a cache of no bytes keeps nothing', () => {
  const cache = createCache<string>('scopes', {bytes: 0})
  for (const _ of ['first', 'second']) cache.set('a', 'a', 100)
  expect(cache.get('a')).toBeUndefined()
})
