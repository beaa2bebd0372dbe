/** Pages follow the lake: changes, edges of time, and a lake that is away. */
import {createLake, startServer} from '@copydesk/lake'
import {afterAll, beforeAll, expect, it, onTestFinished} from 'vitest'

import {createSite} from '../../site/createSite.ts'
import {clientOf} from '../queries/newsroom.ts'
import {SEEDED, story} from '../queries/stories.ts'
import {type ServedNewsroom, serveNewsroom, type TestSite} from './openSite.ts'

let site: ServedNewsroom
beforeAll(async () => {
  site = await serveNewsroom()
})
afterAll(() => site.close())

const textAt = async (path: string, asked: Pick<TestSite, 'get'> = site): Promise<string> =>
  (await asked.get(path)).text()

const isLive = async ({get}: Pick<TestSite, 'get'>): Promise<boolean> => {
  const {live}: {live: boolean} = JSON.parse(await (await get('/health')).text())
  return live
}

const now = (): string => new Date().toISOString()

it('a new story shows, and its changes; other pages stay as they are', async () => {
  await expect.poll(() => isLive(site)).toBe(true)
  expect(await textAt('/')).not.toContain('The story of today')
  const topics = (await site.get('/corrections')).headers.get('etag')
  await site.newsroom.publish(story('today', {firstPublishedAt: now()}))
  await expect.poll(() => textAt('/')).toContain('The story of today')
  await site.newsroom.publish(
    story('today', {firstPublishedAt: now(), headline: 'Another headline'}),
  )
  await expect.poll(() => textAt('/')).toContain('Another headline')
  expect(await textAt('/news/today')).toContain('Another headline')
  expect((await site.get('/corrections')).headers.get('etag')).toBe(topics)
})

it('an address that was missing is there as soon as its story is', async () => {
  expect((await site.get('/news/tomorrow')).status).toBe(404)
  await site.newsroom.publish(story('tomorrow', {firstPublishedAt: now()}))
  await expect.poll(async () => (await site.get('/news/tomorrow')).status).toBe(200)
})

it('an embargo ends and a story expires without a change in the lake', async () => {
  const soon = Date.now() + 1_500
  const time = new Date(soon).toISOString()
  await site.newsroom.publish(
    story('embargoed', {firstPublishedAt: now(), embargoUntil: time}),
    story('expiring', {firstPublishedAt: now(), expiresAt: time}),
  )
  await expect.poll(() => textAt('/')).toContain('The story of expiring')
  const {status} = await site.get('/news/embargoed')
  // On a machine that stood still, its time may have come.
  expect([404, Date.now() < soon ? 404 : 200]).toContain(status)
  await expect.poll(async () => (await site.get('/news/embargoed')).status).toBe(200)
  await expect.poll(async () => (await site.get('/news/expiring')).status).toBe(404)
  expect(Date.now()).toBeGreaterThanOrEqual(soon)
})

it(
  'pages outlive their lake, others say that they are out of reach, and both return with it',
  {tags: 'long'},
  async () => {
    const lake = createLake()
    onTestFinished(() => lake.close())
    let server = await startServer({lake, port: 0})
    const {port} = server
    const client = clientOf(lake, server, {maxRetries: 0})
    const editor = client.withConfig({token: lake.token})
    const first = story('first', {firstPublishedAt: now()})
    // The test needs neither its author nor its section.
    await editor.create({...first, byline: [], section: undefined})
    const own = createSite({
      client,
      siteUrl: 'http://site',
      imageBase: 'http://localhost/images',
    })
    onTestFinished(() => own.close())
    const get = (path: string) => own.fetch(new Request(`http://site${path}`))
    const asked = {get}
    await expect.poll(() => isLive(asked)).toBe(true)
    expect(await textAt('/topics', asked)).toContain('There are no stories')
    await server.close()
    await expect.poll(() => isLive(asked)).toBe(false)
    expect(await textAt('/topics', asked)).toContain('There are no stories')
    const away = await get('/corrections')
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toBe('30')
    expect(away.headers.get('cache-control')).toBe('no-store')
    server = await startServer({lake, port})
    onTestFinished(() => server.close())
    await expect.poll(async () => (await get('/corrections')).status).toBe(200)
    await expect.poll(() => isLive(asked), {timeout: 20_000}).toBe(true)
  },
)

it('a site without settings takes its address from no request', async () => {
  const lake = createLake()
  onTestFinished(() => lake.close())
  const server = await startServer({lake, port: 0})
  onTestFinished(() => server.close())
  const own = createSite({
    client: clientOf(lake, server, {maxRetries: 0}),
    siteUrl: 'http://site',
    imageBase: 'http://localhost/images',
  })
  onTestFinished(() => own.close())
  const get = (path: string) => own.fetch(new Request(`http://forged.example${path}`))
  const paths = ['/', '/feed.xml', '/sitemap.xml', '/robots.txt', '/missing']
  const pages = await Promise.all(paths.map((path) => textAt(path, {get})))
  expect(pages.filter((page) => page.includes('forged.example'))).toEqual([])
  expect(await textAt('/feed.xml', {get})).toContain('http://site/')
})

it('the seeded story is kept between requests', async () => {
  await expect.poll(() => isLive(site)).toBe(true)
  const first = await site.get(`/news/${SEEDED.slug}`)
  const tag = first.headers.get('etag') ?? ''
  const again = await site.get(`/news/${SEEDED.slug}`, {'if-none-match': tag})
  expect(again.status).toBe(304)
})
