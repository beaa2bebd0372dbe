/** Previews for editors: who sees one, and that no reader ever does. */
import {createPreviewSecret} from '@sanity/preview-url-secret/create-secret'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {Article} from '../../front/queries/sanity.types.generated.ts'
import {type Newsroom, openNewsroom} from '../queries/newsroom.ts'
import {SEEDED, story} from '../queries/stories.ts'
import {openSite, ORIGIN, type TestSite} from './openSite.ts'

const STUDIO = 'http://copydesk.localhost:3333'
const DRAFT = 'A headline that is not published'

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

const embargoed = story('embargoed', {firstPublishedAt: inHours(-1), embargoUntil: inHours(5)})
const {slug: _, firstPublishedAt: __, ...unborn} = story('unborn')

/** Invisible marks of stega. */
const MARKS = /[\u{200b}-\u{200d}\u{2060}-\u{2063}\u{feff}]{4}/u

let newsroom: Newsroom
let site: TestSite
let cookie: string
beforeAll(async () => {
  newsroom = await openNewsroom(embargoed)
  site = await openSite(newsroom, {token: newsroom.viewerToken})
  const published = await newsroom.editor.fetch<Article>('*[_id == $id][0]', {id: SEEDED.article})
  await newsroom.publish(
    {...published, _id: `drafts.${SEEDED.article}`, headline: DRAFT},
    {...unborn, _id: 'drafts.article-unborn'},
  )
  const response = await enable('/')
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
})
afterAll(async () => {
  site.close()
  await newsroom.close()
})

/** Opens a preview as the Studio does. */
const enable = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
  const {secret} = await createPreviewSecret(newsroom.editor, 'test', STUDIO)
  const parameters = new URLSearchParams({
    'sanity-preview-secret': secret,
    'sanity-preview-pathname': path,
    'sanity-preview-perspective': 'drafts',
  })
  return site.get(`/api/preview/enable?${parameters}`, headers)
}

const previewed = (path: string): Promise<Response> => site.get(path, {cookie})

const STORY = `/news/${SEEDED.slug}`

describe('opening a preview', () => {
  it.each([
    ['same-site', 'SameSite=Lax'],
    ['none', 'SameSite=Lax'],
    ['cross-site', 'SameSite=None; Secure; Partitioned'],
  ])('from %s sets a cookie that the browser will send', async (from, site) => {
    const response = await enable(STORY, {'sec-fetch-site': from})
    expect(response.status).toBe(307)
    expect(response.headers.get('set-cookie')).toMatch(/^site-preview=\S+; Path=\/; HttpOnly; /)
    expect(response.headers.get('set-cookie')).toContain(site)
    const target = new URL(response.headers.get('location') ?? '', ORIGIN)
    expect(target.pathname).toBe(STORY)
  })

  it('without a secret of the Studio is refused', async () => {
    for (const query of ['', '?sanity-preview-secret=guessed']) {
      const response = await site.get(`/api/preview/enable${query}`)
      expect(response.status).toBe(401)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
  })

  it.each(['//evil.example/', 'https://evil.example/', String.raw`/\evil.example`])(
    'never leads to another site: %s',
    async (path) => {
      const location = (await enable(path)).headers.get('location') ?? ''
      expect(new URL(location, ORIGIN).origin).toBe(ORIGIN)
    },
  )

  it('ends again', async () => {
    const response = await site.get('/api/preview/disable', {cookie})
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0')
  })
})

/** The fields that parts of a page lead to: id of a story, path, and the Studio. */
const fieldsIn = (page: string): Set<string> => {
  const found = page.matchAll(/data-sanity="id=([^;"]+);type=article;path=([^;"]+);base=([^"]+)"/g)
  return new Set([...found].map(([, id, path, base]) => `${id} ${path} ${base}`))
}

