/**
 * The response cache: answers a repeated request with the earlier response while that is still
 * valid, without routing, access checks or parsing. A front end sends the same few queries all
 * day.
 */
import {isUint8Array} from 'node:util/types'

import type {ProjectFile} from '../../access/project.ts'
import {createCache} from '../../core/cache/cache.ts'
import type {FastOption} from '../../core/fast.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'

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

/** Approximate size of the objects of an entry. */
const ENTRY_BYTES = 600

export const createResponseCache = (project: ProjectFile, fast?: FastOption): ResponseCache => {
  const cache = createCache<Kept>('responses', {fast})

  return {
    find: (request) => {
      const found = cache.get(keyOf(request))
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
      const bytes = body.length + 2 * key.length + ENTRY_BYTES
      if (!cache.admits(key, bytes)) return
      const entry = {
        // A copy, because a small Buffer is part of a larger pool, which would be kept as well.
        response: {...response, body: new Uint8Array(body)},
        project: project.read(),
        host: request.header('host'),
        origin: request.header('origin'),
        addressed: request.header('x-sanity-project-id'),
      }
      cache.set(key, entry, bytes)
    },
  }
}

const keyOf = (request: LakeRequest): string => {
  const authorization = request.header('authorization')
  const key = request.method === 'GET' ? request.url : `${request.method} ${request.url}`
  return authorization === undefined ? key : `${authorization} ${key}`
}
