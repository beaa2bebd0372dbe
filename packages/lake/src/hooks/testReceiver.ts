/** For tests: a server that receives what webhooks send, and answers as a test says. */
import {once} from 'node:events'
import {createServer, type IncomingHttpHeaders, type ServerResponse} from 'node:http'

import {isJsonObject} from '../core/document.ts'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly received: readonly Received[]
  /** Resolves when there are so many requests. */
  until(count: number): Promise<void>
}

/** @param answer Answers a request; the default is 200 with "thanks". */
export const openReceiver = async (
  answer: (response: ServerResponse, request: Received, index: number) => void = (response) =>
    void response.end('thanks'),
  port = 0,
): Promise<Receiver> => {
  const received: Received[] = []
  const waiting: {readonly count: number; readonly resolve: () => void}[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const {method = '', url: path = '', headers} = request
      const entry = {method, path, headers, body: Buffer.concat(parts).toString()}
      const index = received.push(entry) - 1
      answer(response, entry, index)
      for (const {count, resolve} of waiting) if (received.length >= count) resolve()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    until: (count) => {
      if (received.length >= count) return Promise.resolve()
      const {promise, resolve} = Promise.withResolvers<void>()
      waiting.push({count, resolve})
      return promise
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** The parsed bodies of what was received. */
export const bodiesOf = ({received}: Receiver): unknown[] =>
  received.map(({body}): unknown => JSON.parse(body))

/** The `_id` in each body. */
export const idsIn = (receiver: Receiver): unknown[] =>
  bodiesOf(receiver).map((body) => (isJsonObject(body) ? body['_id'] : body))
