import {
  compareText,
  type Access,
  type OrderedWalk,
  documentsSeenThrough,
  documentTokens,
} from '@copydesk/groq/engine'
import {scopedToken, totalCompare} from '@copydesk/groq/testing'
import fc from 'fast-check'
import {expect, test} from 'vitest'

import type {Json, StoredDocument} from '../core/document.ts'
import {bundleOf, publishedId} from '../core/ids.ts'
import {parsePerspective} from '../core/perspective.ts'
import type {DatasetStore} from './datasetStore.ts'
import {referencesOf} from './indexes/documentReferences.ts'
import {openDataset} from './openDataset.ts'
import {commit, settle, testDocument} from './testCommits.ts'

/**
 * Every index read through every perspective, against the plain reading of the rules: the overlay
 * worked out group by group over an array of all documents.
 */
const PERSPECTIVES = ['raw', 'published', 'drafts', 'rA', 'rA,drafts', 'rA,rB,drafts', 'drafts,rB']

const ids = ['a', 'b', 'c-1', 'c.d', 'drafts-1', 'e', 'versionsx'].flatMap((id) => [
  id,
  `drafts.${id}`,
  `versions.rA.${id}`,
  `versions.rB.${id}`,
])

const scalar = fc.constantFrom<Json>(
  0,
  -1.5,
  1,
  2 ** 53,
  '',
  '1',
  'a',
  'é',
  '\u{10000}',
  '\uffff',
  'a\0b',
  true,
  false,
  null,
)
const value = fc.oneof(
  {weight: 5, arbitrary: scalar},
  fc.constantFrom<Json>([], {}, [1, 'a'], {x: 1}),
)

const documentOf = (): fc.Arbitrary<StoredDocument> =>
  fc
    .record({
      id: fc.constantFrom(...ids),
      type: fc.constantFrom('article', 'author'),
      rank: fc.option(value, {nil: undefined}),
      slug: fc.option(fc.record({current: value}), {nil: undefined}),
      tags: fc.option(fc.array(scalar, {maxLength: 3}), {nil: undefined}),
      ref: fc.option(fc.constantFrom('a', 'b', 'gone'), {nil: undefined}),
      text: fc.constantFrom('', "it's 3.14", 'Ünïcode musk', 'musketeer a_b', 'ΟΔΟΣ'),
      remove: fc.boolean(),
    })
    .map(({id, type, ref, remove, ...fields}) =>
      testDocument(id, {
        _type: type,
        ...fields,
        links: ref === undefined ? [] : [{to: {_ref: ref, _weak: true}}],
        _system: {delete: remove},
      }),
    )

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(documentOf(), {minLength: 1, maxLength: 6})
      .map((put) => ({put, delete: [], index: false})),
  },
  {
    weight: 2,
    arbitrary: fc
      .subarray(ids, {minLength: 1, maxLength: 4})
      .map((deleted) => ({put: [], delete: deleted, index: false})),
  },
  {weight: 2, arbitrary: fc.constant({put: [], delete: [], index: true})},
)

const sortById = (documents: readonly StoredDocument[]): StoredDocument[] =>
  documents.toSorted((a, b) => compareText(a._id, b._id))

/** What a perspective shows, as GROQ works it out over documents in memory. */
const visible = (
  all: Iterable<StoredDocument>,
  name: string,
  isPublic: boolean,
): StoredDocument[] => {
  const perspective = parsePerspective(name, 'raw')
  const documents = [...all]
  if (isPublic) return sortById(documents.filter(({_id}) => !_id.includes('.')))
  return sortById([...documentsSeenThrough(perspective, documents)])
}

const at = (document: StoredDocument, path: string): Json => {
  let current: Json | undefined = document
  for (const name of path.split('.')) {
    current =
      typeof current === 'object' && current !== null && !Array.isArray(current)
        ? Reflect.get(current, name)
        : undefined
  }
  return current ?? null
}

const equals = (a: Json, b: Json): boolean => a === b

