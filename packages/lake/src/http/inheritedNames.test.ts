import {afterAll, beforeAll, expect, test} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {apiRoutes, bareRoutes} from './routing/routes.ts'
import {sampleRequest} from './testRequest.ts'

/**
 * Every object of JavaScript answers to names that nobody gave it. Whatever a client may name
 * (attributes, parameters, datasets, users, options) is named like one of them here: the answer
 * must be that of any other name, and nothing that the lake shares may change.
 */
const INHERITED = Array.from(
  new Set([Object.prototype, Function.prototype].flatMap(Object.getOwnPropertyNames)),
).filter((name) => /^\w+$/.test(name))
/** The one name that no attribute can have. */
const PROTO = '__proto__'
const NAMES = INHERITED.filter((name) => name !== PROTO)

let lake: Lake
let picture: string
const failures: unknown[] = []
beforeAll(async () => {
  lake = createLake({onError: (error) => failures.push(error)})
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  const {text} = await ask('POST', '/v1/assets/images/production', gif)
  const answer: {document: {path: string}} = JSON.parse(text)
  picture = `/${answer.document.path}`
})
afterAll(() => lake.close())

interface Answer {
  readonly status: number
  readonly text: string
}

const ask = async (
  method: string,
  path: string,
  body: string | Uint8Array<ArrayBuffer> | null = null,
): Promise<Answer> => {
  const headers = {authorization: `Bearer ${lake.token}`}
  const answer = await lake.fetch(
    new Request(`http://localhost${path}`, {method, headers, body, redirect: 'manual'}),
  )
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await answer.body?.cancel()
    return {status: answer.status, text: ''}
  }
  return {status: answer.status, text: await answer.text()}
}

