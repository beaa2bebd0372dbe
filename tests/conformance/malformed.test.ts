import {createLake, type Lake} from '@copydesk/lake'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {internalsOf} from '../../packages/lake/src/open/internals.ts'

/**
 * Generated requests with many kinds of mistakes: each must be refused with an API error, and none
 * may write, crash the lake or make it fail. Half of the generated requests are wrong by
 * construction; the other half are arbitrary and may be right by accident, so they are only held to
 * "no failure, nothing written without a token".
 */
let lake: Lake
beforeAll(async () => {
  lake = createLake({
    onError: (error) => {
      throw error
    },
  })
  const mutations = [{create: {_id: 'here', _type: 'note', tags: ['a'], text: 'x'}}]
  await send({
    method: 'POST',
    url: '/v1/data/mutate/production',
    headers: {authorization: `Bearer ${lake.token}`},
    body: JSON.stringify({mutations}),
  })
})
afterAll(() => lake.close())

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | null
}

const send = ({method, url, headers, body}: Sent): Promise<Response> => {
  const bodiless = method === 'GET' || method === 'HEAD'
  return lake.fetch(
    new Request(`http://localhost${url}`, {
      method,
      headers,
      body: bodiless || body === null ? null : new Blob([new Uint8Array(Buffer.from(body))]),
    }),
  )
}

const enc = encodeURIComponent
const V = '/v2025-02-19'
const signedIn = () => ({authorization: `Bearer ${lake.token}`})
const get = (url: string, headers: Record<string, string> = {}): Sent => ({
  method: 'GET',
  url: V + url,
  headers: {...signedIn(), ...headers},
  body: null,
})
const post = (url: string, body: string | Uint8Array): Sent => ({
  method: 'POST',
  url: V + url,
  headers: signedIn(),
  body,
})

const noise = fc.string({unit: 'binary', maxLength: 40})
const word = fc.stringMatching(/^[a-z]{1,12}$/)
const json = fc.json({maxDepth: 4})
/** JSON that is not an object. */
const notAnObject = fc.oneof(
  fc.constantFrom('null', 'true', '0', '"text"', '[]', '[{}]', '1e3'),
  fc.string().map((text) => JSON.stringify(text)),
)
/** Invalid JSON: cut off, or with something before it. */
const notJson = fc.oneof(
  json.map((text) => `{"mutations":[${text}`),
  json.map((text) => `}${text}`),
  noise.map((text) => `[${text}`).filter((text) => !isJson(text)),
)
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const badDataset = fc.oneof(
  word.map((name) => `no-${name}`),
  fc.constantFrom('Production', '-a', 'a%20b', '%00', 'x'.repeat(70), '%F0%9F%A6%8A'),
)
const badId = fc.constantFrom(
  '-a',
  'a..b',
  'a.',
  'a b',
  'ä',
  'a/b',
  'x'.repeat(129),
  '*',
  'a#b',
  '',
)
const badPercent = fc.constantFrom('%', '%zz', '%E0%A4%A', '%C3%28', 'a%')

const badGroq = fc.oneof(
  fc.constantFrom(
    '*[',
    '*[_type ==',
    '}',
    '{a:}',
    '*[a]]',
    '$',
    '"',
    "'",
    '*|order(',
    '@@',
    '...',
    '',
  ),
  noise.map((text) => `${text}]`).filter((text) => !text.includes('//')),
  word.map((name) => `${name}::${name}(1)`),
  word.map((name) => `no${name}(1, 2)`),
)

const KNOWN = new Set(['create', 'createOrReplace', 'createIfNotExists', 'delete', 'patch'])
const badMutation = fc.oneof(
  fc.constantFrom(
    ...[
      {},
      {create: null},
      {create: {}},
      {create: {_id: 'x'}},
      {create: {_id: 'here', _type: 'note'}},
      {create: {_id: 7, _type: 'note'}},
      {create: {_type: ''}},
      {create: {_type: 7}},
      {createOrReplace: {_type: 'note'}},
      {createIfNotExists: {_type: 'note'}},
      {create: {_type: 'note'}, delete: {id: 'here'}},
      {delete: null},
      {delete: {}},
      {delete: 'here'},
      {delete: {id: 7}},
      {delete: {query: '*['}},
      {delete: {query: 7}},
      {patch: {}},
      {patch: {set: {a: 1}}},
      {patch: {id: 'missing', set: {a: 1}}},
      {patch: {id: 'here', set: []}},
      {patch: {id: 'here', set: {'a[': 1}}},
      {patch: {id: 'here', unset: 'a'}},
      {patch: {id: 'here', insert: {}}},
      {patch: {id: 'here', insert: {after: 'tags[-1]'}}},
      {patch: {id: 'here', inc: {text: 'one'}}},
      {patch: {id: 'here', set: {_type: 7}}},
      {patch: {id: 'here', ifRevisionID: 'another', set: {a: 1}}},
    ].map((mutation) => JSON.stringify(mutation)),
  ),
  badId
    .filter((id) => id !== '' && !id.endsWith('.'))
    .map((_id) => JSON.stringify({create: {_id, _type: 'note'}})),
  fc
    .tuple(word, json)
    .filter(([name]) => !KNOWN.has(name))
    .map(([name, value]) => `{"${name}":${value}}`),
  notAnObject,
)

