import {expect, test} from 'vitest'

import {openDataset} from '../../openDataset.ts'
import {commit, settle, testDocument} from '../../testCommits.ts'

/** Lists longer than any portion, with keys that few or many documents share. */
const COUNT = 3000
const priorities = [undefined, 1, 2, 'a', 'b', 'b', 'b', 'b', true]

const rank = (value: unknown): number =>
  ['number', 'string', 'boolean', 'undefined'].indexOf(typeof value)
const compare = (a: unknown, b: unknown): number =>
  rank(a) - rank(b) || (a === b ? 0 : String(a) < String(b) ? -1 : 1)

test.each(['asc', 'desc'] as const)('a long walk is in order across portions, %s', (direction) => {
  const store = openDataset({name: 'test', smallestIndexed: 0})
  const documents = Array.from({length: COUNT}, (_, n) =>
    testDocument(`d${n}`, {
      n: (n * 7919) % COUNT,
      priority: priorities[n % priorities.length],
      ref: {_ref: 'target'},
    }),
  )
  commit(store, 't1', {put: documents})
  const {access} = store.source({perspective: {layers: []}, includePrivate: true})
  const ids = (path: string): string[] | undefined => {
    const walk = access?.ordered({types: ['article'], path, direction})
    return walk && Array.from(walk, ({_id}) => _id)
  }
  for (let turn = 0; turn < 4; turn += 1) {
    ids('n')
    ids('priority')
  }
  settle(store)

  const sign = direction === 'asc' ? 1 : -1
  expect(ids('priority')).toEqual(
    documents
      .toSorted((a, b) => sign * compare(a.priority, b.priority) || (a._id < b._id ? -1 : 1))
      .map(({_id}) => _id),
  )
  expect(ids('n')).toEqual(
    documents.toSorted((a, b) => sign * (Number(a.n) - Number(b.n))).map(({_id}) => _id),
  )
  const referring = access?.read({by: 'reference', to: ['target'], type: 'article'})
  expect(Array.from(referring ?? [], ({_id}) => _id)).toEqual(
    documents.map(({_id}) => _id).toSorted(),
  )
  store.close()
})
