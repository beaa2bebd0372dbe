/**
 * The response cache: answers a repeated request with the earlier response while that is still
 * valid, without routing, access checks or parsing. A front end sends the same few queries all
 * day.
 */
import {isUint8Array} from 'node:util/types'

import type {ProjectFile} from '../../access/project.ts'
import {createCacheAdmission} from '../../core/cacheAdmission.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_RESPONSE_CACHE_BYTES} from '../../core/limits.ts'

export interface ResponseCache {
  find(request: LakeRequest): LakeResponse | undefined
  /** Caches a response that has `isFresh`, from the second request on. */
  keep(request: LakeRequest, response: LakeResponse): void
}

interface Kept {
  readonly response: LakeResponse
  /** The project at the time: any change of tokens or datasets may change who may read what. */
  readonly project: unknown
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly addressed: string | undefined
}

/** Requests that are remembered after the first time; most queries with parameters never come again. */
const MAX_SEEN = 16_384

export const createResponseCache = (project: ProjectFile): ResponseCache => {
  const kept = new Map<string, Kept>()
  const seen = createCacheAdmission(MAX_SEEN)
  let bytes = 0

  return {
    find: (request) => {
      const found = kept.get(keyOf(request))
      if (
        found === undefined ||
        found.project !== project.read() ||
        found.host !== request.header('host') ||
        found.origin !== request.header('origin') ||
        found.addressed !== request.header('x-sanity-project-id') ||
        found.response.isFresh?.() !== true
      ) {
        return undefined
      }
      return found.response
    },
    keep: (request, response) => {
      const {body, isFresh} = response
      if (isFresh === undefined || !isUint8Array(body)) return
      const key = keyOf(request)
      if (!seen.seenBefore(key)) return
      if (bytes > MAX_RESPONSE_CACHE_BYTES) {
        kept.clear()
        bytes = 0
      }
      bytes += body.length + 2 * key.length
      kept.set(key, {
        // A copy, because a small Buffer is part of a larger pool, which would be kept as well.
        response: {...response, body: new Uint8Array(body)},
        project: project.read(),
        host: request.header('host'),
        origin: request.header('origin'),
        addressed: request.header('x-sanity-project-id'),
      })
    },
  }
}

const keyOf = (request: LakeRequest): string => {
  const authorization = request.header('authorization')
  const key = request.method === 'GET' ? request.url : `${request.method} ${request.url}`
  return authorization === undefined ? key : `${authorization} ${key}`
}
