/**
 * Tickets for listeners. A browser opens six HTTP/1.1 connections to a host, and a Studio needs
 * more event streams than that for one document. So a browser's listener is redirected to
 * `l1.localhost`, `l2.localhost` and so on, each with six connections of its own. The redirect
 * loses the Authorization and Origin headers; a ticket in the URL, valid for a minute, replaces
 * both.
 */
import {ANONYMOUS, type Caller} from '../../access/caller.ts'
import {hostName} from '../../access/origin.ts'
import type {TemporaryCodes} from '../../access/temporaryCodes.ts'
import {LakeError} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse, RequestHead} from '../../core/lakeRequest.ts'
import {LISTENER_HOSTS} from '../../core/limits.ts'
import {redirect} from '../exchange/respond.ts'

type TicketRequest = Pick<RequestHead, 'header' | 'search'>

const TICKET = /(?:^|&)ticket=([\w-]+)/

/** The caller to whom the request's ticket was issued; undefined without a valid ticket. */
export const ticketIn = (
  request: TicketRequest,
  tickets: TemporaryCodes<Caller>,
): Caller | undefined => {
  const code = TICKET.exec(request.search)?.[1]
  return code === undefined || !isListenerHost(request) ? undefined : tickets.peek(code)
}

/** Whether a redirected listener sends the request, with a ticket that may be valid or not. */
export const hasTicket = (request: TicketRequest): boolean =>
  TICKET.test(request.search) && isListenerHost(request)

const hostOf = (request: TicketRequest): string => request.header('host') ?? ''

const isListenerHost = (request: TicketRequest): boolean =>
  /^l\d+\.localhost$/.test(hostName(hostOf(request)))

/**
 * The caller to whom the ticket in the URL was issued; anonymous without a ticket.
 * @throws 408 for an expired ticket: clients reconnect at the first address.
 */
export const holderOf = (request: LakeRequest, tickets: TemporaryCodes<Caller>): Caller => {
  if (!TICKET.test(request.search)) return ANONYMOUS
  const holder = ticketIn(request, tickets)
  if (holder !== undefined) return holder
  throw staleTicket()
}

export const staleTicket = (): LakeError => {
  const message = 'The ticket is unknown or has expired. Connect again without it.'
  return new LakeError(408, message, {statusCode: 408, error: 'Request Timeout', message})
}

let turn = 0

/** Redirects a browser's listener to another host; null when it need not move. */
export const redirectListener = (
  request: LakeRequest,
  tickets: TemporaryCodes<Caller>,
  caller: Caller,
): LakeResponse | null => {
  // Node's fetch sends some of a browser's headers, but not this one.
  const fromBrowser = request.header('sec-fetch-site') !== undefined
  const name = hostName(hostOf(request))
  if (!fromBrowser || !name.endsWith('.localhost') || isListenerHost(request)) return null
  // Only a port may follow the name, because the ticket is sent to this address.
  const port = hostOf(request).slice(name.length)
  if (!/^(?::\d{1,5})?$/.test(port)) return null
  turn = (turn + 1) % LISTENER_HOSTS
  const query = [request.search, `ticket=${tickets.issue(caller)}`].filter(Boolean).join('&')
  return redirect(
    `http://l${turn + 1}.localhost${port}/${request.version}${request.path}?${query}`,
    307,
  )
}
