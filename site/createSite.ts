/**
 * The reader site: addresses, and what answers at each. Runs wherever `Request` and `Response` do,
 * so tests need no port.
 */
import type {SanityClient} from '@sanity/client'
import {type Context, Hono} from 'hono'

import {formerAddressQuery, siteQuery} from '../front/queries/index.ts'
import {LakeError} from './freshness/ask.ts'
import {machineTimers, type Timers} from './freshness/timers.ts'
import {openWatched, type Render} from './freshness/watched.ts'
import {receiveHook} from './http/hook.ts'
import {movedTo, movedToStory} from './http/moved.ts'
import type {Page} from './http/page.ts'
import {readersPolicy} from './http/policy.ts'
import {respond} from './http/respond.ts'
import {readStyleSheet} from './http/styleSheet.ts'
import {tidyAddress} from './http/tidyAddress.ts'
import {authorPage} from './pages/author.ts'
import {correctionsPage} from './pages/corrections.ts'
import {creditPage} from './pages/credit.ts'
import {
  feedPage,
  NEWS_STEP,
  newsSitemapPage,
  ninjsListPage,
  ninjsPage,
  robotsPage,
  sitemapIndexPage,
  sitemapPage,
} from './pages/feeds.ts'
import {frontPage} from './pages/front.ts'
import {brokenPage, missingPage} from './pages/problem.ts'
import {searchPage} from './pages/search.ts'
import {storyPage} from './pages/story.ts'
import {topicPage, topicsPage} from './pages/topics.ts'
import {settingsOr, type Visit, visitOf} from './pages/visit.ts'
import {openPreviews} from './preview/openPreviews.ts'

/** What the site needs to know of a story to decide who may read all of it. */
export interface Guarded {
  readonly slug: string
  readonly access: 'registered' | 'subscriber'
}

export interface SiteOptions {
  /** Reads published documents; needs no token. */
  readonly client: SanityClient
  /**
   * The site's address, used until the publication's settings have one. It is never taken from a
   * request: clients choose what they send, and pages are kept for everyone.
   */
  readonly siteUrl: string
  /** Where pictures are, as `pictureOf` takes it. */
  readonly imageBase: string
  /** Whether a reader may see the whole of a story that is not free. By default, none may. */
  readonly mayRead?: (request: Request, story: Guarded) => boolean | Promise<boolean>
  /** Receives errors that a page hides. */
  readonly onError?: (error: unknown, request: Request) => void
  /** Of a viewer, for previews; without one there are none. It stays on this server. */
  readonly token?: string
  /** Of the dataset's webhook that calls `/api/hooks/sanity`; without one that address is missing. */
  readonly hookSecret?: string
  readonly timers?: Timers
  /** Bytes of pages to keep in memory; 64 MB by default. */
  readonly maxBytes?: number
}

export interface Site extends Disposable {
  fetch(request: Request): Promise<Response>
  close(): void
}

/** The parameters that change a page. All others, such as those that campaigns add, are ignored. */
const PARAMETERS = ['after', 'q']

/**
 * Opens the site, and keeps its pages as fresh as the lake until it is closed.
 */