const accesses: readonly {
  access: Access
  finds(document: StoredDocument): boolean
  exact?: true
}[] = [
  {access: {by: 'type', types: ['article']}, finds: ({_type}) => _type === 'article', exact: true},
  {access: {by: 'type', types: ['author', 'article', 'x']}, finds: () => true, exact: true},
  {
    access: {by: 'id', ids: ['b', 'drafts.a', 'a', 'zz']},
    finds: ({_id}) => ['b', 'drafts.a', 'a'].includes(_id),
    exact: true,
  },
  {
    access: {by: 'idRange', range: {from: 'drafts.', to: 'drafts/'}},
    finds: ({_id}) => _id.startsWith('drafts.'),
    exact: true,
  },
  {
    access: {by: 'idRange', range: {from: 'versions.rA.b', to: 'versions.rB.b'}},
    finds: ({_id}) => _id >= 'versions.rA.b' && _id < 'versions.rB.b',
    exact: true,
  },
  {access: {by: 'idRange', range: {from: 'b'}}, finds: ({_id}) => _id >= 'b', exact: true},
  {
    access: {by: 'versions', publishedId: 'a'},
    finds: ({_id, _originalId}) => publishedId(String(_originalId ?? _id)) === 'a',
  },
  {
    access: {by: 'release', release: 'rA'},
    finds: ({_id, _originalId}) => bundleOf(String(_originalId ?? _id)) === 'rA',
  },
  {
    access: {by: 'reference', to: ['a']},
    finds: (document) => referencesOf(document).targets.has('a'),
    exact: true,
  },
  {
    access: {by: 'reference', to: ['a', 'gone', 'b'], type: 'article'},
    finds: (document) => document._type === 'article' && referencesOf(document).targets.size > 0,
    exact: true,
  },
  {
    access: {by: 'value', path: 'slug.current', values: ['a', 1, true], type: 'article'},
    finds: (document) =>
      document._type === 'article' &&
      ['a', 1, true].some((each) => equals(at(document, 'slug.current'), each)),
  },
  {
    access: {by: 'value', path: 'rank', values: [null], type: 'author'},
    finds: (document) => document._type === 'author' && at(document, 'rank') === null,
  },
  {
    access: {by: 'value', path: 'rank', values: [2 ** 53, 'a\0b', '\u{10000}']},
    finds: (document) =>
      [2 ** 53, 'a\0b', '\u{10000}'].some((each) => equals(at(document, 'rank'), each)),
  },
  {
    access: {by: 'value', path: 'tags[]', values: ['a', 0], type: 'article'},
    finds: (document) =>
      document._type === 'article' &&
      Array.isArray(document.tags) &&
      (document.tags.includes('a') || document.tags.includes(0)),
  },
  {
    access: {
      by: 'range',
      path: 'rank',
      range: {from: 'a', fromInclusive: false, toInclusive: false},
      type: 'article',
    },
    finds: (document) =>
      document._type === 'article' &&
      typeof at(document, 'rank') === 'string' &&
      compareText(String(at(document, 'rank')), 'a') > 0,
  },
  {
    access: {
      by: 'range',
      path: 'rank',
      range: {to: 1, fromInclusive: true, toInclusive: true},
      type: 'article',
    },
    finds: (document) =>
      document._type === 'article' &&
      typeof at(document, 'rank') === 'number' &&
      Number(at(document, 'rank')) <= 1,
  },
  {
    access: {by: 'defined', path: 'rank', type: 'article'},
    finds: (document) => document._type === 'article' && at(document, 'rank') !== null,
  },
  {
    access: {by: 'tokens', tokens: [{text: 'musk', prefix: true}], type: 'article'},
    finds: (document) =>
      document._type === 'article' &&
      [...documentTokens(document)].some((token) => token.startsWith('musk')),
  },
  {
    access: {
      by: 'tokens',
      tokens: [
        {text: "it's", prefix: false},
        {text: '314', prefix: false},
      ],
    },
    finds: (document) => documentTokens(document).has('314'),
  },
]

const walks: readonly OrderedWalk[] = (['asc', 'desc'] as const).flatMap((direction) => [
  {types: ['article'], path: 'rank', direction},
  {types: ['article'], path: 'rank', direction, skip: 2},
  {types: ['article', 'author'], path: 'rank', direction},
  {types: ['article', 'author'], path: 'rank', direction, skip: 3},
  {types: ['article'], path: 'rank', direction, within: 'defined' as const},
  {types: ['author'], path: 'slug.current', direction, refersTo: ['a']},
  {types: ['author'], path: 'slug.current', direction, refersTo: ['a', 'b'], skip: 1},
  {
    types: ['article'],
    path: 'rank',
    direction,
    within: {to: 'é', fromInclusive: false, toInclusive: true},
  },
  {
    types: ['article'],
    path: 'rank',
    direction,
    within: {from: -1.5, to: 2 ** 53, fromInclusive: false, toInclusive: false},
  },
])

const isWithin = (document: StoredDocument, {path, within}: OrderedWalk): boolean => {
  const found = at(document, path)
  if (within === undefined) return true
  if (within === 'defined') return found !== null
  const {from, to, fromInclusive, toInclusive} = within
  if (typeof found !== typeof (from ?? to)) return false
  const low = from === undefined ? 1 : totalCompare(found, from)
  const high = to === undefined ? -1 : totalCompare(found, to)
  return (low > 0 || (fromInclusive && low === 0)) && (high < 0 || (toInclusive && high === 0))
}

const expected = (documents: readonly StoredDocument[], walk: OrderedWalk): string[] =>
  documents
    .filter((document) => walk.types.includes(document._type) && isWithin(document, walk))
    .filter(
      (document) => walk.refersTo?.some((id) => referencesOf(document).targets.has(id)) ?? true,
    )
    .toSorted((a, b) => {
      const order = totalCompare(at(a, walk.path), at(b, walk.path))
      return (walk.direction === 'desc' ? -order : order) || compareText(a._id, b._id)
    })
    .map(({_id}) => _id)
    .slice(walk.skip)

