import {createOrigins} from '@copydesk/groq/testing'
import {expect, test} from 'vitest'

import {openDataset} from '../../store/openDataset.ts'
import {commit, testDocument} from '../../store/testCommits.ts'

test('reading a document again takes no more memory', () => {
  // Nothing is cached, as in a dataset larger than the cache.
  const store = openDataset({name: 'large', documentCacheBytes: 0})
  commit(store, 't1', {put: [testDocument('a', {inner: {n: 1}})]})
  store.read(() => {
    const plain = store.source({perspective: 'raw', includePrivate: true})
    expect(plain.get('a')).not.toBe(plain.get('a'))

    const {source, of} = createOrigins(plain, () => {})
    const first = source.get('a')
    expect(first).toEqual(plain.get('a'))
    expect(source.get('a')).toBe(first)
    expect([...source.scan()][0]).toBe(first)
    expect(of(first?.inner ?? null)).toMatchObject({
      from: 'document',
      location: {document: first, path: ['inner']},
    })
  })
  store.close()
})
