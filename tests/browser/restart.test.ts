import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {chromium} from 'playwright-core'
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
  'Error fetching data:',
].map((says) => ({from: '', says, reason: 'The lake is dead for a moment.'}))

test('the lake dies and comes back under an open Studio: the editor goes on', async () => {
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
  await type(page, ' one')
  await first.kill()
  await type(page, ' two')
  {
    await using lake = await startLake(dataDir, {port: first.port})
    // The Studio takes no input while it knows that the lake is away.
    await expect.poll(() => headline.isEditable()).toBe(true)
    await headline.press('End')
    await type(page, ' three')
    const other = await browser.newPage()
    watched.push(watchConsole(other, []))
    await other.goto(new URL(pathOf(STORY), lake.signInLink).href + new URL(lake.signInLink).hash)
    await expect
      .poll(() => textInput(other, 'headline').inputValue(), {timeout: 90_000})
      .toBe(`${HEADLINE} one two three`)
    expect(await headline.inputValue()).toBe(`${HEADLINE} one two three`)
    await noteConsole(inject('measuresFile'), watched)
    expect(watched.flatMap(({complaints}) => complaints)).toEqual([])
  }
  await browser.close()
  await rm(dataDir, {recursive: true})
})
