import {isUint8Array} from 'node:util/types'

import type {ProjectFile} from '../../access/project.ts'
import {createCacheAdmission} from '../../core/cacheAdmission.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_RESPONSE_CACHE_BYTES} from '../../core/limits.ts'

/**
 * The short way for requests that were answered before and whose answer still holds: neither
 * routing nor access nor parsing happens twice. A front end asks the same few queries all day.
 */
export interface ResponseCache {
  find(request: LakeRequest): LakeResponse | undefined
  /** Keeps a response that says how long it holds, from the second time it is given. */
  keep(request: LakeRequest, response: LakeResponse): void
}

interface Kept {
  readonly response: LakeResponse
  /** Tokens and datasets as they were: any change of them may change who may read what. */
  readonly project: unknown
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly addressed: string | undefined
}

/** Requests seen once that are remembered; most queries with a parameter never come again. */
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
        // A small buffer is a part of a large one, which would be kept along with it.
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
