import {connect} from 'node:net'

import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {MAX_CACHED_ANSWER_BYTES} from '../../core/limits.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {type RunningServer, startServer} from '../../server/startServer.ts'

/** Answers over the network, made of documents that are handed on as they are stored. */

/** Of 8 KB each: sixty are more than is copied or kept. Texts of every length in UTF-8. */
const articles = Array.from({length: 60}, (_, n) => ({
  _id: `a${String(n).padStart(3, '0')}`,
  _type: 'article',
  n,
  body: 'musk’s é 🚀 '.repeat(500),
}))

let lake: Lake
let server: RunningServer

beforeAll(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
  const mutations = [
    ...articles.map((document) => ({create: document})),
    {create: {_id: 'drafts.a001', _type: 'article', n: -1, body: ''}},
    {create: {_id: 'private.one', _type: 'article', n: 100, body: ''}},
  ]
  for (let at = 0; at < mutations.length; at += 20) {
    const response = await fetch(`${server.url}/v2025-02-19/data/mutate/production`, {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      body: JSON.stringify({mutations: mutations.slice(at, at + 20)}),
    })
    if (!response.ok) throw new Error(await response.text())
  }
})

afterAll(async () => {
  await server.close()
  await lake.close()
})

const pathOf = (query: string, options: Readonly<Record<string, string>> = {}): string =>
  `/v2025-02-19/data/query/production?${new URLSearchParams({query, ...options})}`

const ask = async (
  query: string,
  options: Readonly<Record<string, string>> = {},
  headers: Record<string, string> = {},
): Promise<{result: Json; explain: JsonObject}> => {
  const response = await fetch(server.url + pathOf(query, options), {headers})
  expect(response.status).toBe(200)
  const {result, explain} = await response.json()
  return {result, explain: isJsonObject(explain) ? explain : {}}
}

const resultOf = async (search: string): Promise<Json> => {
  const response = await fetch(`${server.url}/v1/data/query/production?${search}`)
  const {result} = await response.json()
  return result
}

const numbersIn = (result: Json): unknown[] =>
  (Array.isArray(result) ? result : [result]).map((each) => isJsonObject(each) && each['n'])

const signedIn = () => ({authorization: `Bearer ${lake.token}`})

describe('whole documents', () => {
  test.each([
    ['*[_id == "a007"][0]', [7]],
    ['*[_id in ["a002", "nowhere", "a001"]][0...5]', [1, 2]],
    ['*[_id == "nowhere"][0]', [false]],
    ['*[_type == "article"][3...5]', [3, 4]],
    ['*[_type == "article"] | order(_id asc)[58...70]', [58, 59]],
    ['*[_type == "nothing"][0...5]', []],
    ['(*[_type == "article"][0...2])', [0, 1]],
  ])('%s', async (query, numbers) => {
    expect(numbersIn((await ask(query)).result)).toEqual(numbers)
    const {explain} = await ask(query, {explain: 'true'}, signedIn())
    expect(explain['parsed']).toBe(0)
  })

  test('are no array where one is asked for', async () => {
    expect((await ask('*[_id == "a003"][0][]')).result).toBeNull()
    expect(numbersIn((await ask('*[_type == "article"][1...3][]')).result)).toEqual([1, 2])
    expect((await ask('*[_type == "article"][1...3][0]{n}')).result).toEqual({n: 1})
  })

  test('are what was written, system fields and all', async () => {
    const {result} = await ask('*[_id == "a003"][0]')
    expect(result).toMatchObject(articles[3] ?? {})
    const {result: projected} = await ask('*[_id == "a003"]{...}[0]')
    expect(result).toEqual(projected)
  })

  test('show to each reader what the perspective shows', async () => {
    const all = '*[_type == "article"][0...100]'
    expect(numbersIn((await ask(all)).result)).toHaveLength(60)
    expect(numbersIn((await ask(all, {}, signedIn())).result)).toHaveLength(61)
    const raw = await ask(all, {perspective: 'raw'}, signedIn())
    expect(numbersIn(raw.result)).toHaveLength(62)
    const {result} = await ask('*[_id == "a001"][0]', {perspective: 'drafts'}, signedIn())
    expect(result).toMatchObject({_id: 'a001', _originalId: 'drafts.a001', n: -1})
  })
})

