/**
 * Previews for editors: who may see one, what it shows, and the addresses that Sanity's Presentation
 * tool calls.
 */
import {type ClientPerspective, type SanityClient} from '@sanity/client'
import {validatePreviewUrl} from '@sanity/preview-url-secret'
import {Hono} from 'hono'

import {previewOf, siteQuery} from '../../front/queries/index.ts'
import {keepClean} from '../../front/stega.ts'
import {type Ask, askWith} from '../freshness/ask.ts'
import type {Timers} from '../freshness/timers.ts'
import type {Page} from '../http/page.ts'
import {previewPolicy} from '../http/policy.ts'
import {respond} from '../http/respond.ts'
import {settingsOr, type Surroundings, type Visit, visitOf} from '../pages/visit.ts'
import {openPreviewChanges} from './changes.ts'
import {timeIn} from './clock.ts'
import {IMPORT_MAP_HASH, openPreviewFiles} from './files.ts'
import {readPerspective} from './perspective.ts'
import {LIFE, openSessions, type Session} from './session.ts'

interface Options extends Surroundings {
  readonly client: SanityClient
  /** Of a viewer; stays on this server. */
  readonly token: string
  readonly timers: Timers
  /** As `createSite` takes it. */
  readonly siteUrl: string
}

export interface Previews {
  /** The routes below `/api/preview`. */
  readonly routes: Hono
  /** The response to an editor's request, or null if it comes from a reader. */
  respond(request: Request, make: (visit: Visit) => Promise<Page>): Promise<Response> | null
  close(): void
}

/** The parameter by which the Studio names the perspective of a page. */
const PERSPECTIVE = 'sanity-preview-perspective'

export const openPreviews = ({
  client,
  token,
  timers,
  siteUrl,
  ...surroundings
}: Options): Previews => {
  const sessions = openSessions(token)
  const file = openPreviewFiles()
  const viewer = client.withConfig({token, useCdn: false, perspective: 'drafts'})
  const changes = openPreviewChanges(viewer, timers)
  const pictures = new URL(surroundings.imageBase).origin

  const askAs = ({perspective, studio}: Session): Ask => {
    const editors = viewer.withConfig({
      perspective: clientPerspective(perspective),
      stega: {enabled: true, studioUrl: studio, filter: keepClean},
    })
    const ask = askWith(editors, () => {})
    return (query, params) => ask(previewOf(query), params)
  }

  const show = async (
    request: Request,
    session: Session,
    make: (visit: Visit) => Promise<Page>,
  ): Promise<Response> => {
    const url = new URL(request.url)
    const ask = askAs(session)
    const settings = settingsOr(await ask(siteQuery), siteUrl)
    const at = url.searchParams.get('at') ?? ''
    const now = timeIn(at, settings.timeZone) ?? new Date(timers.now()).toISOString()
    const preview = {perspective: session.perspective, at, studio: session.studio}
    const page = await make(visitOf({...surroundings, ask, now, url, settings, preview}))
    const policy = previewPolicy(pictures, session.studio, IMPORT_MAP_HASH)
    return respond(request, page, {isPrivate: true, policy})
  }

  const routes = new Hono()
  routes.get('/enable', async ({req: {raw}, text}) => {
    const {isValid, redirectTo, studioOrigin, studioPreviewPerspective} = await validatePreviewUrl(
      viewer,
      raw.url,
    )
    if (!isValid || !studioOrigin) {
      return text('This link to a preview is not valid any more. Open the preview again.\n', 401)
    }
    const now = timers.now()
    const perspective = readPerspective(studioPreviewPerspective) ?? 'drafts'
    const session = {perspective, studio: studioOrigin, endsAt: now + LIFE}
    return away(raw, redirectTo ?? '/', sessions.write(session, raw, now))
  })
  routes.on(['GET', 'POST'], '/disable', ({req: {raw}}) => away(raw, '/', sessions.end(raw)))
  routes.post('/perspective', async ({req: {raw}, body}) => {
    const session = sessions.read(raw, timers.now())
    if (session === null) return body(null, 401)
    const {perspective}: {perspective?: unknown} = (await raw.json()) ?? {}
    const next = withPerspective(session, perspective)
    if (String(next.perspective) === String(session.perspective)) return body(null, 204)
    return body(null, 200, {'set-cookie': sessions.write(next, raw, timers.now())})
  })
  routes.get('/changes', ({req: {raw}, body}) =>
    sessions.read(raw, timers.now()) === null ? body(null, 401) : changes.stream(),
  )
  routes.get('/files/:name', ({req: {raw}, notFound}) => {
    const page = file(new URL(raw.url).pathname)
    return page === undefined ? notFound() : respond(raw, page)
  })

  const respondAs = async (
    request: Request,
    session: Session,
    make: (visit: Visit) => Promise<Page>,
  ): Promise<Response> => {
    const named = new URL(request.url).searchParams.get(PERSPECTIVE)
    const next = withPerspective(session, named)
    const response = await show(request, next, make)
    if (String(next.perspective) !== String(session.perspective)) {
      response.headers.set('set-cookie', sessions.write(next, request, timers.now()))
    }
    return response
  }

  return {
    routes,
    close: changes.close,
    respond: (request, make) => {
      const session = sessions.read(request, timers.now())
      return session === null ? null : respondAs(request, session, make)
    },
  }
}

/** The session with the perspective that a request names, if it names one. */
const withPerspective = (session: Session, given: unknown): Session => ({
  ...session,
  perspective: readPerspective(given) ?? session.perspective,
})

const clientPerspective = (perspective: string | readonly string[]): ClientPerspective =>
  typeof perspective === 'string'
    ? perspective === 'published'
      ? 'published'
      : 'drafts'
    : [...perspective]

/** Sends an editor to a path of this site, never to another one. */
const away = (request: Request, path: string, cookie: string): Response => {
  const own = new URL(request.url).origin
  const target = URL.parse(path, own)
  const location = target?.origin === own ? `${target.pathname}${target.search}` : '/'
  return new Response(null, {
    status: 307,
    headers: {
      location: location.replace(/^\/{2,}/, '/'),
      'set-cookie': cookie,
      'cache-control': 'private, no-store',
    },
  })
}
