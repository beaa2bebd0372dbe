import type {BrowserContext, Page} from 'playwright-core'

export interface Tolerated {
  /** Begins the address that the message comes from. */
  readonly from: string
  /** Begins the message. */
  readonly says: string
  readonly reason: string
}

/** The browser says of every refused request that it was refused, however the page takes it. */
export const REFUSED_DELETE: Tolerated = {
  from: '',
  says: 'Failed to load resource: the server responded with a status of 409 (Conflict)',
  reason: 'The document that was to be deleted is referred to.',
}

/** Tests have no network: no name but this machine’s resolves. */
const UNREACHABLE = 'Failed to load resource: net::ERR_NAME_NOT_RESOLVED'

/**
 * All that the Studio may complain of in the browser’s console; anything else fails a test. Most are
 * questions to hosted Sanity: it shows nothing when no answer comes, and has no option not to ask.
 */
const ALWAYS: readonly Tolerated[] = [
  {
    from: 'https://core.sanity-cdn.com/bridge.js',
    says: UNREACHABLE,
    reason: 'The page of every built Studio loads what ties it into the hosted dashboard.',
  },
  {
    from: 'https://design-system-static.sanity.io/Inter',
    says: UNREACHABLE,
    reason: 'The typeface of the Studio; without it the system’s own is shown.',
  },
  {
    from: 'https://studio-static.sanity.io/Inter-',
    says: UNREACHABLE,
    reason: 'The same in italics, for the text editor.',
  },
  {
    from: 'https://sanity-cdn.com/v1/modules/sanity/',
    says: UNREACHABLE,
    reason: 'Looks for newer versions, for the dialog that says which one runs.',
  },
  {
    from: '',
    says: 'Failed to fetch version for package (using tag=latest) sanity ',
    reason: 'The same, in the Studio’s own words.',
  },
  {
    from: '',
    says: 'Failed to resolve initial value for template ',
    reason:
      'Gives itself ten seconds for it at the start, too few when many browsers start at once.',
  },
  {
    from: '',
    says: 'WebSocket is already in CLOSING or CLOSED state.',
    reason: 'A page that is left says goodbye over the socket that it has just closed.',
  },
  {
    from: 'https://api.sanity.io/vX/intake/feedback',
    says: UNREACHABLE,
    reason: 'Asks whether feedback can be sent; the menu leaves the item out when it cannot.',
  },
]

/**
 * Has every page of the context say so when its content security policy forbids something, also
 * where the browser itself is silent. Nothing on the list of what is expected begins like it.
 */
export const reportViolations = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, sample}) => {
      // oxlint-disable-next-line no-console -- it runs in the page, whose console is watched
      console.error(
        `Forbidden by the content security policy: ${effectiveDirective} ${blockedURI} ${sample}`,
      )
    })
  })
}

/** What a page has complained of so far. */
export interface Watched {
  /** What nobody expects. */
  readonly complaints: string[]
  /** How many complaints were on the list. */
  tolerated: number
}

/**
 * Collects what the page complains of, as long as it is open.
 * @param expected What this test brings about on purpose
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
