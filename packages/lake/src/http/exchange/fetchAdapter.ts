/**
 * Adapts the lake to the web's `Request` and `Response`: for `lake.fetch`, in tests and under
 * other servers.
 */
import {isUint8Array} from 'node:util/types'

import {payloadTooLarge} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import {splitUrl} from './requestUrl.ts'

export const fromFetchRequest = (request: Request): LakeRequest => {
  const {host, pathname, search} = new URL(request.url)
  const stream = async function* (): AsyncGenerator<Uint8Array> {
    if (request.body !== null) yield* request.body
  }
  return {
    method: request.method,
    url: pathname + search,
    ...splitUrl(pathname + search),
    address: '',
    header: (name) => request.headers.get(name) ?? (name === 'host' ? host : undefined),
    body: (limit) => collect(stream(), limit),
    stream,
    signal: request.signal,
  }
}

/** Statuses for which `Response` accepts no body, not even an empty one. */
const BODILESS = new Set([101, 204, 205, 304])

export const toFetchResponse = (
  {status, headers, body}: LakeResponse,
  method: string,
): Response => {
  const bodiless = BODILESS.has(status) || method === 'HEAD'
  return new Response(bodiless ? null : toBodyInit(body), {status, headers})
}

const toBodyInit = (body: LakeResponse['body']): BodyInit | null => {
  if (body === null || typeof body === 'string') return body
  if (isUint8Array(body)) return new Uint8Array(body)
  if (!(Symbol.asyncIterator in body)) return new Uint8Array(Buffer.concat(body))
  const encoder = new TextEncoder()
  const chunks = body[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const {done, value} = await chunks.next()
      if (done === true) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    cancel: async () => {
      await chunks.return?.()
    },
  })
}

/** @throws 413 as soon as there are more than `limit` bytes. */
const collect = async (chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit) throw payloadTooLarge(limit)
    parts.push(chunk)
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size)
}
