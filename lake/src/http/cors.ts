import {isOwnOrigin} from '../access/origin.ts'
import type {Services} from '../services.ts'
import type {LakeRequest, LakeResponse} from './exchange.ts'
import {ticketIn} from './ticket.ts'

/**
 * Cross-origin rules. Only pages of this machine and origins that the owner listed may read
 * answers; every request of a Studio asks first, so the permission is cached for a day.
 */
const ALLOWED_HEADERS =
  'authorization, content-type, x-sanity-app, x-sanity-project-id, x-sanity-lineage, last-event-id'
const EXPOSED_HEADERS = 'x-sanity-shard, x-sanity-warning, traceparent, retry-after'
const MAX_AGE_SECONDS = '86400'

/** Whether a page of the request's origin may read the answer; null when no page asks. */
export const isAllowedOrigin = (
  request: LakeRequest,
  {hosts, origins, tickets}: Services,
): boolean | null => {
  const origin = request.header('origin')
  if (origin === undefined) return null
  // After a redirect to another host a browser sends `null`; the ticket in the URL stands for it.
  if (origin === 'null') return ticketIn(request, tickets) !== undefined
  return isOwnOrigin(origin, request.header('host'), hosts, origins)
}

const readableBy = (request: LakeRequest): Record<string, string> => ({
  'access-control-allow-origin': request.header('origin') ?? '',
  'access-control-allow-credentials': 'true',
})

/** Adds what a browser needs to hand the answer to the page that asked. */
export const withCors = (
  response: LakeResponse,
  request: LakeRequest,
  lake: Services,
): LakeResponse => {
  const allowed = isAllowedOrigin(request, lake)
  if (allowed === null) return response
  return {
    ...response,
    headers: {
      ...response.headers,
      vary: ['origin', response.headers['vary']].filter(Boolean).join(', '),
      ...(allowed && {
        ...readableBy(request),
        'access-control-expose-headers': EXPOSED_HEADERS,
      }),
    },
  }
}

/** The answer to a browser's question whether it may send a request at all. */
export const preflight = (request: LakeRequest, lake: Services): LakeResponse => ({
  status: 204,
  headers: {
    vary: 'origin, access-control-request-headers',
    ...(isAllowedOrigin(request, lake) === true && {
      ...readableBy(request),
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': MAX_AGE_SECONDS,
      ...(request.header('access-control-request-private-network') === 'true' && {
        'access-control-allow-private-network': 'true',
      }),
    }),
  },
  body: null,
})
