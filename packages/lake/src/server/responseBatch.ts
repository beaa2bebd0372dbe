import type {ServerResponse} from 'node:http'

import {freeBuffer} from '@copydesk/groq/engine'

import type {LakeResponse} from '../core/lakeRequest.ts'

/**
 * Answers that are ready in one turn of the event loop go out together at its end. A client that
 * waits sleeps, and waking it costs the writer as much as a quick answer does; so it is woken once
 * for all that it has asked, and is still awake for the rest.
 */
export interface ResponseBatch {
  add(response: ServerResponse, answer: LakeResponse): void
}

/** Milliseconds that an answer may wait for others while the turn goes on. */
const PATIENCE = 1

type Pending = readonly [ServerResponse, LakeResponse]

/** @param send Writes one of them. */
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
      if (waiting.length > 0 && now - since > PATIENCE) sendAll()
      if (waiting.push([response, answer]) > 1) return
      since = now
      setImmediate(sendAll)
    },
  }
}

/** What a slow client has not taken by now is left to the collector. */
const recycle = ([response, {body}]: Pending): void => {
  if (Array.isArray(body) && response.writableFinished) for (const part of body) freeBuffer(part)
}
