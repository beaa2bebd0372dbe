/**
 * Generates hostile requests from the lake's own table of routes. Each follows from the seed and
 * its number, so that it can be sent again.
 */
import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'
import {apiRoutes, bareRoutes} from '../../../packages/lake/src/http/routing/routes.ts'
import {hostileGroq} from './queries.ts'
import {actionsBody, anyId, hostileJson, hostileName, mutateBody} from './values.ts'

export type Role = 'nobody' | 'deploy-studio' | 'viewer' | 'editor' | 'administrator' | 'unknown'

export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly string[]
  readonly body: string | undefined
  readonly role: Role
  /**
   * How it is sent: `framed` can be followed by others on the same connection; `rude` has its own
   * connection and ending; `stream` is opened, read for a while and dropped.
   */
  readonly manner: 'framed' | 'rude' | 'stream'
  /**
   * Whether it writes as much as a request may. Others wait for it, so it must be sent alone if
   * every response must arrive within a minute.
   */
  readonly isHeavy?: boolean
}

export const PRIVATE_DATASET = 'private'
const ROLES = [
  'nobody',
  'nobody',
  'nobody',
  'deploy-studio',
  'deploy-studio',
  'viewer',
  'editor',
  'editor',
  'administrator',
  'unknown',
] as const

const ROUTES = [
  ...apiRoutes.map(({method, path}) => ({method, path, isApi: true})),
  ...bareRoutes.map(({method, path}) => ({method, path, isApi: false})),
]
const METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
] as const
const VERSIONS = [
  'v2025-02-19',
  'v1',
  'vX',
  'v2021-06-07',
  'v2099-01-01',
  'v0',
  'v2025-13-45',
  'v',
] as const
const STREAMS = /\/listen|\/live\/events/

/** What an administrator may create and remove; not the datasets with the documents. */
const OWN_DATASETS = ['junk-1', 'junk-2', 'constructor', 'junk-3'] as const

const datasetName = (random: Random, role: Role, isManaged: boolean): string => {
  if (isManaged && role === 'administrator') return random.pick(OWN_DATASETS)
  const choice = random.number(10)
  if (choice < 7) return 'production'
  return choice < 9 ? PRIVATE_DATASET : encodeURIComponent(hostileName(random))
}