/** Wrong by construction. */
const malformed: fc.Arbitrary<Sent> = fc.oneof(
  badDataset.map((dataset) => get(`/data/query/${dataset}?query=1`)),
  badDataset.map((dataset) => get(`/data/doc/${dataset}/here`)),
  badDataset.map((dataset) => get(`/data/listen/${dataset}?query=*`)),
  badDataset.map((dataset) => post(`/data/mutate/${dataset}`, '{"mutations":[]}')),
  badPercent.map((text) => get(`/data/doc/production/${text}`)),
  badPercent.map((text) => get(`/data/query/${text}?query=1`)),
  badId
    .filter((id) => id !== '' && id !== 'a/b')
    .map((id) => get(`/data/doc/production/${enc(id)}`)),
  badId
    .filter((id) => id !== '' && id !== 'a/b')
    .map((id) => get(`/data/history/production/events/documents/${enc(id)}`)),
  badGroq.map((query) => get(`/data/query/production?query=${enc(query)}`)),
  badGroq.map((query) => post('/data/query/production', JSON.stringify({query}))),
  badGroq.map((query) => get(`/data/listen/production?query=${enc(query)}`)),
  noise
    .filter((text) => !isJson(text))
    .map((text) => get(`/data/query/production?query=$a&$a=${enc(text)}`)),
  word.map((name) => get(`/data/query/production?query=$${name}1`)),
  noise
    .filter((text) => /[^\w.\-, ]/.test(text))
    .map((text) => get(`/data/query/production?query=1&perspective=${enc(text)}`)),
  word
    .filter((text) => text !== 'true' && text !== 'false')
    .map((text) => get(`/data/query/production?query=1&resultSourceMap=${text}`)),
  noise
    .filter((text) => text !== '' && !/^[\w.-]+$/.test(text))
    .map((text) => get(`/data/query/production?query=1&tag=${enc(text)}`)),
  notJson.map((body) => post('/data/mutate/production', body)),
  notJson.map((body) => post('/data/actions/production', body)),
  notJson.map((body) => post('/data/query/production', body)),
  notAnObject.map((body) => post('/data/mutate/production', body)),
  notAnObject.map((body) => post('/data/actions/production', body)),
  fc
    .uint8Array({minLength: 1, maxLength: 40})
    .map((bytes) => post('/data/mutate/production', new Uint8Array([0xff, ...bytes]))),
  fc
    .integer({min: 101, max: 3000})
    .map((depth) => post('/data/mutate/production', '['.repeat(depth) + ']'.repeat(depth))),
  badMutation.map((mutation) => post('/data/mutate/production', `{"mutations":[${mutation}]}`)),
  badMutation.map((mutation) =>
    post('/data/mutate/production', `{"mutations":[{"create":{"_type":"written"}},${mutation}]}`),
  ),
  fc
    .tuple(word, json)
    .map(([name, value]) =>
      post('/data/actions/production', `{"actions":[{"actionType":"${name}","a":${value}}]}`),
    ),
  fc
    .constantFrom('document.create', 'document.edit', 'document.publish', 'release.create')
    .map((name) =>
      post('/data/actions/production', `{"actions":[{"actionType":"sanity.action.${name}"}]}`),
    ),
  fc
    .constantFrom('PUT', 'PATCH', 'DELETE')
    .map((method) => ({...get('/data/query/production?query=1'), method})),
  fc.constantFrom('GET', 'PUT', 'DELETE').map((method) => ({
    ...post('/data/mutate/production', '{}'),
    method,
  })),
  noise
    .filter((text) => /^[\x21-\x7e]+$/.test(text))
    .map((text) => get('/data/query/production?query=1', {authorization: text})),
  word.map((token) => get('/users/me', {authorization: `Bearer ${token}`})),
  word.map((name) => ({...get(`/${name}/${name}`), url: `/${name}/${name}`})),
  badId
    .filter((id) => id !== '')
    .map((id) => get(`/data/references/production/documents/${enc(id)}/to?excludePaths=perhaps`)),
  noise.map((text) => get(`/data/history/production/documents/here?time=x${enc(text)}`)),
  fc
    .oneof(
      noise.map((text) => `x${text}`),
      fc.integer({max: -1}).map(String),
    )
    .map((limit) => get(`/data/history/production/transactions?limit=${enc(limit)}`)),
  word.map((mode) => ({
    ...post(`/datasets/new-${mode}`, `{"aclMode":"${mode}"}`),
    method: 'PUT',
  })),
  notJson.map((body) => ({...post('/users/me/keyvalue', body), method: 'PUT'})),
)

