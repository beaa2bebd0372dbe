import type {JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'

/** An event as it is told: `type`, `timestamp`, `author` and what its type has. */
export interface HistoryEvent extends JsonObject {
  readonly type: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly author: string
}

export interface PageRequest {
  /** Events in the answer, at most. */
  readonly limit: number
  /** The `nextCursor` of the page before; empty or undefined for the newest events. */
  readonly nextCursor?: string | undefined
}

export interface Page {
  /** Newest first. */
  readonly events: readonly HistoryEvent[]
  /** Empty when there are no more. */
  readonly nextCursor: string
}

/**
 * Cuts a page out of all events, given oldest first. A cursor counts the events that are older
 * than it, so that new ones do not move the pages that are still to be read.
 */
export const pageOf = (
  events: readonly HistoryEvent[],
  {limit, nextCursor = ''}: PageRequest,
): Page => {
  const end = nextCursor === '' ? events.length : Number(nextCursor)
  if (!Number.isInteger(end) || end < 0) throw badRequest(`"${nextCursor}" is not a cursor`)
  const start = Math.max(end - limit, 0)
  return {
    events: events.slice(start, end).toReversed(),
    nextCursor: start === 0 ? '' : String(start),
  }
}
