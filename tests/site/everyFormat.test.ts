/**
 * What machines read of the demo: exactly the files in `fixtures`, and never the invisible marks of
 * a preview. After a change that is meant: `npx vitest run tests/site/everyFormat.test.ts -u`.
 */
import {join} from 'node:path'

import {afterAll, beforeAll, expect, it} from 'vitest'

import {keepClean} from '../../front/stega.ts'
import {testTimers} from '../../site/freshness/testTimers.ts'
import {serveDemo} from './openDemo.ts'
import {openSite, type ServedNewsroom, type TestSite} from './openSite.ts'

/** A time that comes after any run of this test, so that the demo's release is not out. */
const NOW = Date.parse('2096-03-02T09:00:00.000Z')

let site: ServedNewsroom
let marked: TestSite
beforeAll(async () => {
  site = await serveDemo(NOW, {timers: testTimers(NOW)})
  const {client} = site.newsroom
  const marking = client.withConfig({
    resultSourceMap: 'withKeyArraySelector',
    stega: {enabled: true, studioUrl: '/studio', filter: keepClean},
  })
  marked = await openSite({...site.newsroom, client: marking}, {timers: testTimers(NOW)})
})
afterAll(async () => {
  marked.close()
  await site.close()
})

const FILES = [
  ['/feed.xml', 'feed.rss.xml'],
  ['/feed.atom', 'feed.atom.xml'],
  ['/feed.json', 'feed.json.txt'],
  ['/topics/ferries/feed.xml', 'topicFeed.rss.xml'],
  ['/sitemap.xml', 'sitemap.xml'],
  ['/sitemap/1.xml', 'sitemapOfStories.xml'],
  ['/news-sitemap.xml', 'newsSitemap.xml'],
  ['/robots.txt', 'robots.txt'],
  ['/ninjs.json', 'ninjsList.json.txt'],
  ['/news/ferry-returns.ninjs.json', 'ninjs.json.txt'],
  ['/news/mayors-parrot.ninjs.json', 'ninjsOfRetracted.json.txt'],
] as const

/** In lines, so that a change shows where it is. */
const inLines = (text: string): string => text.replaceAll('><', '>\n<')

/** The characters of marks, which a text may have one of, as emoji do. */
const MARKS = /[\u{200b}-\u{200d}\u{2060}-\u{2063}\u{feff}]{4}/u

it.each(FILES)('%s is as in %s, and has no marks', async (path, file) => {
  const answer = await site.get(path)
  expect(answer.status).toBe(200)
  const text = await answer.text()
  await expect(inLines(text)).toMatchFileSnapshot(join(import.meta.dirname, 'fixtures', file))
  expect(await (await marked.get(path)).text()).toBe(text)
})

it.each([
  '/',
  '/news/ferry-returns',
  '/news/tide-tables',
  '/news/mayors-parrot',
  '/topics',
  '/topics/harbour',
  '/authors/mara-finch',
  '/corrections',
  '/credits/credit-almanac',
  '/search?q=ferry',
])('%s has marks in its text alone', async (path) => {
  const page = await (await marked.get(path)).text()
  const body = page.slice(page.indexOf('<body'))
  // The test would pass on a page without marks.
  expect(body).toMatch(MARKS)
  expect(page.slice(0, -body.length)).not.toMatch(MARKS)
  for (const [tag] of body.matchAll(/<[^<>]*>/g)) expect(tag).not.toMatch(MARKS)
})

it('the data of a story’s head is as in its file', async () => {
  for (const slug of ['ferry-returns', 'tide-tables']) {
    const page = await (await site.get(`/news/${slug}`)).text()
    const [, head = ''] = /<head>(.*?)<\/head>/s.exec(page) ?? []
    const stable = head.replaceAll(/site\.[\w-]+\.css/g, 'site.css')
    await expect(inLines(stable)).toMatchFileSnapshot(
      join(import.meta.dirname, 'fixtures', `head.${slug}.txt`),
    )
  }
})
