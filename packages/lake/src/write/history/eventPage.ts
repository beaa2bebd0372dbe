/**
 * Pages of history events: cuts one page out of all events of a document or release.
 */
import type {JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'

/** An event as sent to clients: `type`, `timestamp`, `author` and the fields of its type. */
export interface HistoryEvent extends JsonObject {
  readonly type: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly author: string
}

export interface PageRequest {
  /** Largest number of events in the response. */
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
 * Cuts a page out of all events, given oldest first. A cursor is the number of older events, so new
 * events do not move later pages.
 * @throws LakeError 400 for an invalid cursor.
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
