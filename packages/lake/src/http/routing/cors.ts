import {isOwnOrigin} from '../../access/origin.ts'
import type {LakeRequest, LakeResponse, RequestHead} from '../../core/lakeRequest.ts'
import type {Services} from '../exchange/services.ts'
import {ticketIn} from './listenerTickets.ts'

/**
 * Cross-origin rules. Only pages of this machine and origins that the owner listed may read
 * answers; every request of a Studio asks first, so the permission is cached for a day.
 */
const ALLOWED_HEADERS =
  'content-type, x-sanity-app, x-sanity-project-id, x-sanity-lineage, last-event-id'
const EXPOSED_HEADERS = 'x-sanity-shard, x-sanity-warning, traceparent, retry-after'
const MAX_AGE_SECONDS = '86400'

/** What a page of the request's origin may do; null when no page asks. */
export const rightsOf = (
  request: Pick<RequestHead, 'header' | 'search'>,
  lake: Services,
): 'everything' | 'read' | 'nothing' | null => {
  const origin = request.header('origin')
  if (origin === undefined) return null
  const {hosts, origins, readingOrigins, tickets} = lake
  // After a redirect to another host a browser sends `null`; the ticket in the URL stands for it.
  const isTrusted =
    origin === 'null'
      ? ticketIn(request, tickets) !== undefined
      : isOwnOrigin(origin, request.header('host'), hosts, origins)
  if (isTrusted) return 'everything'
  return readingOrigins.includes(origin) ? 'read' : 'nothing'
}

const readableBy = (
  request: LakeRequest,
  rights: 'everything' | 'read',
): Record<string, string> => ({
  'access-control-allow-origin': request.header('origin') ?? '',
  ...(rights === 'everything' && {'access-control-allow-credentials': 'true'}),
})

/** Adds what a browser needs to hand the answer to the page that asked. */
export const withCors = (
  response: LakeResponse,
  request: LakeRequest,
  lake: Services,
): LakeResponse => {
  const rights = rightsOf(request, lake)
  if (rights === null) return response
  return {
    ...response,
    headers: {
      ...response.headers,
      vary: ['origin', response.headers['vary']].filter(Boolean).join(', '),
      ...(rights !== 'nothing' && {
        ...readableBy(request, rights),
        'access-control-expose-headers': EXPOSED_HEADERS,
      }),
    },
  }
}

/** The answer to a browser's question whether it may send a request at all. */
export const preflight = (request: LakeRequest, lake: Services): LakeResponse => {
  const vary = 'origin, access-control-request-headers'
  const rights = rightsOf(request, lake)
  if (rights === null || rights === 'nothing') return {status: 204, headers: {vary}, body: null}
  const headers = {
    vary,
    ...readableBy(request, rights),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers':
      rights === 'everything' ? `authorization, ${ALLOWED_HEADERS}` : ALLOWED_HEADERS,
    'access-control-max-age': MAX_AGE_SECONDS,
    ...(request.header('access-control-request-private-network') === 'true' && {
      'access-control-allow-private-network': 'true',
    }),
  }
  return {status: 204, headers, body: null}
}
