import {memorySource, prepareQuery, runQuery, type DocumentSource} from '@copydesk/groq/engine'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {DatasetStore} from '../../store/datasetStore.ts'
import {openDataset} from '../../store/openDataset.ts'
import {commit, settle, testDocument} from '../../store/testCommits.ts'

/**
 * Strings that SQLite cannot hold as they are (half of a surrogate pair becomes U+FFFD), or that it
 * might order or cut off differently: an index finds what a scan finds.
 */
const STORED = ['\ufffd', '\ufffdx', '\uffff', '\ue000', '\ud7ff', '😀', '🐀', 'a\0b', 'a', '', 'é']
const ASKED = [...STORED, '\ud800', '\udc00', '\ud83d', '\ud800x', 'a\ud800', '\udfff']

let store: DatasetStore
let indexed: DocumentSource
let scanned: DocumentSource

const ask = (source: DocumentSource, query: string, params: Record<string, string>) =>
  runQuery(prepareQuery(query, params), {source, params, now: 0}).value

const QUERIES = [
  '*[s == $s]._id',
  '*[_type == "article" && s == $s]._id',
  '*[s in [$s, "a"]]._id',
  '*[$s in list]._id',
  '*[_type == "article" && s < $s]._id',
  '*[_type == "article" && s <= $s]._id',
  '*[_type == "article" && s > $s]._id',
  '*[_type == "article" && s >= $s]._id',
  '*[_type == "article" && s in $s.."\uffff"]._id',
  '*[_type == "article" && s in "a"..$s]._id',
  '*[_type == "article" && s >= $s] | order(s)._id',
  '*[_type == "article"] | order(s, _id)[0...20]._id',
  '*[_type == "article"] | order(s desc, _id)[0...20]._id',
  'count(*[s == $s])',
  '*[to._ref == $s]._id',
  '*[references($s)]._id',
  'count(*[references($s)])',
  'count(*[_type == "article" && references($s)])',
  '*[references($s)] | order(s)._id',
  '*[to->s == $s]._id',
  '*[to->_id == $s]._id',
  '*[_id == $s]._id',
  '*[_id in [$s, "d0"]]._id',
  '*[_id > $s]._id',
  '*[string::startsWith(_id, $s)]._id',
  '*[_id in path($s)]._id',
  '*[_type == $s]._id',
  '*[_type == "article" && s match $s]._id',
  'count(*[s match $s])',
  '*[sanity::versionOf($s)]._id',
  '*[sanity::partOfRelease($s)]._id',
]

beforeAll(() => {
  store = openDataset({name: 'test', smallestIndexed: 0})
  const put = STORED.flatMap((s, n) => [
    testDocument(`d${n}`, {s, list: [s, 'x'], to: {_ref: `d${(n + 1) % STORED.length}`}}),
    testDocument(`r${n}`, {s: n, to: {_ref: s === '' ? 'd0' : s, _weak: true}}),
  ])
  commit(store, 't1', {put: [...put, testDocument('typed', {_type: '\ufffd'})]})
  indexed = store.source({perspective: 'raw', includePrivate: true})
  scanned = memorySource(indexed.scan())
  for (let turn = 0; turn < 5; turn += 1) {
    for (const query of QUERIES) ask(indexed, query, {s: 'a'})
  }
  settle(store)
})
afterAll(() => store.close())

describe('an index, queried with a string that SQLite cannot store,', () => {
  it.each(QUERIES)('finds what a scan finds: %s', (query) => {
    const answers = (source: DocumentSource) => ASKED.map((s) => [s, ask(source, query, {s})])
    expect(answers(indexed)).toEqual(answers(scanned))
  })
})
