import {createServer} from 'node:http'

import {chromium, type Page} from 'playwright-core'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'

import {internalsOf} from '../../packages/lake/src/open/internals.ts'
import {inNewsroom} from './inNewsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {field, pathOf, STORY, textInput} from './studio.ts'

/** What pages of other origins can do with the lake in a real browser. */

const site = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end('<!doctype html><title>Site</title><h1>Another site</h1>')
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const address = site.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => {
  site.closeAllConnections()
  site.close()
})

/** A page of the site in a separate browser context. */
const visit = async (host: string): Promise<{page: Page; leave: () => Promise<void>}> => {
  const browser = await chromium.connect(inject('browserEndpoint'))
  const page = await browser.newPage()
  await page.goto(`http://${host}:${port}/`)
  return {page, leave: () => browser.close()}
}

/** The response status for the address, in a frame or the page itself. */
const statusOf = async (page: Page, url: string, act: () => Promise<unknown>): Promise<number> => {
  const answered = page.waitForResponse((response) => response.url() === url)
  await act()
  return (await answered).status()
}

/** As `statusOf`, for a response that the browser hides from the page, and so from Playwright. */
const hiddenStatusOf = async (
  page: Page,
  url: string,
  act: () => Promise<unknown>,
): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const ids = new Set<string>()
  session.on('Network.requestWillBeSent', ({requestId, request}) => {
    if (request.url === url) ids.add(requestId)
  })
  const statuses = new Map<string, number>()
  session.on('Network.responseReceivedExtraInfo', ({requestId, statusCode}) => {
    statuses.set(requestId, statusCode)
  })
  await act()
  const found = (): number[] => [...ids].flatMap((id) => statuses.get(id) ?? [])
  await expect.poll(found).toHaveLength(1)
  await session.detach()
  return found()[0] ?? 0
}

const loadPicture = (page: Page, url: string): Promise<number> =>
  page.evaluate(
    (src) =>
      new Promise<number>((resolve) => {
        const image = new Image()
        image.addEventListener('load', () => resolve(image.naturalWidth))
        image.addEventListener('error', () => resolve(0))
        image.src = src
      }),
    url,
  )

const submitForm = (page: Page, url: string): Promise<void> =>
  page.evaluate((action) => {
    const form = document.createElement('form')
    form.method = 'post'
    form.enctype = 'text/plain'
    form.action = action
    form.target = 'frame'
    form.innerHTML =
      '<input name=\'{"mutations":[{"create":{"_type":"note","a":"\' value=\'"}}]}\'>'
    const frame = document.createElement('iframe')
    frame.name = 'frame'
    document.body.append(frame, form)
    form.submit()
  }, url)

const followLink = (page: Page, url: string): Promise<void> =>
  page.evaluate((href) => {
    const link = document.createElement('a')
    link.href = href
    document.body.append(link)
    link.click()
  }, url)

const openFrame = (page: Page, url: string): Promise<void> =>
  page.evaluate((src) => {
    const frame = document.createElement('iframe')
    frame.src = src
    document.body.append(frame)
  }, url)

const pictureIn = async ({client}: Newsroom): Promise<string> => {
  const url = await client.fetch<string | null>('*[_type == "sanity.imageAsset"][0].url')
  if (url !== null) return url
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  return (await client.assets.upload('image', gif)).url
}

const signInPageOf = (url: string): string =>
  `${url}/v1/auth/login/lake?origin=${encodeURIComponent(url)}`

test(
  'a page of another site can only show pictures and link to the Studio',
  inNewsroom(async (newsroom) => {
    const {lake, server} = newsroom
    const picture = await pictureIn(newsroom)
    const {revision} = internalsOf(lake).dataset('production').store
    const {page, leave} = await visit('elsewhere.example')
    expect(await loadPicture(page, picture)).toBeGreaterThan(0)

    const query = `${server.url}/v1/data/query/production?query=*`
    expect(await hiddenStatusOf(page, query, () => loadPicture(page, query))).toBe(403)
    const fetched = `${query}&x=1`
    const ask = () =>
      page.evaluate(async (url) => {
        await fetch(url, {mode: 'no-cors'})
      }, fetched)
    expect(await hiddenStatusOf(page, fetched, ask)).toBe(403)
    const mutate = `${server.url}/v1/data/mutate/production`
    expect(await statusOf(page, mutate, () => submitForm(page, mutate))).toBe(403)
    expect(internalsOf(lake).dataset('production').store.revision).toBe(revision)

    const signIn = signInPageOf(server.url)
    expect(await statusOf(page, signIn, () => openFrame(page, signIn))).toBe(403)
    await openFrame(page, `${server.url}/structure`)
    await expect
      .poll(() => page.frames().some((frame) => frame.url() === 'chrome-error://chromewebdata/'))
      .toBe(true)

    await followLink(page, signIn)
    await page.getByRole('heading', {name: 'Sign in'}).waitFor()
    await page.getByLabel('Token').fill('wrong')
    await page.getByRole('button', {name: 'Sign in'}).click()
    await page.getByText('The lake does not know this token.').waitFor()
    await page.getByLabel('Token').fill(lake.token)
    await page.getByRole('button', {name: 'Sign in'}).click()
    await page.getByTestId('studio-navbar').waitFor()

    await page.goto(`http://elsewhere.example:${port}/`)
    await page.evaluate(() => localStorage.clear())
    const studio = server.url.replace('//localhost', `//${lake.projectId}.localhost`)
    await followLink(page, lake.signInLink(studio))
    await page.getByTestId('studio-navbar').waitFor()
    await leave()
  }),
)

test(
  'a page of this machine, on another port, can read public documents and show pictures',
  {tags: 'long'},
  inNewsroom(async (newsroom) => {
    const {server} = newsroom
    const {page, leave} = await visit('localhost')
    expect(await loadPicture(page, await pictureIn(newsroom))).toBeGreaterThan(0)
    const count = encodeURIComponent('count(*[_type == "article"])')
    const read = (base: string) =>
      page.evaluate(
        async (url) => JSON.stringify(await (await fetch(url)).json()),
        `${base}/v1/data/query/production?query=${count}`,
      )
    expect(JSON.parse(await read(server.url))).toMatchObject({result: 1})
    const other = server.url.replace('//localhost', '//copydesk.localhost')
    expect(JSON.parse(await read(other))).toMatchObject({result: 1})
    await leave()
  }),
)

test(
  'the Studio works under this machine’s other name, which is another site to a browser',
  {tags: 'long'},
  inNewsroom(async ({lake, server, client, openStudio}) => {
    const page = await openStudio()
    await page.goto(lake.signInLink(`${server.url}${pathOf(STORY)}`))
    await textInput(page, 'headline').fill('Another name')
    await expect
      .poll(() => client.fetch(`*[_id == "drafts.${STORY}"][0].headline`))
      .toBe('Another name')
    await client.patch(`drafts.${STORY}`).set({headline: 'Changed'}).commit()
    await field(page, 'headline').waitFor()
    await expect.poll(() => textInput(page, 'headline').inputValue()).toBe('Changed')
  }),
)
