import type {BrowserContext, Page} from 'playwright-core'

export interface Tolerated {
  /** The beginning of the source's address. */
  readonly from: string
  /** The beginning of the message. */
  readonly says: string
  readonly reason: string
}

/** The browser logs every refused request, even if the page handles it. */
export const REFUSED_DELETE: Tolerated = {
  from: '',
  says: 'Failed to load resource: the server responded with a status of 409 (Conflict)',
  reason: 'The document to delete is still referenced.',
}

/** Tests have no network: only this machine’s name resolves, or there is only loopback. */
const UNREACHABLE = `Failed to load resource: net::${
  process.env['COPYDESK_OFFLINE'] ? 'ERR_INTERNET_DISCONNECTED' : 'ERR_NAME_NOT_RESOLVED'
}`

/**
 * The errors that the Studio may log in the browser’s console; any other fails a test. Most are
 * requests to hosted Sanity: the Studio shows nothing when they fail, and has no option to turn
 * them off.
 */
const ALWAYS: readonly Tolerated[] = [
  {
    from: 'https://core.sanity-cdn.com/bridge.js',
    says: UNREACHABLE,
    reason: 'The page of every built Studio loads a script for the hosted dashboard.',
  },
  {
    from: 'https://design-system-static.sanity.io/Inter',
    says: UNREACHABLE,
    reason: 'The Studio’s font; without it the system’s font is used.',
  },
  {
    from: 'https://studio-static.sanity.io/Inter-',
    says: UNREACHABLE,
    reason: 'The same font in italics, for the text editor.',
  },
  {
    from: 'https://sanity-cdn.com/v1/modules/sanity/',
    says: UNREACHABLE,
    reason: 'Checks for newer versions, for the dialog that shows the current one.',
  },
  {
    from: '',
    says: 'Failed to fetch version for package (using tag=latest) sanity ',
    reason: 'The same failure, logged by the Studio.',
  },
  {
    from: '',
    says: 'Failed to resolve initial value for template ',
    reason: 'Has a limit of ten seconds at the start, too short when many browsers start at once.',
  },
  {
    from: '',
    says: 'WebSocket is already in CLOSING or CLOSED state.',
    reason: 'A closing page sends a last message over the socket that it has just closed.',
  },
  {
    from: 'https://api.sanity.io/vX/intake/feedback',
    says: UNREACHABLE,
    reason: 'Checks whether feedback can be sent; otherwise the menu hides the item.',
  },
]

/**
 * Makes every page of the context log violations of its content security policy, including those
 * that the browser does not log. No expected message begins like this.
 */
export const reportViolations = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, sample}) => {
      // oxlint-disable-next-line no-console -- runs in the page, whose console the test reads
      console.error(
        `Forbidden by the content security policy: ${effectiveDirective} ${blockedURI} ${sample}`,
      )
    })
  })
}

/** The console errors of a page so far. */
export interface Watched {
  /** Unexpected errors. */
  readonly complaints: string[]
  /** The number of expected errors. */
  tolerated: number
}

/**
 * Collects the console errors of a page while it is open.
 * @param expected errors that this test causes on purpose
 */
export const watchConsole = (page: Page, expected: readonly Tolerated[]): Watched => {
  const watched: Watched = {complaints: [], tolerated: 0}
  const list = [...ALWAYS, ...expected]
  page.on('console', (message) => {
    const {url} = message.location()
    const text = message.text()
    if (message.type() !== 'error') return
    if (list.some(({from, says}) => url.startsWith(from) && text.startsWith(says))) {
      watched.tolerated += 1
    } else {
      watched.complaints.push(`${text.slice(0, 1500)} (${url.slice(0, 300)})`)
    }
  })
  page.on('pageerror', (error) => watched.complaints.push(`${error.stack ?? error.message}`))
  return watched
}
