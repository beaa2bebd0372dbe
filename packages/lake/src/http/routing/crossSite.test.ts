import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {createLake, type Lake} from '../../open/createLake.ts'
import {internalsOf} from '../../open/internals.ts'
import {sampleRequest} from '../testRequest.ts'
import {apiRoutes, bareRoutes} from './routes.ts'

/** What pages of other sites make a browser send, as its headers; with a real one in tests/browser. */

const routes = [...apiRoutes, ...bareRoutes]

let lake: Lake
beforeEach(async () => {
  lake = createLake({origins: ['https://desk.example.org']})
  const body = JSON.stringify({origin: 'https://www.example.org', allowCredentials: false})
  const cors = '/v1/projects/copydesk/cors'
  await status(cors, {}, {method: 'POST', body, token: lake.token})
})
afterEach(() => lake.close())

interface Sending {
  readonly method?: string
  readonly body?: string
  readonly token?: string
  readonly host?: string
}

const ask = (
  path: string,
  headers: Record<string, string>,
  {host = 'localhost:3333', token, ...init}: Sending = {},
): Promise<Response> =>
  lake.fetch(
    new Request(`http://${host}${path}`, {
      ...init,
      headers: {...headers, ...(token !== undefined && {authorization: `Bearer ${token}`})},
    }),
  )

const status = async (...asking: Parameters<typeof ask>): Promise<number> => {
  const response = await ask(...asking)
  await response.body?.cancel()
  return response.status
}

