/**
 * Injects faults on purpose (delays, error statuses, broken streams), to test how a client copes
 * with them.
 */
import {setTimeout as wait} from 'node:timers/promises'

import {LakeError} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {errorResponse} from '../exchange/respond.ts'
import type {Handle} from './handle.ts'

/** A fault to inject. */
export interface Fault {
  /** Milliseconds before the request is handled. */
  readonly delay?: number
  /** Status to answer with, instead of handling the request. */
  readonly status?: 408 | 429 | 500 | 502 | 503 | 504
  /** Milliseconds after which an event stream is cut off. */
  readonly dropAfter?: number
}

/** The part of a request that `Faults` gets. */
export interface FaultRequest {
  readonly method: string
  /** Without the version: `/data/query/production`. */
  readonly path: string
  /** The query string, still encoded, without the question mark. */
  readonly search: string
}

/**
 * Chooses the fault of each request; null for none.
 * @example
 * const faults: Faults = ({path}) => (path.startsWith('/data/query') ? {status: 503} : null)
 * const lake = createLake({faults})
 */
export type Faults = (request: FaultRequest) => Fault | null

export const withFaults =
  (handle: Handle, faults: Faults): Handle =>
  async (request, fallback) => {
    const {delay = 0, status, dropAfter} = faults(request) ?? {}
    if (delay > 0) await wait(delay)
    if (status !== undefined) return errorResponse(injected(status))
    const response = await handle(request, fallback)
    return dropAfter === undefined ? response : breakingOff(response, dropAfter)
  }

const injected = (statusCode: number): LakeError => {
  const message = 'This is an injected fault.'
  const headers = statusCode === 429 ? {'retry-after': '0'} : undefined
  return new LakeError(statusCode, message, {statusCode, error: 'Fault', message}, headers)
}

const breakingOff = (response: LakeResponse, after: number): LakeResponse => {
  const {body} = response
  if (body === null || typeof body === 'string' || !(Symbol.asyncIterator in body)) return response
  const chunks = body[Symbol.asyncIterator]()
  const timer = setTimeout(() => void chunks.return?.(), after)
  const broken: AsyncIterator<string | Uint8Array> = {
    next: () => chunks.next(),
    return: async () => {
      clearTimeout(timer)
      await chunks.return?.()
      return {done: true, value: undefined}
    },
  }
  return {...response, body: {[Symbol.asyncIterator]: () => broken}}
}
