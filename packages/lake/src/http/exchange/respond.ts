/** Builds the few kinds of responses: JSON, NDJSON, redirects, errors. */
import type {LakeError} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'

const JSON_HEADERS = {'content-type': 'application/json; charset=utf-8'} as const

export const json = (value: object | null, status = 200): LakeResponse => ({
  status,
  headers: JSON_HEADERS,
  body: JSON.stringify(value),
})

/** @param body JSON that is encoded already. */
export const rawJson = (body: string | Uint8Array | readonly Uint8Array[]): LakeResponse => ({
  status: 200,
  headers: JSON_HEADERS,
  body,
})

/** @param body One JSON value per line. */
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