/** Any request without a token, right or wrong. */
const arbitrary: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  url: fc
    .tuple(
      fc.constantFrom('', '/v1', V, '/vX', '/v2'),
      fc.constantFrom(
        '/data/query/production',
        '/data/mutate/production',
        '/data/actions/production',
        '/data/doc/production/here',
        '/data/export/production',
        '/data/history/production/transactions',
        '/users/me',
        '/auth/login/lake',
        '/assets/images/production',
        '/images/copydesk/production/x.jpg',
        '/projects/copydesk',
        '/socket/production',
        '/intake/batch',
      ),
      fc.oneof(
        fc.constant(''),
        noise.map((text) => `/${enc(text.toWellFormed())}`),
        fc.webQueryParameters().map((search) => `?${search}`),
        noise.map((text) => `?query=${enc(text.toWellFormed())}&perspective=raw`),
      ),
    )
    .map((parts) => parts.join('')),
  headers: fc.dictionary(
    fc.constantFrom('origin', 'content-type', 'accept', 'range', 'x-sanity-project-id', 'cookie'),
    fc.stringMatching(/^[\x21-\x7e]{1,30}$/),
    {maxKeys: 3},
  ),
  body: fc.oneof(fc.constant(null), json, noise, fc.uint8Array({maxLength: 200})),
})

/** A mutate or query error, or a plain one, as clients read them. */
const expectRefusal = async (response: Response, sent: Sent): Promise<void> => {
  const text = await response.text()
  const said = `${sent.method} ${sent.url} ${String(sent.body).slice(0, 200)}\n${response.status} ${text.slice(0, 300)}`
  if (response.status < 400 || response.status > 499) throw new Error(`not refused: ${said}`)
  const body: unknown = JSON.parse(text)
  const isPlain = {
    statusCode: response.status,
    error: expect.any(String),
    message: expect.any(String),
  }
  const isTyped = {error: {type: expect.any(String), description: expect.any(String)}}
  const isApiError =
    expect.objectContaining(isPlain).asymmetricMatch(body) ||
    expect.objectContaining({error: expect.objectContaining(isTyped.error)}).asymmetricMatch(body)
  if (!isApiError) throw new Error(`not in the API’s shape: ${said}`)
}

const state = () => {
  const {store} = internalsOf(lake).dataset('production')
  return {revision: store.revision, here: store.get('here')}
}

/** The number of requests: in `npm test`, and in `npm run test:long`. */
const EFFORTS = [
  {requests: 1500, timeout: 120_000},
  {requests: 20_000, timeout: 480_000, tags: ['long']},
]

for (const {requests, ...options} of EFFORTS) {
  test(
    `${requests} malformed requests get API errors, and nothing is written`,
    options,
    async () => {
      const before = state()
      await fc.assert(
        fc.asyncProperty(malformed, async (sent) => {
          await expectRefusal(await send(sent), sent)
        }),
        {numRuns: requests},
      )
      expect(state()).toEqual(before)
    },
  )
}

for (const {requests, ...options} of EFFORTS) {
  test(
    `${requests} arbitrary requests without a token never make the lake fail or write`,
    options,
    async () => {
      const before = state()
      await fc.assert(
        fc.asyncProperty(arbitrary, async (sent) => {
          const response = await send(sent)
          await response.body?.cancel()
          expect(response.status === 501 || response.status < 500).toBe(true)
        }),
        {numRuns: requests},
      )
      expect(state()).toEqual(before)
    },
  )
}
