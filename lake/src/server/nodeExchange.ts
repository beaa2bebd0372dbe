import type {IncomingMessage, ServerResponse} from 'node:http'

import {payloadTooLarge} from '../errors.ts'
import type {LakeRequest, LakeResponse} from '../http/exchange.ts'
import {collect} from '../http/fetchAdapter.ts'
import {splitUrl} from '../http/splitUrl.ts'

/** `node:http` in the lake's terms, without building a web `Request` for every query. */
export const fromIncoming = (incoming: IncomingMessage, response: ServerResponse): LakeRequest => {
  let controller: AbortController | undefined
  const {version, path, search} = splitUrl(incoming.url ?? '/')
  return {
    method: incoming.method ?? 'GET',
    version,
    path,
    search,
    header: (name) => {
      const value = incoming.headers[name]
      return typeof value === 'string' ? value : value?.join(', ')
    },
    body: async (limit) => {
      if (Number(incoming.headers['content-length'] ?? 0) > limit) throw payloadTooLarge(limit)
      return collect(incoming, limit)
    },
    stream: () => incoming,
    get signal() {
      if (controller === undefined) {
        const created = new AbortController()
        controller = created
        response.once('close', () => created.abort())
      }
      return controller.signal
    },
  }
}

/** Writes the answer; a body that is there already goes out in one piece. */
export const send = (response: ServerResponse, answer: LakeResponse): void => {
  const {status, headers, body} = answer
  const unread = !response.req.complete
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) {
    const length = body === null ? 0 : Buffer.byteLength(body)
    response.writeHead(status, {
      ...headers,
      ...(headers['content-length'] === undefined &&
        status !== 204 &&
        status !== 304 && {'content-length': length}),
      // What a refused upload still sends is not worth reading.
      ...(unread && {connection: 'close'}),
    })
    if (response.req.method === 'HEAD' || body === null) response.end()
    else response.end(body)
    return
  }
  response.writeHead(status, headers)
  if (response.req.method === 'HEAD') response.end()
  else void pump(response, body)
}

/** Writes a stream as fast as its reader takes it, and lets it go when the reader leaves. */
const pump = async (
  response: ServerResponse,
  body: AsyncIterable<string | Uint8Array>,
): Promise<void> => {
  const chunks = body[Symbol.asyncIterator]()
  response.once('close', () => void chunks.return?.())
  response.flushHeaders()
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      if (response.destroyed) return
      if (!response.write(next.value)) await drained(response)
    }
    response.end()
  } catch {
    // The status is sent already: breaking off is the only way left to say that it failed.
    response.destroy()
  }
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
