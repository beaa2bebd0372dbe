/**
 * Receives the bodies of requests. A client that sends slowly or stops gets 408, and the total
 * size of unfinished bodies has a limit.
 */
import type {IncomingMessage} from 'node:http'

import {payloadTooLarge, requestTimeout, tooManyRequests} from '../core/errors.ts'
import type {ClientLimits} from './clientLimits.ts'

export interface Bodies {
  /** @throws 413 above `most` bytes, 408 when it takes too long, 429 when too much is arriving. */
  receive(incoming: IncomingMessage, most: number): Promise<Uint8Array>
  /** For uploads, which may take any time while data arrives. @throws 408 when none arrives. */
  stream(incoming: IncomingMessage): AsyncGenerator<Uint8Array>
}

type Limits = Pick<ClientLimits, 'bodyTime' | 'uploadBytes' | 'knownBodyBytes' | 'unknownBodyBytes'>

/** Bytes of unfinished bodies, and their limit. */
interface Account {
  held: number
  readonly most: number
}

export const createBodies = (limits: Limits): Bodies => {
  const known: Account = {held: 0, most: limits.knownBodyBytes}
  const unknown: Account = {held: 0, most: limits.unknownBodyBytes}
  return {
    receive: (incoming, most) => {
      // A wrong token is rejected before the body is read, so the header is enough here.
      const account = incoming.headers.authorization === undefined ? unknown : known
      return receive(incoming, {most, account, time: limits.bodyTime})
    },
    stream: (incoming) => stream(incoming, limits),
  }
}

interface Receiving {
  readonly most: number
  readonly account: Account
  readonly time: number
}

const receive = (
  incoming: IncomingMessage,
  {most, account, time}: Receiving,
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    let size = 0
    const finish = (): void => {
      clearTimeout(late)
      account.held -= size
      incoming.off('data', take).off('end', end).off('close', leave)
    }
    const fail = (error: Error): void => {
      finish()
      // Nothing more is read; the response closes the connection.
      incoming.pause()
      reject(error)
    }
    const take = (part: Uint8Array): void => {
      size += part.length
      account.held += part.length
      parts.push(part)
      if (size > most) fail(payloadTooLarge(most))
      else if (account.held > account.most) fail(tooManyRequests(TOO_MUCH))
    }
    const end = (): void => {
      finish()
      const [first] = parts
      resolve(parts.length === 1 && first !== undefined ? first : Buffer.concat(parts, size))
    }
    const leave = (): void => fail(gone())
    const late = setTimeout(() => fail(requestTimeout()), time)
    incoming.on('data', take).on('end', end).on('close', leave)
    // Without a listener an `error` would be thrown; `close` reports the aborted request.
    incoming.on('error', ignore)
    if (incoming.destroyed) leave()
  })

const TOO_MUCH = 'Too many request bodies are arriving. Try again in a second.'

const ignore = (): void => {}

/** The error with which Node fails a read when the client went away. */
const gone = (): Error => Object.assign(new Error('The request was aborted.'), {code: 'ECONNRESET'})

async function* stream(
  incoming: IncomingMessage,
  {bodyTime, uploadBytes}: Limits,
): AsyncGenerator<Uint8Array> {
  const parts: AsyncIterator<Uint8Array> = incoming.iterator({destroyOnReturn: false})
  let size = 0
  let giveUp = ignore
  const watch = setInterval(() => {
    if (size < uploadBytes) giveUp()
    size = 0
  }, bodyTime)
  try {
    for (;;) {
      // Only while it waits for the client: a slow disk must not count.
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        giveUp = () => reject(requestTimeout())
        parts.next().then(resolve, reject)
      })
      giveUp = ignore
      if (next.done === true) return
      size += next.value.length
      yield next.value
    }
  } finally {
    clearInterval(watch)
  }
}
