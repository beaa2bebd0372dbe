/**
 * Rejects requests that pages of other sites make a browser send. CORS only keeps such a page from
 * reading the response: a form, an image or a frame would still make the lake do the work.
 * Browsers say where a request comes from in headers that a page cannot change: `Origin`
 * (https://fetch.spec.whatwg.org/#origin-header) and, for addresses of this machine and over
 * HTTPS, `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/). Programs send neither, and are
 * accepted.
 */
import {isOwnOrigin} from '../../access/origin.ts'
import {forbidden} from '../../core/errors.ts'
import type {RequestHead} from '../../core/lakeRequest.ts'
import type {Services} from '../exchange/services.ts'
import {rightsOf} from './cors.ts'
import {hasTicket, staleTicket} from './listenerTickets.ts'
import type {OtherPages} from './route.ts'

const isLink = (request: RequestHead): boolean =>
  request.header('sec-fetch-mode') === 'navigate' && request.header('sec-fetch-dest') === 'document'

const isOpen = (request: RequestHead, otherPages: OtherPages): boolean =>
  otherPages === 'all' || (otherPages === 'links' && isLink(request))

/** Whether a page of another site sent the request without an `Origin` header. */
export const isFromUnnamedPage = (request: RequestHead): boolean =>
  request.header('sec-fetch-site') === 'cross-site' && request.header('origin') === undefined

/** @throws 403 when a page sends it that is neither of this machine nor of a listed origin. */
export const refuseForeignPage = (
  request: RequestHead,
  lake: Services,
  otherPages: OtherPages,
): void => {
  if (!isForeign(request, lake) || isOpen(request, otherPages)) return
  const origin = request.header('origin')
  if (origin === 'null' && hasTicket(request)) throw staleTicket()
  throw forbidden(
    `${nameOf(origin ?? originOfPage(request))} may not use this lake: only pages of this ` +
      'machine and of listed origins may. Add it with "sanity cors add" or "lake start --origin".',
  )
}

const isForeign = (request: RequestHead, lake: Services): boolean => {
  const origin = request.header('origin')
  const site = request.header('sec-fetch-site')
  if (origin === undefined) return site === 'cross-site' && !isFromTrustedPage(request, lake)
  // The lake's own page sends its form without a referrer, so that has no origin either.
  if (origin === 'null' && site === 'same-origin') return false
  return rightsOf(request, lake) === 'nothing'
}

/** To a browser, `localhost` and `copydesk.localhost` are two sites; both are this machine. */
const isFromTrustedPage = (
  request: RequestHead,
  {hosts, origins, readingOrigins}: Services,
): boolean => {
  const origin = originOfPage(request)
  if (origin === undefined) return false
  return (
    isOwnOrigin(origin, request.header('host'), hosts, origins) || readingOrigins.includes(origin)
  )
}

/** A page can leave out its address, but cannot send a false one. */
const originOfPage = (request: RequestHead): string | undefined =>
  URL.parse(request.header('referer') ?? '')?.origin

const nameOf = (origin: string | undefined): string =>
  origin === undefined || origin === 'null' ? 'A page of another site' : `A page of ${origin}`
