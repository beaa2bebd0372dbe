import {scopedToken, tokenize} from '@copydesk/groq/testing'
import {expect, test} from 'vitest'

import type {DatasetStore} from '../datasetStore.ts'
import {openDataset} from '../openDataset.ts'
import {commit, settle, testDocument} from '../testCommits.ts'

const texts = [
  "it's 3.14% — done",
  'a_b A.B a-b ab',
  'snake_case\u0001control',
  'Straße ΟΔΟΣ İstanbul',
  '\ue027s \ue0ff \ue041',
  '漢字 text',
  'NUL\0inside',
  '“quoted” ‘words’ rock’n’roll',
]

const storeOf = (documents: readonly ReturnType<typeof testDocument>[]): DatasetStore => {
  const store = openDataset({name: 'test'})
  commit(store, 't1', {put: documents})
  return store
}

const read = (store: DatasetStore, text: string, prefix = false): string[] => {
  const {access} = store.source({perspective: {layers: []}, includePrivate: true})
  return Array.from(access?.read({by: 'tokens', tokens: [{text, prefix}]}) ?? [], ({_id}) => _id)
}

test('every word of a string finds it, whole or by prefix', () => {
  const documents = texts.map((text, index) => testDocument(`d${index}`, {text}))
  const store = storeOf(documents)
  settle(store)
  for (const [index, text] of texts.entries()) {
    for (const word of tokenize(text)) {
      expect(read(store, word)).toContain(`d${index}`)
      const beginnings = Array.from(word, (_, end) => word.slice(0, end + 1))
      for (const beginning of beginnings.filter((each) => each.isWellFormed())) {
        expect(read(store, beginning, true)).toContain(`d${index}`)
      }
    }
  }
  expect(read(store, 'nowhere')).toEqual([])
  store.close()
})

test('counts distinguish attributes that differ in case, and escaped characters from others', () => {
  const store = storeOf([
    testDocument('a', {title: 'x', Title: 'y'}),
    testDocument('b', {Title: 'x'}),
    testDocument('c', {title: "it's"}),
    testDocument('d', {title: 'it\ue027s'}),
  ])
  settle(store)
  const {access} = store.source({perspective: {layers: []}, includePrivate: true})
  const count = (scope: string, text: string): number | undefined =>
    access?.countTokens?.([[{text: scopedToken(scope, text), prefix: false}]])
  expect(count('title', 'x')).toBe(1)
  expect(count('Title', 'x')).toBe(1)
  expect(count('title', "it's")).toBe(1)
  expect(count('title', 'it\ue027s')).toBe(1)
  commit(store, 't2', {put: [testDocument('e', {title: 'x'})]})
  expect(count('title', 'x')).toBeUndefined()
  store.close()
})

test('is not used while too many changes are not indexed', () => {
  const many = Array.from({length: 5001}, (_, n) => testDocument(`d${n}`, {text: 'word'}))
  const store = storeOf(many)
  const find = () => {
    const {access} = store.source({perspective: {layers: []}, includePrivate: true})
    return access?.read({by: 'tokens', tokens: [{text: 'nowhere', prefix: false}]})
  }
  expect(find()).toBeUndefined()
  settle(store)
  expect([...(find() ?? many)]).toEqual([])
  store.close()
})

test('documents not indexed yet are candidates, deleted ones are not', () => {
  const store = storeOf([testDocument('a', {text: 'old'})])
  expect(read(store, 'anything')).toEqual(['a'])
  settle(store)
  expect(read(store, 'anything')).toEqual([])
  commit(store, 't2', {put: [testDocument('a', {text: 'new'}), testDocument('b', {text: 'old'})]})
  settle(store)
  expect(read(store, 'old')).toEqual(['b'])
  commit(store, 't3', {delete: ['b']})
  expect(read(store, 'old')).toEqual([])
  store.close()
})

test('large documents are indexed a few at a time, so that writers do not wait for all', () => {
  const text = 'word '.repeat(20_000)
  const store = storeOf(Array.from({length: 12}, (_, n) => testDocument(`d${n}`, {text, n})))
  let steps = 1
  while (store.maintain(0)) steps += 1
  expect(steps).toBeGreaterThanOrEqual(12)
  expect(read(store, 'word')).toHaveLength(12)
})
