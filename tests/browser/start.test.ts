import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {chromium, type Page, type Request} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {watchConsole} from './consoleErrors.ts'
import {inSeconds, noteConsole, noteMeasure} from './measures.ts'
import {startLake} from './startedLake.ts'
import {HEADLINE, pathOf, STORY, textInput} from './studio.ts'

test('npm start in a new folder leads to a form that accepts input', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'copydesk-start-'))
  const browser = await chromium.connect(inject('browserEndpoint'))
  const before = performance.now()
  {
    await using lake = await startLake(dataDir)
    const page = await browser.newPage()
    const watched = watchConsole(page, [])
    const traffic = countTraffic(page)
    const elsewhere = timeOtherHosts(page)
    const link = new URL(lake.signInLink)
    await page.goto(new URL(`${pathOf(STORY)}${link.hash}`, link).href)
    const headline = textInput(page, 'headline')
    await headline.waitFor({timeout: 120_000})
    await expect.poll(() => headline.isEditable()).toBe(true)
    const after = performance.now()
    expect(await headline.inputValue()).toBe(HEADLINE)

    const {requests, bytes} = await traffic()
    const file = inject('measuresFile')
    await noteConsole(file, [watched])
    expect(watched.complaints).toEqual([])
    await noteMeasure(file, 'npm start to a usable form, Studio built', inSeconds(after - before))
    await noteMeasure(file, 'requests to other hosts, until each failed', elsewhere())
    await noteMeasure(
      file,
      'opening the story in a fresh browser',
      `${requests} requests, ${(bytes / 1e6).toFixed(1)} MB`,
    )
  }
  await browser.close()
  await rm(dataDir, {recursive: true})
})

/** How many requests to hosted Sanity the Studio made, and how long it waited for the slowest. */
const timeOtherHosts = (page: Page): (() => string) => {
  const began = new Map<Request, number>()
  const waits: number[] = []
  page.on('request', (request) => began.set(request, performance.now()))
  page.on('requestfailed', (request) => {
    const start = began.get(request)
    if (start === undefined || /(?:^|\.)localhost$/.test(new URL(request.url()).hostname)) return
    waits.push(performance.now() - start)
  })
  return () => `${waits.length}, the slowest ${Math.round(Math.max(0, ...waits))} ms`
}

/** The responses that have arrived in full so far; later ones are not counted. */
const countTraffic = (page: Page): (() => Promise<{requests: number; bytes: number}>) => {
  const sizes: Promise<number>[] = []
  const measure = (request: Request): void => {
    const size = async () => {
      const {responseBodySize, responseHeadersSize} = await request.sizes()
      return responseBodySize + responseHeadersSize
    }
    sizes.push(size())
  }
  page.on('requestfinished', measure)
  return async () => {
    page.off('requestfinished', measure)
    return {
      requests: sizes.length,
      bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0),
    }
  }
}