test('an answer with a source map leaves the cached one whole', async () => {
  // Long enough to be kept as bytes, short enough to be kept.
  const query = '*[_type == "article"][0...8]{_id, n, body}'
  const mapped = await ask(query, {resultSourceMap: 'true'})
  expect(numbersIn(mapped.result)).toHaveLength(8)
  for (let round = 0; round < 3; round += 1) {
    const {result} = await ask(query)
    expect(result).toEqual(mapped.result)
  }
})

describe('a large answer', () => {
  const query = '*[_type == "article"][0...60]'

  test('arrives whole however often, by whomever, and at once it is asked for', async () => {
    const first = await ask(query)
    expect(JSON.stringify(first.result).length).toBeGreaterThan(2 * MAX_CACHED_ANSWER_BYTES)
    expect(numbersIn(first.result)).toEqual(articles.map(({n}) => n))
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({length: 8}, () => ask(query)))
      for (const {result} of answers) expect(result).toEqual(first.result)
    }
    const inProcess = await lake.fetch(new Request(`http://localhost${pathOf(query)}`))
    expect((await inProcess.json()).result).toEqual(first.result)
  })

  test('has its length in the head', async () => {
    const path = pathOf(query, {returnQuery: 'false'})
    const body = await (await fetch(server.url + path)).arrayBuffer()
    const head = await fetch(server.url + path, {method: 'HEAD'})
    // The milliseconds it took may have a digit more.
    expect(Number(head.headers.get('content-length')) - body.byteLength).toBeLessThan(5)
    expect(body.byteLength).toBeGreaterThan(2 * MAX_CACHED_ANSWER_BYTES)
  })
})

test('requests that come together are answered in their order', async () => {
  const ids = ['a005', 'a001', 'nowhere', 'a009', 'a005']
  const requests = ids.map((id, index) => {
    const last = index === ids.length - 1 ? 'connection: close\r\n' : ''
    return `GET ${pathOf('*[_id == $id][0].n', {$id: JSON.stringify(id)})} HTTP/1.1\r\nhost: localhost\r\n${last}\r\n`
  })
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(requests.join('')))
    let received = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (received += chunk))
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
  const results = [...text.matchAll(/"result":([^,]+),/g)].map(([, result]) => result)
  expect(results).toEqual(['5', '1', 'null', '9', '5'])
})

describe('the same query in a URL', () => {
  test('is asked with parameters of its own each time', async () => {
    const query = '*[_id == $id && $more]{n}[0]'
    for (const n of [4, 5, 4]) {
      const options = {$id: `"a00${n}"`, $more: 'true', tag: 'my.tag'}
      expect((await ask(query, options)).result).toEqual({n})
    }
    expect((await ask(query, {$id: '"a004"', $more: 'false'})).result).toBeNull()
    const missing = await fetch(server.url + pathOf(query, {$more: 'true'}))
    expect(missing.status).toBe(400)
  })

  test('reads names however they are written', async () => {
    expect(await resultOf('query=$a%2B$b&$a=1&%24b=2')).toBe(3)
    expect(await resultOf('%24a=1&query=$a%2B$b&$b=3')).toBe(4)
    expect(await resultOf('query=$__proto__&$__proto__=5')).toBe(5)
    expect(await resultOf('query=[$a]&$a=%22x+y%20z%22')).toEqual(['x y z'])
    expect(await resultOf('query=[$a]&$a=%22%C3%A9=%26%22')).toEqual(['é=&'])
    expect(await resultOf('query=[$a]&$a=%2299%%22')).toEqual(['99%'])
    expect(await resultOf('query=[$a]&$a=%22%FF%22')).toEqual(['\u{fffd}'])
  })

  test('takes no number that is too large', async () => {
    const path = '/v1/data/query/production?query=$a&$a='
    const statuses = ['1e308', '1e309', '{"b":[-1e400]}'].map(async (value) => {
      const {status} = await fetch(server.url + path + encodeURIComponent(value))
      return status
    })
    expect(await Promise.all(statuses)).toEqual([200, 400, 400])
  })
})
