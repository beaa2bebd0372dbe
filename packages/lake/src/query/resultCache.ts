/**
 * Caches query results as bytes. A result stays valid after commits that do not concern it; that is
 * checked when the result is requested, at most once per revision.
 */
import {bytesOf, type JsonText} from '@copydesk/groq/engine'

import {createCache} from '../core/cache/cache.ts'
import type {FastOption} from '../core/fast.ts'
import {MAX_CACHED_ANSWER_BYTES} from '../core/limits.ts'
import type {ChangedWhat} from '../store/history/recentChanges.ts'

/** A result, and what it depends on. */
export interface QueryResult {
  readonly result: JsonText
  readonly syncTags: readonly string[]
  readonly dependencies: ChangedWhat
}

/** Kept as bytes, which cost the garbage collector nothing. */
export interface CachedResult extends QueryResult {
  readonly result: Uint8Array
}

export interface ResultCache {
  /** @param hasChanged Whether a result may have changed after a revision. */
  get(
    key: string,
    revision: number,
    hasChanged: (dependencies: ChangedWhat, since: number) => boolean,
  ): CachedResult | undefined
  set(key: string, revision: number, result: QueryResult): void
}

interface Entry {
  readonly result: CachedResult
  /** The last revision for which the result is known to be valid. */
  goodAt: number
}

/** Approximate size of the objects and strings of an entry. */
const ENTRY_BYTES = 400

export const createResultCache = (fast?: FastOption): ResultCache => {
  const cache = createCache<Entry>('results', {fast})
  return {
    get(key, revision, hasChanged) {
      const entry = cache.get(key)
      if (!entry) return undefined
      if (entry.goodAt !== revision) {
        if (hasChanged(entry.result.dependencies, entry.goodAt)) {
          cache.delete(key)
          return undefined
        }
        entry.goodAt = revision
      }
      return entry.result
    },
    set(key, revision, result) {
      const {types, ids} = result.dependencies
      if (result.result.length > MAX_CACHED_ANSWER_BYTES) return
      const others = 2 * key.length + 40 * (types.length + ids.length) + ENTRY_BYTES
      // A string of this length has at least as many bytes.
      if (!cache.admits(key, result.result.length + others)) return
      const json = bytesOf(result.result)
      if (json.byteLength > MAX_CACHED_ANSWER_BYTES) return
      const entry = {result: {...result, result: json}, goodAt: revision}
      cache.set(key, entry, json.byteLength + others)
    },
  }
}
