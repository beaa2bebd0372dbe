import type {IncomingMessage, ServerResponse} from 'node:http'

import {giveBack} from '../giveBack.ts'
import type {LakeResponse} from '../http/exchange.ts'
import {send} from './nodeExchange.ts'

/**
 * Requests that arrive in one turn of the event loop are answered one after another at its end, and
 * their answers go out together. Looking for documents and talking to the network are each much
 * code, which finds itself in the processor's caches the second time in a row. And a client that
 * waits sleeps, and waking it costs the writer as much as a quick answer does; so it is woken once
 * for all that it has asked, and is still awake for the rest.
 */
export interface Turns {
  add(incoming: IncomingMessage, response: ServerResponse): void
}

export type AnswerRequest = (
  incoming: IncomingMessage,
  response: ServerResponse,
) => LakeResponse | Promise<LakeResponse>

/** Milliseconds that an answer may wait for others while the turn goes on. */
const PATIENCE = 1

type Letter = readonly [ServerResponse, LakeResponse]

/** @param answer Does not throw. */
export const createTurns = (answer: AnswerRequest): Turns => {
  let arrived: [IncomingMessage, ServerResponse][] = []
  let ready: Letter[] = []
  let large: readonly Letter[] = []

  const sendAll = (): void => {
    for (const letter of large) recycle(letter)
    for (const [response, answered] of ready) send(response, answered)
    large = ready.filter(([, {body}]) => Array.isArray(body))
    ready = []
  }

  const answerAll = (): void => {
    const requests = arrived
    arrived = []
    let since = performance.now()
    for (const [incoming, response] of requests) {
      const answered = answer(incoming, response)
      if (answered instanceof Promise) void answered.then((late) => send(response, late))
      else ready.push([response, answered])
      const now = performance.now()
      if (now - since <= PATIENCE) continue
      since = now
      sendAll()
    }
    sendAll()
  }

  return {
    add(incoming, response) {
      if (arrived.push([incoming, response]) === 1) setImmediate(answerAll)
    },
  }
}

/** What a slow client has not taken by now is left to the collector. */
const recycle = ([response, {body}]: Letter): void => {
  if (Array.isArray(body) && response.writableFinished) for (const part of body) giveBack(part)
}
