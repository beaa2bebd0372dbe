import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'

import {fillDemo} from '../../demo/fillDemo.ts'
import {tinyPicture} from '../site/openDemo.ts'
import {violationsIn} from './accessibility.ts'
import type {Tolerated} from './consoleErrors.ts'
import {openFrontEnd} from './frontEnd.ts'
import {inNewsroom} from './inNewsroom.ts'
import {SLUG} from './studio.ts'

const PATHS = [
  '/',
  '/news/ferry-returns',
  '/news/tide-tables',
  '/news/harbour-in-the-morning',
  '/authors/mara-finch',
  `/news/${SLUG}`,
  '/topics',
  '/topics/news',
  '/search?q=musk',
  '/corrections',
  '/nothing',
]

/** Windows and schemes in which readers see each page. */
const WAYS = [
  {width: 1200, colorScheme: 'light'},
  {width: 1200, colorScheme: 'dark'},
  {width: 320, colorScheme: 'light'},
] as const

const MISSING: Tolerated = {
  from: '',
  says: 'Failed to load resource: the server responded with a status of 404 (Not Found)',
  reason: 'The test opens a missing page.',
}

/** What axe finds wrong with a page, and whether the page is wider than its window. */
const faultsOf = async (page: Page): Promise<string[]> => {
  const found = await violationsIn(page)
  const isWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  return isWide ? [...found, 'The page is wider than its window.'] : found
}

test('every reader can use every page, without JavaScript', async (context) => {
  await using site = await openFrontEnd()
  await inNewsroom(
    async ({client, openPage}) => {
      site.open(client)
      await fillDemo({client, now: Date.now(), draw: tinyPicture})
      for (const {width, colorScheme} of WAYS) {
        const page = await openPage({viewport: {width, height: 900}, colorScheme})
        for (const path of PATHS) {
          await page.goto(`${site.url}${path}`)
          expect({path, width, colorScheme, faults: await faultsOf(page)}).toEqual({
            path,
            width,
            colorScheme,
            faults: [],
          })
        }
      }
      const printed = await openPage({viewport: {width: 720, height: 900}, colorScheme: 'dark'})
      await printed.emulateMedia({media: 'print'})
      await printed.goto(`${site.url}/news/tide-tables`)
      expect(await faultsOf(printed)).toEqual([])
      const plain = await openPage({javaScriptEnabled: false})
      await plain.goto(`${site.url}/`)
      await plain.getByRole('searchbox').fill('clubhouse')
      await plain.getByRole('button', {name: 'Search'}).click()
      await plain
        .getByRole('main')
        .getByRole('link', {name: /Clubhouse/})
        .click()
      await plain.getByRole('heading', {level: 1, name: /Clubhouse/}).waitFor()
    },
    [MISSING],
    undefined,
    [site.url],
    site.lakePort,
  )(context)
})
