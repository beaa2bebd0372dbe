import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

/**
 * Two datasets have the same public documents; one also has drafts, versions and other private
 * documents, and transactions that must stay private. Callers who may not read those get the same
 * responses from both, for any request.
 */
let lake: Lake
let server: RunningServer
beforeEach(async () => {
  lake = createLake({
    datasets: ['set-one', 'set-two'],
    now: () => Date.parse('2026-05-04T12:00:00Z'),
  })
  server = await startServer({lake, port: 0})
  for (const dataset of ['set-one', 'set-two']) {
    await write(dataset, 'first', PUBLIC)
  }
  await write('set-two', 'hidden-1', PRIVATE)
  await write('set-two', 'hidden-2', [{patch: {id: 'drafts.a', set: {text: 'changed'}}}])
})
afterEach(async () => {
  await server.close()
  await lake.close()
})

const PUBLIC = [
  {create: {_id: 'a', _type: 'note', text: 'one', to: {_ref: 'b', _weak: true}}},
  {create: {_id: 'b', _type: 'note', text: 'two'}},
  {create: {_id: 'c', _type: 'person', name: 'Ada'}},
]

const PRIVATE = [
  ...Array.from({length: 40}, (_, index) => ({
    create: {
      _id: `${index % 2 === 0 ? 'drafts.' : 'versions.r1.'}n${index}`,
      _type: 'note',
      text: 'secret',
      n: index,
      to: {_ref: 'b', _weak: true},
    },
  })),
  {create: {_id: 'drafts.a', _type: 'note', text: 'secret one', to: {_ref: 'b', _weak: true}}},
  {create: {_id: 'versions.r1.a', _type: 'note', text: 'secret two'}},
  {create: {_id: 'secret.a', _type: 'note', text: 'one', to: {_ref: 'b', _weak: true}}},
  {create: {_id: 'drafts.only', _type: 'hiddenType', text: 'secret'}},
]

const write = async (dataset: string, transactionId: string, mutations: unknown) => {
  const response = await fetch(`${server.url}/v1/data/mutate/${dataset}`, {
    method: 'POST',
    headers: {authorization: `Bearer ${lake.token}`},
    body: JSON.stringify({mutations, transactionId}),
  })
  expect(await response.text()).toContain(transactionId)
}

interface Shown {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

type Ask = (dataset: string) => readonly [path: string, init?: RequestInit]

const shown = async (dataset: string, ask: Ask, token: string | undefined): Promise<Shown> => {
  const [path, init = {}] = ask(dataset)
  const response = await fetch(`${server.url}/v2025-02-19${path}`, {
    ...init,
    headers: {...(token !== undefined && {authorization: `Bearer ${token}`})},
  })
  // How long it took may differ, and with it how long the body is.
  const {date: _date, 'content-length': _length, ...headers} = Object.fromEntries(response.headers)
  const body = await response.text()
  const timeless = body.replaceAll(/"ms":(?:[\d.]+|\{[^}]*\})/g, '').replaceAll(dataset, 'dataset')
  return {status: response.status, headers, body: timeless}
}

const QUERIES = [
  '*',
  'count(*)',
  'count(*[_type == "note"])',
  'array::unique(*[]._type)',
  '*[_type == "note" && text == "secret"]',
  '*[_type == "hiddenType"]',
  '*[_id == "drafts.a"][0]',
  '*[_id in ["a", "drafts.a", "versions.r1.a", "secret.a"]]',
  '*[_id in path("drafts.**")]',
  '*[references("b")]._id',
  '*[_type == "note"] | order(text desc)[0...3]',
  '*[text match "sec*"] | score(text match "secret"){_id, _score}',
  '*[_type == "note" && n > 3] | order(n)[0]',
  '*[_id == "a"][0]{"draft": *[_id == "drafts.a"][0], "to": to->, "in": *[references(^._id)]}',
  '*[sanity::versionOf("a")]._id',
  '*[sanity::partOfRelease("r1")]._id',
]

