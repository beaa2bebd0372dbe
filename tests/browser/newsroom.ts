import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {inspect} from 'node:util'

import {createLake, type Lake, type RunningServer, startServer} from '@copydesk/lake'
import type {SanityClient} from '@sanity/client'
import {type BrowserContextOptions, chromium, type Page} from 'playwright-core'
import {inject} from 'vitest'

import {studioDir} from '../../scripts/command/buildStudio.ts'
import {clientFor} from '../../scripts/command/clientFor.ts'
import {ownStories} from '../../scripts/command/ownStories.ts'
import {importStories} from '../../seed/importStories.ts'
import {reportViolations, type Tolerated, watchConsole, type Watched} from './consoleErrors.ts'
import {noteConsole} from './measures.ts'

/** A lake with the seeded story, its Studio, and the pages that editors have open. */
export interface Newsroom extends AsyncDisposable {
  readonly lake: Lake
  readonly server: RunningServer
  /** A client with an administrator's token, in the raw perspective. */
  readonly client: SanityClient
  /** A client like a front end's: no token, published documents. */
  readonly reader: SanityClient
  /** Opens the Studio signed in, in a separate browser context. */
  openStudio(path?: string, options?: EditorsBrowser): Promise<Page>
  /** Opens an empty page for a reader, in a separate browser context. */
  openPage(options?: BrowserContextOptions): Promise<Page>
  readonly pages: readonly Page[]
  /** Unexpected errors in a page or in the lake. */
  complaints(): string[]
}

/** The time limit of any step in a page, in milliseconds; far more than is needed, even in CI. */
const PATIENCE = 60_000

interface EditorsBrowser extends BrowserContextOptions {
  /** The token of another user than the administrator. */
  readonly token?: string
}

const EDITORS_BROWSER: BrowserContextOptions = {
  viewport: {width: 1440, height: 900},
  locale: 'en-GB',
  // Not the newsroom’s zone, because dates must not follow the browser’s.
  timezoneId: 'America/New_York',
}

/**
 * @param expected console errors that the test causes on purpose
 * @param builtStudio folder of the Studio to serve; the one of `npm start` by default
 * @param previews origins of the sites that this Studio shows
 * @param port of the lake; 0 takes a free one
 */
export const openNewsroom = async (
  expected: readonly Tolerated[],
  builtStudio = studioDir,
  previews: readonly string[] = [],
  port = 0,
): Promise<Newsroom> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'copydesk-newsroom-'))
  const failures: unknown[] = []
  const lake = createLake({dataDir, onError: (error) => failures.push(error)})
  const server = await startServer({lake, port, studio: {dir: builtStudio, previews}})
  const {projectId, token} = lake
  const client = clientFor({projectId, dataset: 'production', token, apiHost: server.url})
  await importStories({files: ownStories(), client})

  const browser = await chromium.connect(inject('browserEndpoint'))
  const pages: Page[] = []
  const watched: Watched[] = []
  const openPage = async (options?: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options)
    context.setDefaultTimeout(PATIENCE)
    await reportViolations(context)
    const page = await context.newPage()
    pages.push(page)
    watched.push(watchConsole(page, expected))
    return page
  }
  return {
    lake,
    server,
    client: client.withConfig({perspective: 'raw'}),
    reader: client.withConfig({token: undefined, perspective: 'published'}),
    pages,
    openPage,
    openStudio: async (path = '/', {token: own, ...options} = {}) => {
      const page = await openPage({...EDITORS_BROWSER, ...options})
      const studio = `${studioOf(lake, server)}${path}`
      await page.goto(own === undefined ? lake.signInLink(studio) : `${studio}#token=${own}`)
      return page
    },
    complaints: () => [
      ...watched.flatMap(({complaints}) => complaints),
      ...failures.map((failure) => `The lake failed: ${inspect(failure)}`),
    ],
    [Symbol.asyncDispose]: async () => {
      await noteConsole(inject('measuresFile'), watched)
      await browser.close()
      await server.close()
      await lake.close()
      await rm(dataDir, {recursive: true})
    },
  }
}

/** The Studio and the API have the same origin, as `npm start` prints it. */
const studioOf = ({projectId}: Lake, {url}: RunningServer): string =>
  url.replace('//localhost', `//${projectId}.localhost`)