const idsOf = (documents: Iterable<StoredDocument>): string[] =>
  Array.from(documents, ({_id}) => _id)

/** Asks for every index until each is worth building, and builds them. */
const buildIndexes = (store: DatasetStore): void => {
  const {access} = store.source({perspective: 'raw', includePrivate: true})
  for (let turn = 0; turn < 4; turn += 1) {
    for (const each of accesses) access?.read(each.access)
    for (const walk of walks) access?.ordered(walk)
  }
  settle(store)
}

const check = (store: DatasetStore, all: ReadonlyMap<string, StoredDocument>): void => {
  for (const name of PERSPECTIVES) {
    for (const isPublic of [false, true]) checkPerspective(store, all, name, isPublic)
  }
}

const checkPerspective = (
  store: DatasetStore,
  all: ReadonlyMap<string, StoredDocument>,
  name: string,
  isPublic: boolean,
): void => {
  const perspective = parsePerspective(name, 'raw')
  const source = store.source({perspective, includePrivate: !isPublic})
  const {access} = source
  const documents = visible(all.values(), name, isPublic)
  const byId = new Map(documents.map((document) => [document._id, document]))
  const articles = documents.filter(({_type}) => _type === 'article')

  /** Says which read it was when one is wrong. */
  const expectSame = (what: unknown, actual: unknown, wanted: unknown): void =>
    expect({name, isPublic, what, read: actual}).toEqual({name, isPublic, what, read: wanted})

  expectSame('scan', [...source.scan()], documents)
  for (const id of ids) expectSame(id, source.get(id), byId.get(id))
  expectSame('count', access?.count(), documents.length)
  expectSame('count of type', access?.count('article'), articles.length)
  for (const {access: asked, finds, exact} of accesses) {
    const read = access?.read(asked)
    if (!read) continue
    const found = idsOf(read)
    const wanted = idsOf(documents.filter(finds))
    if (exact) expectSame(asked, found, wanted)
    expectSame(asked, found, [...new Set(found)].toSorted(compareText))
    expectSame(
      asked,
      found.filter((id) => !byId.has(id)),
      [],
    )
    expectSame(
      asked,
      wanted.filter((id) => !found.includes(id)),
      [],
    )
  }
  for (const targets of [['a'], ['a', 'b'], ['nobody']]) {
    const refers = (document: StoredDocument): boolean =>
      targets.some((target) => referencesOf(document).targets.has(target))
    expectSame(targets, access?.countReferring(targets, 'article'), articles.filter(refers).length)
    expectSame(targets, access?.countReferring(targets), documents.filter(refers).length)
  }
  const scopes = [scopedToken('text', 'musk'), scopedToken('tags[]', 'a')]
  const counted = access?.countTokens?.(
    scopes.map((text) => [{text, prefix: true}]),
    'article',
  )
  const holds = (document: StoredDocument): boolean =>
    [...documentTokens(document)].some((token) => scopes.some((scope) => token.startsWith(scope)))
  expectSame('words', counted ?? articles.filter(holds).length, articles.filter(holds).length)
  for (const walk of walks) {
    const read = access?.ordered(walk)
    if (read) expectSame(walk, idsOf(read), expected(documents, walk))
  }
}

/** How many histories of a dataset: for every change, and in `npm run test:long`. */
const EFFORTS = [
  {runs: 30, timeout: 60_000, fast: true},
  {runs: 10, timeout: 60_000, fast: false},
  {runs: 300, timeout: 300_000, fast: true, tags: ['long']},
  {runs: 300, timeout: 600_000, fast: false, tags: ['long']},
]

for (const {runs, fast, ...options} of EFFORTS) {
  test(
    `every index read through every perspective returns what it must, in ${runs} histories${fast ? '' : ', without optimisations'}`,
    options,
    () => {
      let indexed = 0
      fc.assert(
        fc.property(fc.array(step, {minLength: 1, maxLength: 8}), (steps) => {
          const store = openDataset({name: 'test', smallestIndexed: 0, fast})
          const all = new Map<string, StoredDocument>()
          for (const [index, {put, delete: deleted, index: isIndexing}] of steps.entries()) {
            if (isIndexing) {
              buildIndexes(store)
              const {access} = store.source({perspective: 'raw', includePrivate: true})
              if (walks.every((walk) => access?.ordered(walk))) indexed += 1
              continue
            }
            commit(store, `t${index}`, {put, delete: deleted})
            for (const document of put) all.set(document._id, document)
            for (const id of deleted) all.delete(id)
          }
          check(store, all)
          // The row cache works within one read: the first turn reads the file, the second the cache.
          for (let turn = 0; turn < 2; turn += 1) store.read(() => check(store, all))
          store.close()
        }),
        {numRuns: runs},
      )
      expect(indexed).toBeGreaterThan(runs / 10)
    },
  )
}
