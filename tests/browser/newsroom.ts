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
  /** An administrator's, in the raw perspective. */
  readonly client: SanityClient
  /** What a front end has: no token, published documents. */
  readonly reader: SanityClient
  /** Opens the Studio signed in, as an editor with a browser of their own. */
  openStudio(path?: string, options?: EditorsBrowser): Promise<Page>
  readonly pages: readonly Page[]
  /** What went wrong in a page or in the lake although no test asked. */
  complaints(): string[]
}

/** How long a page may take for anything, in milliseconds: far more than it does, even on CI. */
const PATIENCE = 60_000

interface EditorsBrowser extends BrowserContextOptions {
  /** Somebody else’s than the administrator’s. */
  readonly token?: string
}

const EDITORS_BROWSER: BrowserContextOptions = {
  viewport: {width: 1440, height: 900},
  locale: 'en-GB',
  // Not the newsroom’s: dates must not follow the browser’s zone.
  timezoneId: 'America/New_York',
}

/**
 * @param expected What pages may complain of because the test brings it about
 * @param builtStudio Folder of the Studio to serve, when it is not the one of `npm start`
 * @param previews Origins of the sites that this Studio shows
 */
export const openNewsroom = async (
  expected: readonly Tolerated[],
  builtStudio = studioDir,
  previews: readonly string[] = [],
): Promise<Newsroom> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'copydesk-newsroom-'))
  const failures: unknown[] = []
  const lake = createLake({dataDir, onError: (error) => failures.push(error)})
  const server = await startServer({lake, port: 0, studio: {dir: builtStudio, previews}})
  const {projectId, token} = lake
  const client = clientFor({projectId, dataset: 'production', token, apiHost: server.url})
  await importStories({files: ownStories(), client})

  const browser = await chromium.connect(inject('browserEndpoint'))
  const pages: Page[] = []
  const watched: Watched[] = []
  return {
    lake,
    server,
    client: client.withConfig({perspective: 'raw'}),
    reader: client.withConfig({token: undefined, perspective: 'published'}),
    pages,
    openStudio: async (path = '/', {token: own, ...options} = {}) => {
      const context = await browser.newContext({...EDITORS_BROWSER, ...options})
      context.setDefaultTimeout(PATIENCE)
      await reportViolations(context)
      const page = await context.newPage()
      pages.push(page)
      watched.push(watchConsole(page, expected))
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

/** The Studio and the API are of one origin, as `npm start` prints it. */
const studioOf = ({projectId}: Lake, {url}: RunningServer): string =>
  url.replace('//localhost', `//${projectId}.localhost`)