const OPTIONS = [
  '',
  '&perspective=raw',
  '&perspective=drafts',
  '&perspective=r1',
  '&resultSourceMap=true',
  '&resultSourceMap=withKeyArraySelector',
  '&explain=true',
]

const body = (mutations: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify({mutations}),
})

const ASKS: readonly Ask[] = [
  ...QUERIES.flatMap((query) =>
    OPTIONS.map((options): Ask => (dataset) => [
      `/data/query/${dataset}?query=${encodeURIComponent(query)}${options}`,
    ]),
  ),
  (dataset) => [
    `/data/query/${dataset}?explain=true`,
    {method: 'POST', body: JSON.stringify({query: '*[_type == "note"]', explain: true})},
  ],
  ...['', '?includeAllVersions=true', '?excludeContent=true'].flatMap((options) =>
    ['a', 'only', 'n0', 'drafts.a', 'a,drafts.a,drafts.only,versions.r1.a,secret.a,nothing'].map(
      (ids): Ask =>
        (dataset) => [`/data/doc/${dataset}/${ids}${options}`],
    ),
  ),
  (dataset) => [`/data/export/${dataset}`],
  (dataset) => [`/data/export/${dataset}?nextCursor=`],
  (dataset) => [`/data/export/${dataset}?types=hiddenType`],
  (dataset) => [`/data/references/${dataset}/documents/b/to`],
  (dataset) => [`/data/references/${dataset}/documents/drafts.a/to`],
  (dataset) => [`/data/history/${dataset}/transactions/drafts.a`],
  (dataset) => [`/data/history/${dataset}/documents/drafts.a`],
  (dataset) => [`/projects/copydesk/datasets/${dataset}/acl`],
  (dataset) => [`/datasets/${dataset}`],
  ...[
    [{createIfNotExists: {_id: 'drafts.a', _type: 'note'}}],
    [{create: {_id: 'drafts.a', _type: 'note'}}],
    [{create: {_id: 'nothing', _type: 'note'}}],
    [{createOrReplace: {_id: 'secret.a', _type: 'note'}}],
    [{patch: {id: 'drafts.a', ifRevisionID: 'x', set: {text: 'x'}}}],
    [{patch: {id: 'drafts.a', set: {}}}],
    [{patch: {query: '*[text == "secret"]', set: {text: 'x'}}}],
    [{delete: {query: '*[text == "secret"]'}}],
    [{delete: {id: 'drafts.a'}}],
    'not a list',
  ].flatMap((mutations) =>
    ['', '?returnDocuments=true', '?dryRun=true&returnDocuments=true&returnIds=true'].map(
      (options): Ask =>
        (dataset) => [`/data/mutate/${dataset}${options}`, body(mutations)],
    ),
  ),
  ...['drafts.a', 'drafts.nothing'].flatMap((draftId) =>
    ['publish', 'discard', 'delete', 'edit'].map((action): Ask => (dataset) => [
      `/data/actions/${dataset}`,
      {
        method: 'POST',
        body: JSON.stringify({
          actions: [
            {
              actionType: `sanity.action.document.${action}`,
              draftId,
              publishedId: draftId.replace('drafts.', ''),
            },
          ],
        }),
      },
    ]),
  ),
  (dataset) => [`/assets/files/${dataset}?filename=a.txt`, {method: 'POST', body: 'bytes'}],
]

describe.each(['anonymous', 'deploy-studio'] as const)('%s', (name) => {
  test('is answered as if there were no private documents', async () => {
    const token = name === 'anonymous' ? undefined : lake.createToken('Deploy', name)
    for (const ask of ASKS) {
      const asked = JSON.stringify(ask('dataset'))
      const plain = await shown('set-one', ask, token)
      expect.soft(await shown('set-two', ask, token), asked).toEqual(plain)
      // Kept answers are asked for too.
      expect.soft(await shown('set-two', ask, token), asked).toEqual(plain)
    }
  })
})
