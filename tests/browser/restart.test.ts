import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {chromium, type Page} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {type Tolerated, watchConsole} from './consoleErrors.ts'
import {noteConsole} from './measures.ts'
import {startLake} from './startedLake.ts'
import {HEADLINE, pathOf, STORY, textInput, type} from './studio.ts'

/** What the browser says of every request to a lake that is away, and the Studio of some. */
const AWAY: readonly Tolerated[] = [
  'Failed to load resource: net::ERR_CONNECTION_REFUSED',
  'Failed to load resource: net::ERR_CONNECTION_RESET',
  'Failed to load resource: net::ERR_EMPTY_RESPONSE',
  'Failed to load resource: net::ERR_INCOMPLETE_CHUNKED_ENCODING',
  'Failed to load resource: net::ERR_SOCKET_NOT_CONNECTED',
  "WebSocket connection to 'ws://copydesk.localhost:",
  'Error fetching events TypeError: Failed to fetch',
  // The same, when the answer had begun.
  'Error fetching events TypeError: network error',
  'Error fetching data:',
].map((says) => ({from: '', says, reason: 'The lake is dead for a moment.'}))

/** When the lake dies, while an editor has typed " one" behind the headline. */
type Death = (page: Page, kill: () => Promise<void>) => Promise<void>

const afterTyping: Death = async (page, kill) => {
  await type(page, ' one')
  await kill()
}

/**
 * The lake has saved the first keystroke, and dies before it can say so: the Studio sends it again.
 */
const beforeItsAnswer: Death = async (page, kill) => {
  const session = await page.context().newCDPSession(page)
  let isSaved = false
  const saved = new Promise<string>((resolve) =>
    session.on('Fetch.requestPaused', ({requestId, request}) => {
      // What comes after it waits until the session ends.
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
    `the lake dies ${when} and comes back under an open Studio: the editor goes on`,
    options,
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'copydesk-restart-'))
      const browser = await chromium.connect(inject('browserEndpoint'))
      const first = await startLake(dataDir)
      const page = await browser.newPage()
      page.setDefaultTimeout(60_000)
      const watched = [watchConsole(page, AWAY)]
      const link = new URL(first.signInLink)
      await page.goto(new URL(`${pathOf(STORY)}${link.hash}`, link).href)
      const headline = textInput(page, 'headline')
      await headline.press('End')
      await die(page, first.kill)
      await type(page, ' two')
      {
        await using lake = await startLake(dataDir, {port: first.port})
        // The Studio takes no input while it knows that the lake is away.
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
