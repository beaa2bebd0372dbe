/**
 * CORS (cross-origin resource sharing): lets pages of this machine and of listed origins read
 * responses. Every request of a Studio is preceded by a preflight request, so the permission is
 * cached for a day.
 */
import {isOwnOrigin} from '../../access/origin.ts'
import type {LakeRequest, LakeResponse, RequestHead} from '../../core/lakeRequest.ts'
import type {Services} from '../exchange/services.ts'
import {ticketIn} from './listenerTickets.ts'

const EXPOSED_HEADERS = 'x-sanity-shard, x-sanity-warning, traceparent, retry-after'
const MAX_AGE_SECONDS = '86400'

/** What a page of the request's origin may do; null for a request without an origin. */
export const rightsOf = (
  request: Pick<RequestHead, 'header' | 'search'>,
  lake: Services,
): 'everything' | 'read' | 'nothing' | null => {
  const origin = request.header('origin')
  if (origin === undefined) return null
  const {hosts, origins, readingOrigins, tickets} = lake
  // After a redirect to another host a browser sends `null`; the ticket in the URL replaces it.
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

/** Adds the headers with which a browser lets the page read the response. */
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

/** The name of a header (https://www.rfc-editor.org/rfc/rfc9110#name-tokens). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

/**
 * All headers that the page asks for: each client has its own, and the lake ignores those that it
 * does not know. Only a page with credentials may send a token.
 */
const allowedHeaders = (request: LakeRequest, rights: 'everything' | 'read'): string =>
  (request.header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => HEADER_NAME.test(name))
    .filter((name) => rights === 'everything' || name !== 'authorization')
    .join(', ')

/** Answers a preflight request, by which a browser asks whether it may send the real one. */
export const preflight = (request: LakeRequest, lake: Services): LakeResponse => {
  const vary = 'origin, access-control-request-headers'
  const rights = rightsOf(request, lake)
  if (rights === null || rights === 'nothing') return {status: 204, headers: {vary}, body: null}
  const headers = {
    vary,
    ...readableBy(request, rights),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': allowedHeaders(request, rights),
    'access-control-max-age': MAX_AGE_SECONDS,
    ...(request.header('access-control-request-private-network') === 'true' && {
      'access-control-allow-private-network': 'true',
    }),
  }
  return {status: 204, headers, body: null}
}
