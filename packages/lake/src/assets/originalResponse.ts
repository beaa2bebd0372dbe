/** Serves the original bytes of an asset: in full, as a range, or with 304 Not Modified. */
import {createReadStream} from 'node:fs'

import {rangeNotSatisfiable} from '../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import {isNotModified, notModified} from './delivery.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The requested range, both ends included; undefined for the whole file, and for several ranges, which
 * a server may answer with the whole file (RFC 9110, section 14.2).
 * @throws LakeError 416 for a range outside the file.
 */
const readRange = (request: LakeRequest, size: number, etag: string): Range | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.header('range')?.replaceAll(' ', '') ?? '')
  const condition = request.header('if-range')
  if (!match || (condition !== undefined && condition !== etag)) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < start) return undefined
  if (start >= size) throw rangeNotSatisfiable(size)
  return {start, end}
}

/** Opens the file at the first read, so that a client which leaves earlier costs no file handle. */
async function* readFileRange(path: string, {start, end}: Range): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, {start, end})
}

/** @param headers Without length and range. */
export const originalResponse = (
  request: LakeRequest,
  file: {readonly path: string; readonly size: number},
  etag: string,
  headers: LakeResponse['headers'],
): LakeResponse => {
  const base = {...headers, etag, 'accept-ranges': 'bytes'}
  if (isNotModified(request, etag)) return notModified(base)
  const range = request.method === 'HEAD' ? undefined : readRange(request, file.size, etag)
  const whole = {start: 0, end: file.size - 1}
  const {start, end} = range ?? whole
  const partial: LakeResponse['headers'] = range
    ? {'content-range': `bytes ${start}-${end}/${file.size}`}
    : {}
  return {
    status: range ? 206 : 200,
    headers: {...base, ...partial, 'content-length': String(end - start + 1)},
    body: request.method === 'HEAD' ? null : readFileRange(file.path, {start, end}),
  }
}
