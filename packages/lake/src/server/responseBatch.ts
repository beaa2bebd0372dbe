/**
 * Batches responses that are finished in one turn of the event loop, because waking a sleeping
 * client costs as much as a short response. A client is woken once for all of its responses.
 */
import type {ServerResponse} from 'node:http'

import type {LakeResponse} from '../core/lakeRequest.ts'

export interface ResponseBatch {
  add(response: ServerResponse, answer: LakeResponse): void
}

/** Milliseconds that a response may wait for others in the same turn. */
const MAX_WAIT = 1

/** @param send Writes one response. */
export const createResponseBatch = (
  send: (response: ServerResponse, answer: LakeResponse) => void,
): ResponseBatch => {
  let waiting: (readonly [ServerResponse, LakeResponse])[] = []
  let since = 0
  const sendAll = (): void => {
    const ready = waiting
    waiting = []
    for (const [response, answer] of ready) send(response, answer)
  }
  return {
    add(response, answer) {
      const now = performance.now()
      if (waiting.length > 0 && now - since > MAX_WAIT) sendAll()
      if (waiting.push([response, answer]) > 1) return
      since = now
      setImmediate(sendAll)
    },
  }
}
