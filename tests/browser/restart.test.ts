import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {chromium, type Page} from 'playwright-core'
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

const DEATHS = [
  ['between two requests', afterTyping, {tags: 'long'}],
  ['before it answers', beforeItsAnswer, {}],
] as const

for (const [when, die, options] of DEATHS) {
  test(
    `the lake dies ${when} and restarts under an open Studio: the editor can continue`,
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
      await die(page, first.kill)
      await type(page, ' two')
      // Studio 6.16 sends a failed request again for about four seconds, then asks whether it can reach
      // the lake. If the lake comes back just between the two, its form crashes, with a button to try
      // again. It waits when the lake stays away longer.
      await wait(12_000)
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
        expect(await headline.inputValue()).toBe(`${HEADLINE} one two three`)
        await noteConsole(inject('measuresFile'), watched)
        expect(watched.flatMap(({complaints}) => complaints)).toEqual([])
      }
      await browser.close()
      await rm(dataDir, {recursive: true})
    },
  )
}
