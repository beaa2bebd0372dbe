import {ANONYMOUS, type Caller} from '../../access/caller.ts'
import {hostName} from '../../access/origin.ts'
import type {TemporaryCodes} from '../../access/temporaryCodes.ts'
import {LakeError} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse, RequestHead} from '../../core/lakeRequest.ts'
import {LISTENER_HOSTS} from '../../core/limits.ts'
import {redirect} from '../exchange/respond.ts'

/**
 * Browsers open six HTTP/1.1 connections to a host, and a Studio needs more event streams than
 * that for one document. So a browser's listener is sent on to `l1.localhost`, `l2.localhost` and
 * so on, each with six connections of its own. The redirect loses the Authorization header and the
 * origin; a ticket in the URL, good for a minute, stands for both.
 */

type Asking = Pick<RequestHead, 'header' | 'search'>

const TICKET = /(?:^|&)ticket=([\w-]+)/

/** Whom the request's ticket was given to; undefined without a ticket that is good. */
export const ticketIn = (request: Asking, tickets: TemporaryCodes<Caller>): Caller | undefined => {
  const code = TICKET.exec(request.search)?.[1]
  return code === undefined || !isListenerHost(request) ? undefined : tickets.peek(code)
}

/** Whether a listener that was sent on asks, with a ticket that may be good or not. */
export const hasTicket = (request: Asking): boolean =>
  TICKET.test(request.search) && isListenerHost(request)

const hostOf = (request: Asking): string => request.header('host') ?? ''

const isListenerHost = (request: Asking): boolean =>
  /^l\d+\.localhost$/.test(hostName(hostOf(request)))

/**
 * Whom the ticket in the URL stands for; nobody without a ticket.
 * @throws 408 for a ticket that is not good any more: clients connect again at the first address.
 */
export const holderOf = (request: LakeRequest, tickets: TemporaryCodes<Caller>): Caller => {
  if (!TICKET.test(request.search)) return ANONYMOUS
  const holder = ticketIn(request, tickets)
  if (holder !== undefined) return holder
  throw staleTicket()
}

export const staleTicket = (): LakeError => {
  const message = 'The ticket is unknown or older than a minute; connect again without it.'
  return new LakeError(408, message, {statusCode: 408, error: 'Request Timeout', message})
}

let turn = 0

/** Where a browser should listen instead; null when it may stay where it is. */
export const redirectListener = (
  request: LakeRequest,
  tickets: TemporaryCodes<Caller>,
  caller: Caller,
): LakeResponse | null => {
  // Node's own fetch sends some of a browser's headers, but not this one.
  const fromBrowser = request.header('sec-fetch-site') !== undefined
  const name = hostName(hostOf(request))
  if (!fromBrowser || !name.endsWith('.localhost') || isListenerHost(request)) return null
  // Nothing but a port may follow the name: the ticket goes wherever this says.
  const port = hostOf(request).slice(name.length)
  if (!/^(?::\d{1,5})?$/.test(port)) return null
  turn = (turn + 1) % LISTENER_HOSTS
  const query = [request.search, `ticket=${tickets.issue(caller)}`].filter(Boolean).join('&')
  return redirect(
    `http://l${turn + 1}.localhost${port}/${request.version}${request.path}?${query}`,
    307,
  )
}
