import {prepareQuery, runQuery} from '@copydesk/groq/engine'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {parsePerspective} from '../../../core/perspective.ts'
import {openDataset} from '../../openDataset.ts'
import {commit, settle, testDocument} from '../../testCommits.ts'

/** Lists long enough for several leaps of each length, with keys that one, few or many share. */
const COUNT = 2400
const store = openDataset({name: 'test', smallestIndexed: 0})
const paths = ['n', 'few', 'many', 'mixed']
const fieldsOf = (n: number): Record<string, unknown> => ({
  n: (n * 7919) % COUNT,
  few: Math.trunc(n / 7) % 300,
  many: n % 3,
  mixed: [n % 50, `t${n % 900}`, n % 2 === 0, undefined, {}][n % 5],
  ref: {_ref: `target-${n % 2}`},
})

const sourceOf = (name: string, includePrivate = true) =>
  store.source({perspective: parsePerspective(name, 'raw'), includePrivate})

beforeAll(() => {
  const drafts = Array.from({length: COUNT / 5}, (_, n) =>
    testDocument(`drafts.d${n * 3}`, fieldsOf(n * 4 + 1)),
  )
  const others = Array.from({length: 300}, (_, n) =>
    testDocument(`p${n}`, {...fieldsOf(n), _type: 'page'}),
  )
  const dotted = Array.from({length: 200}, (_, n) => testDocument(`a.d${n}`, fieldsOf(n)))
  const versions = ['versions.r.d3', 'versions.r.d5'].map((id) => testDocument(id, fieldsOf(9)))
  const documents = Array.from({length: COUNT}, (_, n) => testDocument(`d${n}`, fieldsOf(n)))
  commit(store, 't1', {put: [...documents, ...drafts, ...others, ...dotted, ...versions]})
  const {access} = sourceOf('raw')
  for (let turn = 0; turn < 4; turn += 1) {
    for (const path of paths) access?.ordered({types: ['article', 'page'], path, direction: 'asc'})
    const refersTo = ['target-1']
    access?.ordered({types: ['article'], path: 'n', direction: 'asc', refersTo})
  }
  settle(store)
})
afterAll(() => store.close())

const skips = [1, 64, 130, 600, 1100, 2399, 5000]

describe.each(['asc', 'desc'] as const)(
  'what a walk skips is what it began with, %s',
  (direction) => {
    const views = ['raw', 'published', 'drafts', 'r,drafts'].map((name) => [name, true] as const)
    it.each([...views, ['published', false] as const])(
      '%s, private: %s',
      (name, includePrivate) => {
        const {access} = sourceOf(name, includePrivate)
        const walks = [
          ...paths.map((path) => ({types: ['article'], path, direction})),
          {types: ['article', 'page'], path: 'few', direction},
          {types: ['article'], path: 'n', direction, refersTo: ['target-1']},
          {types: ['article'], path: 'mixed', direction, within: 'defined' as const},
          {
            types: ['article'],
            path: 'n',
            direction,
            within: {from: 200, to: 2300, fromInclusive: false, toInclusive: false},
          },
        ]
        for (const walk of walks) {
          const idsOf = (skip: number) =>
            Array.from(access?.ordered({...walk, skip}) ?? [], ({_id}) => _id)
          const all = idsOf(0)
          expect(all.length).toBeGreaterThan(900)
          for (const skip of skips) {
            const found = idsOf(skip)
            expect({walk, skip, length: found.length, first: found.slice(0, 80)}).toEqual({
              walk,
              skip,
              length: Math.max(0, all.length - skip),
              first: all.slice(skip, skip + 80),
            })
          }
        }
      },
    )
  },
)

/** What a page costs: documents parsed, and units of reading (see readMeter.ts). */
const costOf = (text: string, name: string) => {
  const source = sourceOf(name)
  const query = prepareQuery(text)
  const parsed = store.parsedDocuments
  let units = 0
  const {documents} = store.read(
    () => runQuery(query, {source}).report,
    (more) => (units += more),
  )
  return {documents, parsed: store.parsedDocuments - parsed, units}
}

describe('a page far down', () => {
  it.each([
    ['published', '*[_type == "article"] | order(n desc)[A...B]{_id, few}'],
    ['drafts', '*[_type == "article"] | order(n desc, _id){_id, few}[A...B]'],
    ['published', '*[_type in ["article", "page"] && n >= 100] | order(n)[A...B]{_id}'],
    [
      'drafts',
      '*[_type == "article" && defined(n) && references("target-1")] | order(n)[A...B]{few}',
    ],
  ])('reads no document before it, %s: %s', (name, text) => {
    const page = (number: number) =>
      costOf(text.replace('A', String(number * 20)).replace('B', String(number * 20 + 20)), name)
    const first = page(0)
    expect(first.documents).toBe(20)
    const far = page(50)
    expect(far.documents).toBe(20)
    expect(far.parsed).toBeLessThanOrEqual(64)
    expect(far.units).toBeLessThan(20 * first.units)
  })

  it('counts from the new beginning after a commit', () => {
    const text = '*[_type == "article"] | order(n desc)[2000...2003]._id'
    const ask = () =>
      store.read(() => runQuery(prepareQuery(text), {source: sourceOf('published')}))
    const before = ask().value
    commit(store, 't2', {put: [testDocument('newest', {...fieldsOf(1), n: COUNT})]})
    const after = ask().value
    expect(after).toEqual([expect.any(String), ...JSON.parse(JSON.stringify(before)).slice(0, 2)])
  })
})
