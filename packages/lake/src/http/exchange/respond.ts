import type {LakeError} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/exchange.ts'

/** The few shapes that answers take. */
const JSON_HEADERS = {'content-type': 'application/json; charset=utf-8'} as const

/** @param value Anything that `JSON.stringify` turns into text. */
export const json = (value: object | null, status = 200): LakeResponse => ({
  status,
  headers: JSON_HEADERS,
  body: JSON.stringify(value),
})

/** Text that is JSON already. */
export const rawJson = (body: string | Uint8Array | readonly Uint8Array[]): LakeResponse => ({
  status: 200,
  headers: JSON_HEADERS,
  body,
})

/** One JSON value a line. */
export const ndjson = (body: string | AsyncIterable<string>): LakeResponse => ({
  status: 200,
  headers: {'content-type': 'application/x-ndjson; charset=utf-8'},
  body,
})

/** @param cut Aborted when the stream breaks off. */
export const eventStream = (
  body: AsyncIterable<string | Uint8Array>,
  cut?: AbortSignal,
): LakeResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  },
  body,
  ...(cut && {cut}),
})

/** A stream of one chunk. */
export const once = async function* (chunk: string): AsyncGenerator<string> {
  yield chunk
}

export const redirect = (location: string, status: 302 | 303 | 307): LakeResponse => ({
  status,
  headers: {location, 'cache-control': 'no-store'},
  body: null,
})

export const errorResponse = (error: LakeError): LakeResponse => ({
  status: error.status,
  headers: {...JSON_HEADERS, ...error.headers},
  body: JSON.stringify(error.body),
})
