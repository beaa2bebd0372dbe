import type {IncomingMessage} from 'node:http'

import {payloadTooLarge, requestTimeout, tooManyRequests} from '../core/errors.ts'
import type {ClientLimits} from './clientLimits.ts'

/**
 * Bodies as they arrive. A client that sends slowly, or stops, is answered with 408 in time, and
 * what all clients have sent so far of bodies that are not whole has a bound.
 */
export interface Bodies {
  /** @throws 413 above `most` bytes, 408 when it takes too long, 429 when too many arrive. */
  receive(incoming: IncomingMessage, most: number): Promise<Uint8Array>
  /** For uploads, which may take as long as they go on. @throws 408 when one does not. */
  stream(incoming: IncomingMessage): AsyncGenerator<Uint8Array>
}

type Limits = Pick<ClientLimits, 'bodyTime' | 'uploadBytes' | 'knownBodyBytes' | 'unknownBodyBytes'>

/** Bytes that have arrived of bodies that are not whole, and how many there may be. */
interface Account {
  held: number
  readonly most: number
}

export const createBodies = (limits: Limits): Bodies => {
  const known: Account = {held: 0, most: limits.knownBodyBytes}
  const unknown: Account = {held: 0, most: limits.unknownBodyBytes}
  return {
    receive: (incoming, most) => {
      // A token that is wrong is refused before anybody reads a body.
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
      // Nothing more is read; the answer to it closes the connection.
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
    // It may have broken off before anybody read: `close` says so, and this keeps it from throwing.
    incoming.on('error', ignore)
    if (incoming.destroyed) leave()
  })

const TOO_MUCH = 'Too many requests are arriving at once.'

const ignore = (): void => {}

/** As Node fails a read whose client went away. */
const gone = (): Error => Object.assign(new Error('The request broke off.'), {code: 'ECONNRESET'})

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
      // Only a client that is waited for can be too slow; the disk may take its time.
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