export const createSite = ({
  client,
  siteUrl,
  imageBase,
  mayRead = () => false,
  onError = () => {},
  token,
  hookSecret,
  timers = machineTimers,
  maxBytes = 64_000_000,
}: SiteOptions): Site => {
  const style = readStyleSheet()
  const surroundings = {style: style.path, imageBase}
  const policy = readersPolicy(new URL(imageBase).origin)
  const previews =
    token === undefined ? null : openPreviews({client, token, timers, siteUrl, ...surroundings})
  const watched = openWatched<Page>({client, timers, maxBytes})

  /** The page at an address, made by `make` unless it is kept. */
  const pageAt = (url: URL, variant: string, make: (visit: Visit) => Promise<Page>) => {
    const chosen = new URLSearchParams(
      PARAMETERS.flatMap((name) => {
        const value = url.searchParams.get(name)
        return value === null ? [] : [[name, value]]
      }),
    )
    const render: Render<Page> = async (ask, now) => {
      const settings = settingsOr(await ask(siteQuery), siteUrl)
      return make(visitOf({...surroundings, ask, now, url, settings, preview: null}))
    }
    return watched.answer(`${url.pathname}?${chosen}${variant}`, render)
  }

  /** The page, or the way to its right address if there is none at this one. */
  const send = ({req: {raw}}: Context, page: Page): Promise<Response> => {
    const tidy = page.status === 404 ? tidyAddress(new URL(raw.url)) : null
    return respond(raw, tidy === null ? page : movedTo(tidy), {policy})
  }

  /** What machines read is never a preview. */
  const publish = async (context: Context, make: (visit: Visit) => Promise<Page>) =>
    send(context, await pageAt(new URL(context.req.url), '', make))

  const show = async (context: Context, make: (visit: Visit) => Promise<Page>) =>
    previews?.respond(context.req.raw, make) ?? publish(context, make)

  const app = new Hono()
  app.use(async (context, next) => {
    const isForMachines = /^\/api\/(?:preview|hooks)\//.test(context.req.path)
    if (!isForMachines && !['GET', 'HEAD'].includes(context.req.method)) {
      return context.text('Only GET and HEAD are answered here.\n', 405, {allow: 'GET, HEAD'})
    }
    // For short answers; pages bring a policy with them.
    context.header('content-security-policy', policy)
    await next()
  })
  if (previews !== null) app.route('/api/preview', previews.routes)
  if (hookSecret !== undefined) {
    app.post('/api/hooks/sanity', (context) =>
      receiveHook(context.req.raw, hookSecret, watched.forget),
    )
  }
  app.get(style.path, (context) => respond(context.req.raw, style.page))
  app.get('/health', (context) =>
    context.json({live: watched.isWatching()}, 200, {'cache-control': 'no-store'}),
  )
  app.get('/', async (context) => {
    const url = new URL(context.req.url)
    const isOurs = url.search === '' || PARAMETERS.some((name) => url.searchParams.has(name))
    if (!isOurs) {
      // Other systems put stories at addresses such as `/?p=123`.
      const moved = await pageAt(url, url.search, (visit) => formerPage(visit, frontPage))
      if (moved.status === 301) return respond(context.req.raw, moved, {policy})
    }
    return show(context, frontPage)
  })
  app.get('/news/:file{.+\\.ninjs\\.json}', (context) => {
    const slug = context.req.param('file').slice(0, -'.ninjs.json'.length)
    return publish(context, (visit) => ninjsPage(visit, slug))
  })
  app.get('/news/:slug', async (context) => {
    const slug = context.req.param('slug')
    const url = new URL(context.req.url)
    const preview = previews?.respond(context.req.raw, (visit) =>
      storyPage(visit, slug, {whole: true}),
    )
    if (preview) return preview
    const page = await pageAt(url, '', (visit) => storyPage(visit, slug, {whole: false}))
    const {access} = page
    if (access === undefined || !(await mayRead(context.req.raw, {slug, access}))) {
      return send(context, page)
    }
    const whole = await pageAt(url, '#whole', (visit) => storyPage(visit, slug, {whole: true}))
    return respond(context.req.raw, whole, {isPrivate: true, policy})
  })
  app.get('/preview/:id', (context) =>
    show(context, (visit) =>
      visit.preview === null
        ? missingPage(visit)
        : storyPage(visit, context.req.param('id'), {whole: true}),
    ),
  )
  for (const format of ['xml', 'atom', 'json'] as const) {
    app.get(`/feed.${format}`, (context) =>
      publish(context, (visit) => feedPage(visit, format, null)),
    )
    app.get(`/topics/:slug/feed.${format}`, (context) =>
      publish(context, (visit) => feedPage(visit, format, context.req.param('slug'))),
    )
  }
  app.get('/sitemap.xml', (context) => publish(context, sitemapIndexPage))
  app.get('/sitemap/:file{[1-9]\\d{0,4}\\.xml}', (context) =>
    publish(context, (visit) => sitemapPage(visit, Number.parseInt(context.req.param('file'), 10))),
  )
  app.get('/news-sitemap.xml', async (context) => {
    const present = timers.now()
    const step = `#${Math.floor(present / NEWS_STEP)}`
    const url = new URL(context.req.url)
    return send(context, await pageAt(url, step, (visit) => newsSitemapPage(visit, present)))
  })
  app.get('/robots.txt', (context) => publish(context, robotsPage))
  app.get('/ninjs.json', (context) => publish(context, ninjsListPage))
  app.get('/topics', (context) => show(context, topicsPage))
  app.get('/topics/:slug', (context) =>
    show(context, (visit) => topicPage(visit, context.req.param('slug'))),
  )
  app.get('/authors/:slug', (context) =>
    show(context, (visit) => authorPage(visit, context.req.param('slug'))),
  )
  app.get('/search', (context) => show(context, searchPage))
  app.get('/corrections', (context) => show(context, correctionsPage))
  app.get('/credits/:id', (context) =>
    show(context, (visit) => creditPage(visit, context.req.param('id'))),
  )
  app.notFound(async (context) => {
    const url = new URL(context.req.url)
    return send(context, await pageAt(url, url.search, (visit) => formerPage(visit, missingPage)))
  })
  app.onError(async (error, {req}) => {
    onError(error, req.raw)
    const isTemporary = error instanceof LakeError && error.isTemporary
    return respond(req.raw, await brokenPage(isTemporary ? 503 : 500, style.path), {policy})
  })

  const close = (): void => {
    watched.close()
    previews?.close()
  }
  return {fetch: async (request) => app.fetch(request), close, [Symbol.dispose]: close}
}

/** 301 to the story that an import brought from this address of a former site, or another page. */
const formerPage = async (
  visit: Visit,
  otherwise: (visit: Visit) => Promise<Page>,
): Promise<Page> => {
  const {ask, now, url} = visit
  const found = await ask(formerAddressQuery, {address: `${url.pathname}${url.search}`, now})
  return found === null ? otherwise(visit) : movedToStory(found.slug)
}
