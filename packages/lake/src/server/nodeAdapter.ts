/**
 * Adapts the lake to `node:http`: reads requests and writes responses, without building a web
 * `Request` for each query.
 */
import type {IncomingMessage, ServerResponse} from 'node:http'
import {isUint8Array} from 'node:util/types'

import {freeBuffer} from '@copydesk/groq/engine'

import {payloadTooLarge} from '../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import {splitUrl, type UrlParts} from '../http/exchange/requestUrl.ts'
import type {ClientLimits} from './clientLimits.ts'
import type {Bodies} from './receiveBody.ts'
import type {UnreadResponses} from './unreadResponses.ts'

export const fromIncoming = (
  incoming: IncomingMessage,
  response: ServerResponse,
  bodies: Bodies,
): LakeRequest => new NodeRequest(incoming, response, bodies)

/** A class because its getters are lazy: most requests repeat earlier ones and need few of these. */
class NodeRequest implements LakeRequest {
  readonly #incoming: IncomingMessage
  readonly #response: ServerResponse
  readonly #bodies: Bodies
  #parts: UrlParts | undefined
  #controller: AbortController | undefined

  constructor(incoming: IncomingMessage, response: ServerResponse, bodies: Bodies) {
    this.#incoming = incoming
    this.#response = response
    this.#bodies = bodies
  }

  get method(): string {
    return this.#incoming.method ?? 'GET'
  }

  get url(): string {
    return this.#incoming.url ?? '/'
  }

  get address(): string {
    return this.#incoming.socket.remoteAddress ?? ''
  }

  get version(): string {
    return this.#split().version
  }

  get path(): string {
    return this.#split().path
  }

  get search(): string {
    return this.#split().search
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#abortWhenClosed()
    return this.#controller.signal
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name]
    return typeof value === 'string' ? value : value?.join(', ')
  }

  async body(limit: number): Promise<Uint8Array> {
    if (Number(this.#incoming.headers['content-length'] ?? 0) > limit) throw payloadTooLarge(limit)
    return this.#bodies.receive(this.#incoming, limit)
  }

  stream(): AsyncIterable<Uint8Array> {
    return this.#bodies.stream(this.#incoming)
  }

  #split(): UrlParts {
    this.#parts ??= splitUrl(this.url)
    return this.#parts
  }

  #abortWhenClosed(): AbortController {
    const controller = new AbortController()
    const response = this.#response
    // The client may have gone away before the signal was read.
    if (response.destroyed) controller.abort()
    response.once('close', () => {
      if (!response.writableFinished) controller.abort()
    })
    return controller
  }
}

/** Writes a response; a complete body is written at once, a stream as it is read. */
export const send = (
  response: ServerResponse,
  answer: LakeResponse,
  limits: Pick<ClientLimits, 'responseTime' | 'bodyTime'>,
  unread: UnreadResponses,
): void => {
  const {status, headers, body} = answer
  if (body === null || typeof body === 'string' || !(Symbol.asyncIterator in body)) {
    const length = lengthOf(body)
    const needsLength = headers['content-length'] === undefined && status !== 204 && status !== 304
    const complete = needsLength ? {...headers, 'content-length': length} : headers
    const isRefusal = status >= 400 && isStillSending(response.req)
    response.writeHead(status, isRefusal ? {...complete, connection: 'close'} : complete)
    if (response.req.method === 'HEAD' || body === null) response.end()
    else if (typeof body === 'string' || isUint8Array(body)) response.end(body)
    else endWith(response, body)
    limitRest(response, limits)
    unread.add(response)
    return
  }
  response.writeHead(status, headers)
  if (response.req.method === 'HEAD') response.end()
  else void pump(response, body, answer.cut, limits.responseTime)
}

const lengthOf = (body: string | Uint8Array | readonly Uint8Array[] | null): number => {
  if (body === null) return 0
  if (typeof body === 'string' || isUint8Array(body)) return Buffer.byteLength(body)
  return body.reduce((sum, {length}) => sum + length, 0)
}

/** Sends large parts. Their memory is freed when the client has read them, however slow it is. */
const endWith = (response: ServerResponse, parts: readonly Uint8Array[]): void => {
  for (const part of parts) response.write(part)
  response.end(() => parts.forEach(freeBuffer))
}

/** Limits the time for the unread response and the unfinished body of an answered request. */
const limitRest = (
  response: ServerResponse,
  {responseTime, bodyTime}: Pick<ClientLimits, 'responseTime' | 'bodyTime'>,
): void => {
  // Node closes the connection when nothing is read for this time.
  if (response.writableLength > 0) response.setTimeout(responseTime)
  if (!isStillSending(response.req)) return
  const {socket} = response.req
  const late = setTimeout(() => socket.destroy(), bodyTime).unref()
  response.req.once('close', () => clearTimeout(late))
}

/** Whether the body is incomplete. The rest of a refused upload is not read. */
const isStillSending = ({complete, headers}: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || 'content-length' in headers)

/** Writes a stream as fast as the client reads it, and ends it when the client goes away. */
const pump = async (
  response: ServerResponse,
  body: AsyncIterable<string | Uint8Array>,
  cut: AbortSignal | undefined,
  responseTime: number,
): Promise<void> => {
  const chunks = body[Symbol.asyncIterator]()
  response.once('close', () => void chunks.return?.())
  // A client that does not read would keep its socket's buffer in memory.
  cut?.addEventListener('abort', () => {
    if (!response.writableFinished) response.destroy()
  })
  response.flushHeaders()
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      if (response.destroyed) return
      if (response.write(next.value)) continue
      // A client that reads nothing is cut off: an export holds a snapshot of the dataset until then.
      response.setTimeout(responseTime)
      await drained(response)
      response.setTimeout(0)
    }
    response.end()
    if (response.writableLength > 0) response.setTimeout(responseTime)
  } catch {
    // The status is already sent, so the only way to report the failure is to close the connection.
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
