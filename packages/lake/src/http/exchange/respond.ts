import type {LakeError} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'

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
