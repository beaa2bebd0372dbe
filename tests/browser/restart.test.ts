import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {chromium, type JSHandle, type Page} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {type Tolerated, watchConsole} from './consoleErrors.ts'
import {noteConsole} from './measures.ts'
import {startLake} from './startedLake.ts'
import {HEADLINE, pathOf, STORY, textInput, type} from './studio.ts'

/** Console errors of the browser, and of the Studio, while the lake is down. */
const AWAY: readonly Tolerated[] = [
  'Failed to load resource: net::ERR_CONNECTION_REFUSED',
  'Failed to load resource: net::ERR_CONNECTION_RESET',
  'Failed to load resource: net::ERR_EMPTY_RESPONSE',
  'Failed to load resource: net::ERR_INCOMPLETE_CHUNKED_ENCODING',
  'Failed to load resource: net::ERR_SOCKET_NOT_CONNECTED',
  "WebSocket connection to 'ws://copydesk.localhost:",
  'Error fetching events TypeError: Failed to fetch',
  // The same after the response had begun.
  'Error fetching events TypeError: network error',
  'Error fetching data:',
  'Error fetching document at revision TypeError: Failed to fetch',
].map((says) => ({from: '', says, reason: 'The lake is down for a short time.'}))

/** How the lake dies after an editor has typed " one" at the end of the headline. */
type Death = (page: Page, kill: () => Promise<void>) => Promise<void>

const afterTyping: Death = async (page, kill) => {
  await type(page, ' one')
  await kill()
}

/**
 * The lake has saved the first keystroke and dies before its response: the Studio sends it again.
 */
const beforeItsAnswer: Death = async (page, kill) => {
  const session = await page.context().newCDPSession(page)
  let isSaved = false
  const saved = new Promise<string>((resolve) =>
    session.on('Fetch.requestPaused', ({requestId, request}) => {
      // Later requests wait until the session ends.
      if (isSaved) return
      isSaved = request.postData?.includes('diffMatchPatch') ?? false
      if (isSaved) resolve(requestId)
      else void session.send('Fetch.continueRequest', {requestId})
    }),
  )
  const urlPattern = '*/data/actions/*'
  await session.send('Fetch.enable', {patterns: [{urlPattern, requestStage: 'Response'}]})
  const typed = type(page, ' one')
  const requestId = await saved
  await kill()
  await session.send('Fetch.failRequest', {requestId, errorReason: 'ConnectionReset'})
  await session.detach()
  await typed
}

/** The lake dies before the first save reaches it, so that it knows of no change at all. */
const beforeTheFirstSave: Death = async (page, kill) => {
  const session = await page.context().newCDPSession(page)
  const urlPattern = '*/data/actions/*'
  // Requests wait until the session ends.
  await session.send('Fetch.enable', {patterns: [{urlPattern}]})
  await type(page, ' one')
  await kill()
  await session.detach()
}

/** Collects the headline in the form each time that it changes. */
const watchHeadline = (page: Page): Promise<JSHandle<readonly string[]>> =>
  page.evaluateHandle(() => {
    const texts: string[] = []
    setInterval(() => {
      const input = document.querySelector('[data-testid="field-headline"] :is(input, textarea)')
      const isText = input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement
      const text = isText ? input.value : 'no form'
      if (texts.at(-1) !== text) texts.push(text)
    }, 20)
    return texts
  })

/** How the lake dies, and for how many milliseconds it is away at least. */
const DEATHS = [
  ['before the first save', beforeTheFirstSave, 1000, {}],
  ['before the first save', beforeTheFirstSave, 20_000, {tags: 'long'}],
  ['between two requests', afterTyping, 4000, {tags: 'long'}],
  ['between two requests', afterTyping, 12_000, {tags: 'long'}],
  ['before it answers', beforeItsAnswer, 1000, {}],
] as const

for (const [when, die, away, options] of DEATHS) {
  test(
    `the lake dies ${when} and restarts after ${away} ms under an open Studio: no word is lost`,
    options,
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'copydesk-restart-'))
      const browser = await chromium.connect(inject('browserEndpoint'))
      await using first = await startLake(dataDir)
      const page = await browser.newPage()
      page.setDefaultTimeout(60_000)
      const watched = [watchConsole(page, AWAY)]
      const link = new URL(first.signInLink)
      await page.goto(new URL(`${pathOf(STORY)}${link.hash}`, link).href)
      const headline = textInput(page, 'headline')
      await headline.press('End')
      const shown = await watchHeadline(page)
      await die(page, first.kill)
      await type(page, ' two')
      await wait(away)
      {
        await using lake = await startLake(dataDir, {port: first.port})
        // The Studio accepts no input while it knows that the lake is down.
        await expect.poll(() => headline.isEditable()).toBe(true)
        await headline.press('End')
        await type(page, ' three')
        const other = await browser.newPage()
        watched.push(watchConsole(other, []))
        await other.goto(
          new URL(pathOf(STORY), lake.signInLink).href + new URL(lake.signInLink).hash,
        )
        await expect
          .poll(() => textInput(other, 'headline').inputValue(), {timeout: 90_000})
          .toBe(`${HEADLINE} one two three`)
        const texts = await shown.jsonValue()
        const shrunk = texts.filter((text, n) => !text.startsWith(texts[n - 1] ?? HEADLINE))
        // An edit that is sent again is in the form twice for a short time; any other text only grows.
        expect(die === beforeItsAnswer ? [] : shrunk).toEqual([])
        expect(await headline.inputValue()).toBe(`${HEADLINE} one two three`)
        await noteConsole(inject('measuresFile'), watched)
        expect(watched.flatMap(({complaints}) => complaints)).toEqual([])
      }
      await browser.close()
      await rm(dataDir, {recursive: true})
    },
  )
}