/** As a page of another site makes the browser send it. */
const PICTURE = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-dest': 'image',
}
const LINK = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}
const FRAME = {...LINK, 'sec-fetch-dest': 'iframe'}
const FORM = {...LINK, origin: 'https://evil.example'}
const SCRIPT = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'cors',
  origin: 'https://evil.example',
}
const SANDBOX = {'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'null'}

const QUERY = '/v1/data/query/production?query=1'
const SIGN_IN = `/v1/auth/login/lake?origin=${encodeURIComponent('http://localhost:3333/')}`

describe('a page of another site', () => {
  test.each([
    ['a picture', PICTURE],
    ['a link', LINK],
    ['a frame', FRAME],
    ['a script', SCRIPT],
    ['a sandbox', SANDBOX],
    ['an old browser’s script', {origin: 'https://evil.example'}],
    ['a form that hides its page', {...FORM, origin: 'null'}],
    ['a picture that names its page', {...PICTURE, referer: 'https://evil.example/x'}],
  ])('reads nothing by %s', async (_, headers) => {
    for (const path of [
      QUERY,
      '/v1/data/doc/production/a',
      '/v1/data/listen/production?query=*',
      '/v1/data/export/production',
      '/v1/users/me',
      '/v1/auth/providers',
      '/v1/auth/fetch?sid=x',
      '/v1/projects/copydesk/grants',
    ]) {
      const refused = await ask(path, headers)
      expect([path, refused.status]).toEqual([path, 403])
      expect(await refused.json()).toMatchObject({
        error: 'Forbidden',
        message: expect.stringContaining('sanity cors add'),
      })
    }
  })

  test('is refused by every route that does not say otherwise', async () => {
    const open = routes.filter(({otherPages}) => otherPages !== 'none')
    expect(open.map(({method, path}) => `${method} ${path}`).toSorted()).toEqual([
      'GET /auth/login/lake',
      'GET /check/cors',
      'GET /files/*',
      'GET /health',
      'GET /images/*',
      'GET /ping',
    ])
    for (const route of routes) {
      if (route.otherPages !== 'none') continue
      const values = {dataset: 'production', project: lake.projectId}
      const {url, method, body, headers} = sampleRequest(route, 'v1', values)
      const sent = {method, token: lake.token, ...(body !== null && {body})}
      const refused = await status(url, {...headers, ...SCRIPT}, sent)
      expect([method, url, refused]).toEqual([method, url, 403])
    }
    expect(lake.datasets()).toEqual(['production'])
  })

  test('writes nothing by a form, and signs nobody in', async () => {
    for (const path of [
      '/v1/data/mutate/production',
      '/v1/data/query/production',
      '/v1/data/actions/production',
      '/v1/assets/images/production',
      '/v1/comments/production/setup',
      '/v1/intake/batch',
      SIGN_IN,
    ]) {
      const sent = {method: 'POST', body: 'token=x', token: lake.token}
      expect([path, await status(path, FORM, sent)]).toEqual([path, 403])
      expect(await status(path, {...FORM, origin: 'null'}, sent)).toBe(403)
    }
    expect(internalsOf(lake).dataset('production').store.revision).toBe(0)
  })

  test('is refused although the same was answered and kept for others', async () => {
    for (let n = 0; n < 3; n++) expect(await status(QUERY, {})).toBe(200)
    expect(await status(QUERY, PICTURE)).toBe(403)
    expect(await status(QUERY, SCRIPT)).toBe(403)
  })

  test('shows pictures, opens the sign-in page, and asks whether it may use the lake', async () => {
    expect(await status('/images/copydesk/production/x-1x1.png', PICTURE)).toBe(404)
    expect(await status('/files/copydesk/production/x.pdf', LINK)).toBe(404)
    expect(await status(SIGN_IN, LINK)).toBe(200)
    expect(await status(SIGN_IN, FRAME)).toBe(403)
    expect(await (await ask('/v1/check/cors', SCRIPT)).json()).toMatchObject({
      result: {allowed: false},
    })
    expect(await status('/health', SCRIPT)).toBe(200)
    expect(await status('/v1/ping', PICTURE)).toBe(200)
  })
})

describe('let in are', () => {
  test.each([
    ['programs', {}],
    ['what a person types', {...LINK, 'sec-fetch-site': 'none'}],
    [
      'the lake’s own pages',
      {...SCRIPT, 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3333'},
    ],
    [
      'pages of another port',
      {...SCRIPT, 'sec-fetch-site': 'same-site', origin: 'http://localhost:5173'},
    ],
    ['pictures of another port', {...PICTURE, 'sec-fetch-site': 'same-site'}],
    ['the Studio’s other name', {...SCRIPT, origin: 'http://copydesk.localhost:3333'}],
    ['links of the Studio’s other name', {...LINK, referer: 'http://copydesk.localhost:3333/'}],
    ['a listed origin', {...SCRIPT, origin: 'https://desk.example.org'}],
    ['links of a listed origin', {...LINK, referer: 'https://desk.example.org/'}],
    ['one that is listed without credentials', {...SCRIPT, origin: 'https://www.example.org'}],
  ])('%s', async (_, headers) => {
    for (let n = 0; n < 3; n++) expect(await status(QUERY, headers)).toBe(200)
    const sent = {method: 'POST', body: '{"mutations":[]}', token: lake.token}
    expect(await status('/v1/data/mutate/production', headers, sent)).toBe(200)
  })
})

const submit = (headers: Record<string, string>, path = SIGN_IN): Promise<number> =>
  status(
    path,
    {...headers, 'content-type': 'application/x-www-form-urlencoded'},
    {
      method: 'POST',
      body: 'token=wrong',
    },
  )

describe('the sign-in form', () => {
  test('is taken from the lake’s own page alone', async () => {
    const own = {'sec-fetch-site': 'same-origin', origin: 'http://localhost:3333'}
    expect(await submit(own)).toBe(401)
    expect(await submit({...own, origin: 'null'})).toBe(401)
    expect(await submit({'sec-fetch-site': 'same-site', origin: 'http://localhost:5173'})).toBe(403)
    expect(await submit({origin: 'http://copydesk.localhost:3333'})).toBe(403)
    expect(await submit({origin: 'https://desk.example.org'})).toBe(403)
  })

  test.each(['blob:http://localhost:3333/x', 'javascript:alert(1)', 'data:text/html,x', 'x', ''])(
    'sends nobody back to %j',
    async (origin) => {
      const path = `/v1/auth/login/lake?origin=${encodeURIComponent(origin)}`
      expect(await status(path, {})).toBe(400)
      expect(await submit({}, path)).toBe(400)
    },
  )
})
