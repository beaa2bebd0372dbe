/**
 * Batches responses that are finished in one turn of the event loop, because waking a sleeping
 * client costs as much as a short response. A client is woken once for all of its responses.
 */
import type {ServerResponse} from 'node:http'

import {freeBuffer} from '@copydesk/groq/engine'

import type {LakeResponse} from '../core/lakeRequest.ts'

export interface ResponseBatch {
  add(response: ServerResponse, answer: LakeResponse): void
}

/** Milliseconds that a response may wait for others in the same turn. */
const MAX_WAIT = 1

type Pending = readonly [ServerResponse, LakeResponse]

/** @param send Writes one response. */
export const createResponseBatch = (
  send: (response: ServerResponse, answer: LakeResponse) => void,
): ResponseBatch => {
  let waiting: Pending[] = []
  let large: readonly Pending[] = []
  let since = 0
  const sendAll = (): void => {
    for (const pending of large) recycle(pending)
    const ready = waiting
    waiting = []
    for (const [response, answer] of ready) send(response, answer)
    large = ready.filter(([, {body}]) => Array.isArray(body))
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

/** Buffers that a slow client has not read by now are left to the garbage collector. */
const recycle = ([response, {body}]: Pending): void => {
  if (Array.isArray(body) && response.writableFinished) for (const part of body) freeBuffer(part)
}