const fill = (random: Random, path: string, role: Role, mayKnow: boolean): string => {
  const isManaged = /^\/(projects\/:project\/)?datasets/.test(path)
  return path
    .replaceAll(/:(\w+)/g, (_, name: string) => {
      if (name === 'dataset') return datasetName(random, role, isManaged)
      if (name === 'project')
        return random.chance(0.85) ? 'copydesk' : encodeURIComponent(hostileName(random))
      if (name === 'id' || name === 'ids') return encodeURIComponent(anyId(random, mayKnow))
      return random.chance(0.3)
        ? hostileName(random).replaceAll(/[\s#?]/g, '')
        : encodeURIComponent(hostileName(random))
    })
    .replace('*', () => random.list(0, 4, () => encodeURIComponent(hostileName(random))).join('/'))
}

const FLAGS = [
  'dryRun',
  'returnDocuments',
  'returnIds',
  'includeAllVersions',
  'excludeContent',
  'includeResult',
  'includePreviousRevision',
  'explain',
  'returnQuery',
  'visibility',
  'perspective',
  'tag',
  'query',
  '$x',
  '$constructor',
  'reverse',
  'limit',
  'fromTime',
  'time',
  'revision',
  'effectFormat',
  'types',
  'nextCursor',
  'w',
  'h',
  'crop',
  'fit',
  'rect',
  'fm',
  'resultSourceMap',
  'cacheMode',
  'events',
  'includeDrafts',
  'transactionId',
  'authors',
  'filename',
  'meta',
  'autoGenerateArrayKeys',
  'lastLiveEventId',
  'x',
  'constructor',
  '__proto__',
] as const
const flagValue = (random: Random): string =>
  random.pick([
    'true',
    'true',
    'false',
    'raw',
    'drafts',
    'published',
    'r1',
    '[]',
    '1',
    '-1',
    '2020-01-01T00:00:00Z',
    '"a"',
    '{"a":1}',
    hostileName(random),
  ])

const searchOf = (random: Random, path: string): string => {
  const parameters = random.list(0, 5, () => [random.pick(FLAGS), flagValue(random)] as const)
  const query =
    path.includes('/query') || path.includes('/listen')
      ? [['query', hostileGroq(random)] as const]
      : []
  if (parameters.length === 0 && query.length === 0) return ''
  return `?${[...query, ...parameters]
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name)}=${random.chance(0.95) ? encode(value) : value.replaceAll(/[\s#]/g, '')}`,
    )
    .join('&')}`
}

/** As encodeURIComponent, which throws at half a surrogate. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'image/png',
  'image/svg+xml',
  'application/json; charset=utf-16',
  '',
  'constructor',
] as const
const ORIGINS = [
  'http://localhost:3000',
  'https://evil.example',
  'null',
  'http://127.0.0.1',
  'file://',
  'constructor',
] as const

const headersOf = (random: Random): string[] => {
  const headers = [
    random.chance(0.9)
      ? 'Host: localhost'
      : `Host: ${random.pick(['copydesk.localhost', 'constructor.localhost', 'evil.example', 'l1.localhost', '', '[::1]'])}`,
  ]
  if (random.chance(0.15)) headers.push(`Origin: ${random.pick(ORIGINS)}`)
  if (random.chance(0.1))
    headers.push(
      `Sec-Fetch-Site: ${random.pick(['cross-site', 'same-site', 'same-origin', 'none', 'constructor'])}`,
    )
  if (random.chance(0.05))
    headers.push(`X-Sanity-Project-Id: ${random.pick(['copydesk', 'other', 'constructor'])}`)
  if (random.chance(0.03))
    headers.push(
      `Cookie: ${random.pick(['sanitySession=x', 'constructor=1', '=;=;=', 'a'.repeat(3000)])}`,
    )
  if (random.chance(0.03))
    headers.push(`Range: bytes=${random.pick(['0-', '-1', '5-2', 'x', '0-0,1-1,2-2'])}`)
  if (random.chance(0.03)) headers.push(`If-None-Match: ${random.pick(['*', '"x"', 'x'])}`)
  if (random.chance(0.02))
    headers.push(`Accept-Encoding: ${random.pick(['gzip', 'br', '*;q=0', 'constructor'])}`)
  if (random.chance(0.01)) headers.push(`X-Long: ${'y'.repeat(random.number(9000))}`)
  return headers
}

const bodyOf = (random: Random, path: string, mayKnow: boolean): string => {
  if (random.chance(0.1)) return hostileJson(random)
  if (path.includes('/mutate/')) return mutateBody(random, mayKnow)
  if (path.includes('/actions/')) return actionsBody(random, mayKnow)
  if (path.includes('/query/'))
    return `{"query":${JSON.stringify(hostileGroq(random))},"params":${hostileJson(random, 3)}}`
  if (path.includes('/assets/')) {
    return random.pick([
      'GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;',
      '\u0089PNG\r\n\u001a\n',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'text',
      '',
    ])
  }
  if (path.includes('/copy'))
    return `{"targetDataset":${JSON.stringify(random.pick(['junk-1', 'junk-2', '../x', 'constructor', '']))}}`
  return hostileJson(random)
}

/** One in this many requests is as large as the limits allow. */
const GIANT_EVERY = 3000

const list = (length: number, make: (n: number) => string): string =>
  Array.from({length}, (_, n) => make(n)).join(',')

const giants = (length: number): string =>
  list(length, (n) => `{"createOrReplace":{"_id":"giant-${n % 500}","_type":"giant","n":${n}}}`)

const giant = (random: Random): HostileRequest => {
  const common = {
    method: 'POST',
    headers: ['Host: localhost', 'Content-Type: application/json'],
    manner: 'framed',
  } as const
  const query = (groq: string, params = '{}'): HostileRequest => ({
    ...common,
    role: random.pick(['nobody', 'editor']),
    path: '/v2025-02-19/data/query/production',
    body: `{"query":${JSON.stringify(groq)},"params":${params}}`,
  })
  const mutate = (mutations: string): HostileRequest => ({
    ...common,
    role: 'editor',
    isHeavy: true,
    path: '/v2025-02-19/data/mutate/production?returnDocuments=true',
    body: `{"mutations":[${mutations}]}`,
  })
  switch (random.number(9)) {
    case 0:
      return mutate(giants(15_000))
    case 1:
      return mutate(
        `${giants(500)},${list(400, () => '{"patch":{"query":"*[_type == \\"giant\\" && n % 10 == 7]","inc":{"n":10}}}')}`,
      )
    case 2:
      return mutate(
        `{"createOrReplace":{"_id":"giant-0","_type":"giant","list":[${list(200_000, () => '{}')}]}}`,
      )
    case 3:
      return query(`count([${list(18_000, () => '{"a":1}')}])`)
    case 4:
      return query(`*[text match [${list(9000, (n) => `"*w${n}*"`)}]]`)
    case 5:
      return query(`*[a in $list]`, `{"list":[${list(60_000, String)}]}`)
    case 6:
      return query(`[${list(500, () => `[${list(50, () => '[]')}]`)}]`)
    case 7:
      return query(`coalesce(${list(20_000, () => 'a')})`)
    default:
      return mutate(
        `{"delete":{"query":"*[_type == \\"giant\\" || text match \\"*${'a*'.repeat(300)}\\"]"}}`,
      )
  }
}

export const hostileRequest = (random: Random): HostileRequest => {
  if (random.number(GIANT_EVERY) === 0) return giant(random)
  const role = random.pick(ROLES)
  // Callers who may publish must not publish the marker that is searched for in responses to
  // others.
  const mayKnow = role !== 'editor' && role !== 'administrator'
  const route = random.pick([ROUTES[0] ?? {method: 'GET', path: '/', isApi: true}, ...ROUTES])
  const isPlain = random.chance(0.9)
  const template = isPlain
    ? route.path
    : `/${random.list(0, 5, () => random.pick(['data', 'query', ':dataset', 'assets', ':id', 'users', '', ':x'])).join('/')}`
  const version = route.isApi
    ? `/${random.chance(0.85) ? 'v2025-02-19' : random.pick(VERSIONS)}`
    : ''
  const path = version + fill(random, template, role, mayKnow) + searchOf(random, template)
  const method = random.chance(0.9) ? route.method : random.pick(METHODS)
  const headers = headersOf(random)
  const hasBody = method !== 'GET' && method !== 'HEAD' ? random.chance(0.93) : random.chance(0.02)
  const body = hasBody ? bodyOf(random, template, mayKnow) : undefined
  if (body !== undefined) {
    headers.push(`Content-Type: ${random.chance(0.8) ? 'application/json' : random.pick(TYPES)}`)
    if (random.chance(0.03))
      headers.push(
        `Content-Encoding: ${random.pick(['gzip', 'deflate', 'br', 'constructor', 'identity'])}`,
      )
  }
  const isStream = STREAMS.test(template) && method === 'GET'
  const manner = isStream ? 'stream' : random.chance(0.02) ? 'rude' : 'framed'
  // Characters that are not allowed in a request line end it early: only for rude requests.
  const safePath =
    manner === 'rude'
      ? path
      : path.replaceAll(/[^\u0021-\u007e]/g, (character) => encode(character))
  return {method, path: safePath, headers, body, role, manner}
}
