/** What must work behind a proxy, each as a reader's browser, an editor's or a program would notice. */
import assert from 'node:assert/strict'
import {randomBytes} from 'node:crypto'
import {type IncomingMessage, request as requestHttp} from 'node:http'

import type {SanityClient} from '@sanity/client'
import {createPreviewSecret} from '@sanity/preview-url-secret/create-secret'

import {EDITORS, type Place, READERS} from './place.ts'
import type {Visitor} from './visitor.ts'

/** What the checks use. */
export interface Scene {
  readonly place: Place
  readonly visitor: Visitor
  /** Reads and writes without a proxy. */
  readonly editor: SanityClient
  /** The header of an editor's token. */
  readonly authorization: string
  /** A story with a picture. */
  readonly story: {readonly _id: string; readonly path: string}
  /** Stops and starts programs, as an upgrade does. */
  readonly lake: Restarted
  readonly site: Restarted
}

interface Restarted {
  /** Runs this while the program is stopped. */
  whileDown(run: () => Promise<void>): Promise<void>
}

export type Check = (scene: Scene) => Promise<string | void>

const API = `${EDITORS}/v2025-02-19`

export const CHECKS: Readonly<Record<string, Check>> = {
  'HTTP leads to HTTPS': async ({place}) => {
    for (const {hostname} of [new URL(READERS), new URL(EDITORS)]) {
      const {statusCode, headers} = await askPlainly(place.httpPort, hostname)
      assert.ok(statusCode === 301 || statusCode === 308, `${hostname} answers ${statusCode}`)
      assert.match(headers.location ?? '', new RegExp(`^https://${hostname}[:/]`))
    }
  },

  'pages, compressed and asked for again': async ({visitor, story}) => {
    for (const path of ['/', story.path, '/feed.xml', '/sitemap.xml']) {
      const {status, headers, body} = await visitor.ask(READERS + path)
      assert.equal(status, 200, path)
      assert.ok(body.length > 100, path)
      assert.match(headers['strict-transport-security'] ?? '', /^max-age=/)
      const again = {'if-none-match': headers.etag ?? ''}
      assert.equal((await visitor.ask(READERS + path, {headers: again})).status, 304, path)
    }
    const small = await visitor.ask(READERS + story.path, {headers: {'accept-encoding': 'br'}})
    assert.equal(small.headers['content-encoding'], 'br')
  },

  'pictures, at the public host': async ({visitor, story, editor}) => {
    const page = (await visitor.ask(READERS + story.path)).body.toString()
    const [, src = ''] = /<img[^>]* src="([^"]+)"/.exec(page) ?? []
    assert.ok(src.startsWith(`${READERS}/images/`), `the page's picture is at "${src}"`)
    const url = await editor.fetch<string>('*[_type == "sanity.imageAsset"][0].url')
    assert.ok(url.startsWith(`${EDITORS}/images/`), `the asset is at "${url}"`)
    for (const address of [src.replaceAll('&amp;', '&'), url]) {
      const {status, headers} = await visitor.ask(address)
      assert.equal(status, 200, address)
      assert.match(headers['content-type'] ?? '', /^image\//)
    }
  },

  'an upload of 50 MB, and a range of it': async ({visitor, authorization}) => {
    const body = randomBytes(50_000_000)
    const uploaded = await visitor.ask(`${API}/assets/files/production?filename=large.bin`, {
      method: 'POST',
      headers: {authorization, 'content-type': 'application/octet-stream'},
      body,
    })
    assert.equal(uploaded.status, 200, uploaded.body.toString())
    const {document}: {document: {url: string}} = JSON.parse(uploaded.body.toString())
    const headers = {range: 'bytes=49999000-'}
    for (const host of [EDITORS, READERS]) {
      const part = await visitor.ask(document.url.replace(EDITORS, host), {headers})
      assert.equal(part.status, 206, host)
      assert.deepEqual(part.body, body.subarray(49_999_000), host)
    }
  },

  'ten event streams without a delay': async ({visitor, authorization}) => {
    const query = encodeURIComponent('*[_type == "probe"]')
    const address = `${API}/data/listen/production?query=${query}&includeResult=true`
    const streams = await Promise.all(Array.from({length: 10}, () => visitor.listen(address)))
    await Promise.all(streams.map((stream) => stream.receives('welcome')))
    const text = `probe ${Date.now()}`
    const written = await visitor.ask(`${API}/data/mutate/production`, {
      method: 'POST',
      headers: {authorization, 'content-type': 'application/json'},
      body: JSON.stringify({mutations: [{create: {_type: 'probe', text}}]}),
    })
    const from = performance.now()
    assert.equal(written.status, 200, written.body.toString())
    await Promise.all(streams.map((stream) => stream.receives(text)))
    const taken = performance.now() - from
    for (const stream of streams) stream.close()
    return `${taken.toFixed(0)} ms after the commit's answer`
  },

  'the preview, its cookie and its changes': async ({visitor, editor, story}) => {
    const {secret} = await createPreviewSecret(editor, 'probe', EDITORS)
    const parameters = new URLSearchParams({
      'sanity-preview-secret': secret,
      'sanity-preview-pathname': story.path,
    })
    const enabled = await visitor.ask(`${READERS}/api/preview/enable?${parameters}`, {
      headers: {'sec-fetch-site': 'same-site'},
    })
    assert.equal(enabled.status, 307, enabled.body.toString())
    assert.equal(enabled.headers.location, story.path)
    const [cookie = ''] = enabled.headers['set-cookie']?.[0]?.split(';') ?? []
    const page = await visitor.ask(READERS + story.path, {headers: {cookie}})
    assert.equal(page.headers['cache-control'], 'private, no-store')
    const policy = String(page.headers['content-security-policy'])
    assert.ok(policy.includes(`frame-ancestors 'self' ${EDITORS}`), policy)

    const changes = await visitor.listen(`${READERS}/api/preview/changes`, {cookie})
    await changes.receives('connected')
    // The site starts to watch with its first listener, and says when it does.
    await changes.receives('data:')
    changes.close()
  },

  'the Studio signs in': async ({visitor}) => {
    const page = await visitor.ask(`${EDITORS}/`, {headers: {accept: 'text/html'}})
    assert.match(page.body.toString(), /<title>Studio/)
    const policy = String(page.headers['content-security-policy'])
    assert.ok(policy.includes(`frame-src 'self' ${READERS}`), policy)
    assert.ok(policy.includes(` wss://${new URL(EDITORS).host}`), policy)
    const login = `${API}/auth/login/lake?origin=${encodeURIComponent(`${EDITORS}/`)}`
    const form = await visitor.ask(login)
    assert.equal(form.status, 200)
    assert.match(form.body.toString(), /name="token"/)
  },

  'presence over a web socket': async ({visitor}) => {
    assert.equal(await visitor.upgrade(`${API}/socket/production`), 101)
  },

  'pages of this newsroom may use the API, others may not': async ({visitor}) => {
    const ask = (origin: string) =>
      visitor.ask(`${API}/data/query/production?query=1`, {headers: {origin}})
    for (const origin of [EDITORS, READERS]) {
      assert.equal((await ask(origin)).headers['access-control-allow-origin'], origin)
    }
    assert.equal((await ask('https://elsewhere.example')).status, 403)
  },

  'the lake restarts': async ({visitor, lake, story}) => {
    await lake.whileDown(async () => {
      await isAway(visitor, `${API}/data/query/production?query=1`)
      // Readers keep what they have read before.
      assert.equal((await visitor.ask(READERS + story.path)).status, 200)
      const unread = await visitor.ask(`${READERS}/news/never-read-before`)
      assert.equal(unread.status, 503)
      assert.ok(Number(unread.headers['retry-after']) > 0)
    })
    const answer = await visitor.ask(`${API}/data/query/production?query=1`)
    assert.equal(answer.status, 200)
  },

  'the site restarts': async ({visitor, site, story}) => {
    await site.whileDown(() => isAway(visitor, READERS + story.path))
    assert.equal((await visitor.ask(READERS + story.path)).status, 200)
  },
}

/** The proxy's own page, for any method. */
const isAway = async (visitor: Visitor, url: string): Promise<void> => {
  for (const method of ['GET', 'POST']) {
    const {status, headers, body} = await visitor.ask(url, {method})
    assert.equal(status, 503, `${method} ${url}`)
    assert.equal(headers['retry-after'], '10', method)
    assert.equal(headers['cache-control'], 'no-store', method)
    assert.match(String(headers['content-type']), /^text\/html/, method)
    assert.match(body.toString(), /<h1>Back shortly/, method)
  }
}

const askPlainly = async (port: number, host: string) => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = requestHttp({host: '127.0.0.1', port, path: '/', headers: {host}}, resolve)
    asked.once('error', reject)
    asked.end()
  })
  response.resume()
  return response
}