describe('a preview', () => {
  it('shows drafts to the editor alone, in any order of requests', async () => {
    for (const isEditor of [true, false, false, true, false]) {
      const response = await site.get(STORY, isEditor ? {cookie} : {})
      const page = await response.text()
      expect(page.includes(DRAFT)).toBe(isEditor)
      expect(MARKS.test(page)).toBe(isEditor)
      const caching = response.headers.get('cache-control')
      expect(caching).toMatch(isEditor ? /^private, no-store$/ : /^public/)
      expect(response.headers.get('etag') === null).toBe(isEditor)
    }
  })

  it('may be in a frame of its Studio, and only there', async () => {
    const policy = (await previewed(STORY)).headers.get('content-security-policy')
    expect(policy).toContain(`frame-ancestors 'self' ${STUDIO}`)
    const readers = (await site.get(STORY)).headers.get('content-security-policy')
    expect(readers).toContain("frame-ancestors 'none'")
    expect(readers).not.toContain('script-src')
  })

  it('shows a story that has neither address nor date', async () => {
    const page = await (await previewed('/preview/article-unborn')).text()
    expect(page).toContain('The story of unborn')
    expect((await site.get('/preview/article-unborn')).status).toBe(404)
  })

  it('leads from each part of a story to its field, empty ones too; for readers, none does', async () => {
    const base = encodeURIComponent(STUDIO)
    const page = await (await previewed(STORY)).text()
    for (const path of ['headline', 'section', 'byline', 'standfirst', 'leadMedia', 'body:l22']) {
      expect(fieldsIn(page)).toContain(`${SEEDED.article} ${path} ${base}`)
    }
    const unborn = await (await previewed('/preview/article-unborn')).text()
    expect(unborn).toContain('No lead picture yet')
    expect(fieldsIn(unborn)).toContain(`article-unborn leadMedia ${base}`)
    expect(fieldsIn(await (await previewed('/')).text())).toContain(
      `${SEEDED.article} headline ${base}`,
    )
    const readers = await (await site.get(STORY)).text()
    expect(readers).not.toMatch(/data-sanity|class="missing"/)
  })

  it('shows the opened story before its time, and says so; lists keep to the clock', async () => {
    expect(await (await previewed('/news/embargoed')).text()).toContain(
      'Readers see this story from',
    )
    expect(await (await previewed('/')).text()).not.toContain('The story of embargoed')
    const later = inHours(6).slice(0, 16)
    expect(await (await previewed(`/?at=${later}`)).text()).toContain('The story of embargoed')
    expect((await site.get('/news/embargoed')).status).toBe(404)
  })

  it('follows the perspective of the Studio', async () => {
    const change = (perspective: unknown) =>
      site.site.fetch(
        new Request(`${ORIGIN}/api/preview/perspective`, {
          method: 'POST',
          headers: {cookie, 'content-type': 'application/json'},
          body: JSON.stringify({perspective}),
        }),
      )
    expect((await change('drafts')).status).toBe(204)
    const changed = await change('published')
    expect(changed.status).toBe(200)
    const own = changed.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await (await site.get(STORY, {cookie: own})).text()).not.toContain(DRAFT)
    const named = await site.get(`${STORY}?sanity-preview-perspective=drafts`, {cookie: own})
    expect(await named.text()).toContain(DRAFT)
    expect(named.headers.get('set-cookie')).toContain('site-preview=')
  })

  it('cannot be made up', async () => {
    const [payload = '', signature = ''] = cookie.slice('site-preview='.length).split('.')
    const session = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const longer = Buffer.from(JSON.stringify({...session, endsAt: 9e15})).toString('base64url')
    for (const value of [`${longer}.${signature}`, `${payload}.`, payload, 'x.y']) {
      const response = await site.get(STORY, {cookie: `site-preview=${value}`})
      expect(await response.text()).not.toContain(DRAFT)
    }
  })

  it('tells an open page of each change, and strangers nothing', async () => {
    expect((await site.get('/api/preview/changes')).status).toBe(401)
    const {body} = await previewed('/api/preview/changes')
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    const told = async (): Promise<string> => (await reader?.read())?.value ?? ''
    expect(await told()).toBe(': connected\n\n')
    // The lake's stream is open.
    expect(await told()).toContain('event: change')
    await newsroom.editor.patch('drafts.article-unborn').set({kicker: 'Now'}).commit()
    expect(await told()).toContain('event: change')
    // The Presentation tool itself reports only the document whose form is open.
    await newsroom.editor.patch(SEEDED.author).set({name: 'Cameron F. Frew'}).commit()
    expect(await told()).toContain('event: change')
    expect(await (await previewed(STORY)).text()).toContain('Cameron F. Frew')
    await reader?.cancel()
  })
})

it('what machines read is never a preview', async () => {
  for (const path of ['/feed.xml', '/feed.json', '/sitemap/1.xml', '/ninjs.json']) {
    const text = await (await previewed(path)).text()
    expect(text).not.toContain(DRAFT)
    expect(text).not.toContain('unborn')
    expect(text).not.toMatch(MARKS)
  }
})

it('a site without a token has no previews', async () => {
  const plain = await openSite(newsroom)
  expect((await plain.get('/api/preview/enable')).status).toBe(404)
  expect(await (await plain.get(STORY, {cookie})).text()).not.toContain(DRAFT)
  plain.close()
})