/** Nothing failed in the lake, and no function of JavaScript's own is in the answer. */
const expectSound = (asked: unknown, {status, text}: Answer): void => {
  const sound = status < 500 || status === 501
  expect([asked, sound ? 'sound' : status, /\[native code\]|\[object /.exec(text)?.[0]]).toEqual([
    asked,
    'sound',
    undefined,
  ])
}

const mutate = (mutations: unknown): Promise<Answer> =>
  ask('POST', '/v1/data/mutate/production', JSON.stringify({mutations}))

const query = async (groq: string, search = ''): Promise<unknown> => {
  const url = `/v1/data/query/production?query=${encodeURIComponent(groq)}${search}`
  const {status, text} = await ask('GET', url)
  const answer: {result?: unknown} = JSON.parse(text)
  return status === 200 ? answer.result : status
}

test('attributes', async () => {
  const all = Object.fromEntries(NAMES.map((name) => [name, 1]))
  const body = {_type: 'note', ...all, inside: all, list: NAMES.map((_key) => ({_key, n: 1}))}
  expect(await mutate([{create: {_id: 'full', ...body}}])).toMatchObject({status: 200})
  expect(await mutate([{create: {_id: 'empty', _type: 'note'}}])).toMatchObject({status: 200})
  expect(await query('*[_id == "full"][0]')).toMatchObject(body)
  for (const name of INHERITED) {
    const here = `@["${name}"]`
    const stored = name === PROTO ? null : 1
    expect([name, await query(`*[_id == "full"][0]${here.slice(1)}`)]).toEqual([name, stored])
    expect([name, await query(`*[_id == "empty"]{"x": ${here}}`)]).toEqual([name, [{x: null}]])
    const found = stored === null ? [] : ['full']
    expect([name, await query(`*[${here} == 1]._id`)]).toEqual([name, found])
    expect([name, await query(`*[defined(${here})]._id`)]).toEqual([name, found])
    expect([name, await query(`*[_id in ["full", "empty"]]|order(${here})[0]._id`)]).toEqual([
      name,
      stored === null ? 'empty' : 'full',
    ])
    expect(await query(`{"${name}": 2}`)).toEqual(JSON.parse(`{"${name}": 2}`))
    expect(
      await query(`count(*[references("${name}") || _id == "${name}" || _type == "${name}"])`),
    ).toBe(0)
  }
})

test('paths of patches', async () => {
  for (const name of NAMES) {
    const id = `patched-${name}`
    const patches = [
      {setIfMissing: {[name]: 1, inside: {}, list: []}},
      {inc: {[name]: 2}},
      {set: {[`inside.${name}`]: 'a', [`inside['${name}']`]: 'b'}},
      {insert: {after: 'list[-1]', items: [{_key: name, n: 1}]}},
      {set: {[`list[_key=="${name}"].n`]: 2}},
    ].map((patch) => ({patch: {id, ...patch}}))
    expect(await mutate([{create: {_id: id, _type: 'note'}}, ...patches])).toMatchObject({
      status: 200,
    })
    const stored = await query(`*[_id == "${id}"][0]{"own": @["${name}"], inside, list}`)
    expect(stored).toEqual({own: 3, inside: {[name]: 'b'}, list: [{_key: name, n: 2}]})
    await mutate([{patch: {id, unset: [name, `inside.'${name}'`]}}])
    expect(await query(`*[_id == "${id}"][0]{"own": @["${name}"], inside}`)).toEqual({
      own: null,
      inside: {},
    })
    for (const [key, value] of [
      [name, {}],
      ['patch', {id, [name]: {}}],
      ['patch', {id, set: name}],
    ] as const) {
      expectSound([key, value], await mutate([{[key]: value}]))
    }
  }
})

test('no spelling of "__proto__" is a path or an attribute', async () => {
  await mutate([{createOrReplace: {_id: 'a', _type: 'note', inside: {}}}])
  const {revision} = internalsOf(lake).dataset('production').store
  const paths = [
    PROTO,
    `'${PROTO}'`,
    String.raw`'\u005f_proto__'`,
    String.raw`'__pr\u006fto__'`,
    String.raw`'\_\_proto__'`,
    `inside.${PROTO}`,
    `inside['${PROTO}']`,
    String.raw`inside['\u005f_proto__']`,
    `..${PROTO}`,
    `${PROTO}.x`,
    String.raw`inside.'\u005F_proto__'.x`,
  ]
  for (const path of paths) {
    for (const patch of [
      {set: {[path]: {polluted: true}}},
      {setIfMissing: {[path]: {polluted: true}}},
      {inc: {[path]: 1}},
      {unset: [path]},
      {insert: {after: path, items: [1]}},
      {diffMatchPatch: {[path]: '@@ -0,0 +1 @@\n+a\n'}},
    ]) {
      const {status, text} = await mutate([{patch: {id: 'a', ...patch}}])
      expect([patch, status]).toEqual([patch, 400])
      expect(text).toContain('expected another name')
    }
  }
  for (const body of [
    `{"mutations":[{"create":{"_type":"note","${PROTO}":{"polluted":true}}}]}`,
    `{"mutations":[{"create":{"_type":"note","a":[{"${PROTO}":1}]}}]}`,
    `{"mutations":[{"patch":{"id":"a","set":{"a":{"${PROTO}":1}}}}]}`,
    `{"mutations":[{"patch":{"id":"a","set":{"${PROTO}":1}}}]}`,
    String.raw`{"mutations":[{"create":{"_type":"note","\u005f_proto__":1}}]}`,
  ]) {
    expect([body, (await ask('POST', '/v1/data/mutate/production', body)).status]).toEqual([
      body,
      400,
    ])
  }
  expect(internalsOf(lake).dataset('production').store.revision).toBe(revision)
  expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  expect('polluted' in {}).toBe(false)
})

test('parameters of queries', async () => {
  for (const name of INHERITED) {
    expect([name, await query(`$${name}`)]).toEqual([name, 400])
    expect([name, await query(`$${name}`, `&%24${name}=7`)]).toEqual([name, 7])
    const body = `{"query":"{'x':$${name}}","params":{"${name}":8}}`
    const {text} = await ask('POST', '/v1/data/query/production', body)
    expect(JSON.parse(text)).toMatchObject({result: {x: 8}})
    const element = await query(`["a", "b"][$${name}]`, `&%24${name}=1`)
    // The parser itself cannot have this one where a parameter decides what a query means.
    expect([name, element]).toEqual([name, name === 'hasOwnProperty' ? 400 : 'b'])
  }
})

test('functions and namespaces of GROQ', async () => {
  for (const name of INHERITED) {
    if ((await query(`${name}("a")`)) === 'a') continue
    for (const groq of [`${name}()`, `${name}::x()`, `math::${name}([])`, `${name}::${name}(1)`]) {
      expect([groq, await query(groq)]).toEqual([groq, 400])
    }
  }
})

test('words that an option takes', async () => {
  for (const name of INHERITED) {
    for (const option of ['crop', 'fit', 'fm', 'auto', 'flip', 'cs', 'or', 'bg', 'rect', 'frame']) {
      const asked = `${picture}?${option}=${name}&w=1`
      expect([asked, (await ask('GET', asked)).status]).toEqual([asked, 400])
    }
    for (const [option, status] of [
      [`resultSourceMap=${name}`, 400],
      [`perspective=${name}`, 200],
      [`${name}=x`, 200],
    ] as const) {
      const {status: answered, text} = await ask(
        'GET',
        `/v1/data/query/production?query=*&${option}`,
      )
      expectSound(option, {status: answered, text})
      expect([option, answered]).toEqual([
        option,
        option.startsWith('perspective') ? answered : status,
      ])
    }
    const role = JSON.stringify({label: 'x', roleName: name, role: name})
    expectSound(role, await ask('POST', '/v1/projects/copydesk/tokens', role))
    const acl = JSON.stringify({aclMode: name})
    expect((await ask('PATCH', '/v1/datasets/production', acl)).status).toBe(400)
    const action = JSON.stringify({actions: [{actionType: `sanity.action.document.${name}`}]})
    expect((await ask('POST', '/v1/data/actions/production', action)).status).toBe(400)
  }
})

test('what the Studio remembers', async () => {
  const pairs = INHERITED.map((key) => ({key, value: `value of ${key}`}))
  const read = async (): Promise<unknown> => {
    const path = `/v1/users/me/keyvalue/${INHERITED.join(',')}`
    return JSON.parse((await ask('GET', path)).text)
  }
  expect(await read()).toEqual(INHERITED.map((key) => ({key, value: null})))
  await ask('PUT', '/v1/users/me/keyvalue', JSON.stringify(pairs))
  expect(await read()).toEqual(pairs)
})

test('methods of presence', () => {
  const sent: string[] = []
  const {receive} = internalsOf(lake)
    .dataset('production')
    .presence.join({
      send: (text) => sent.push(text),
      close: () => {},
    })
  const authorization = `Bearer ${lake.token}`
  const call = (method: string): void =>
    receive(JSON.stringify({jsonrpc: '2.0', id: 1, method, params: {authorization}}))
  call('authorization')
  sent.length = 0
  for (const name of INHERITED) call(name)
  expect(sent).toHaveLength(INHERITED.length)
  for (const text of sent) expect(JSON.parse(text)).toMatchObject({error: {code: -32_601}})
})

test('whatever stands in the path or the body of a route', async () => {
  for (const route of [...apiRoutes, ...bareRoutes]) {
    const version = bareRoutes.includes(route) ? '' : 'v2025-02-19'
    for (const name of INHERITED) {
      const everywhere = {
        dataset: name,
        project: 'copydesk',
        ids: name,
        id: name,
        keys: name,
        job: name,
        release: name,
        '*': `${name}/${name}`,
      }
      const {method, url} = sampleRequest(route, version, everywhere)
      const body = method === 'GET' || method === 'DELETE' ? null : `{"${name}":{"${name}":1}}`
      expectSound([method, url], await ask(method, url, body))
      const known = sampleRequest(route, version, {...everywhere, dataset: 'production'})
      if (url === known.url || (method === 'DELETE' && route.path.endsWith('/:dataset'))) continue
      expectSound([method, known.url], await ask(method, known.url, body))
    }
  }
  expect(failures).toEqual([])
}, 120_000)
