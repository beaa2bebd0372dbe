/**
 * Caches query results as bytes, bounded by size. A result stays valid after commits that do not
 * concern it; that is checked when the result is requested, at most once per revision.
 *
 * A used entry gets a second chance before it is evicted. Once half the space is used, a result is
 * kept when it is computed for the second time: most queries with a parameter never come again.
 */
import {bytesOf, type JsonText} from '@copydesk/groq/engine'

import {createCacheAdmission} from '../core/cacheAdmission.ts'
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
  readonly bytes: number
}

interface Entry {
  readonly result: CachedResult
  readonly bytes: number
  isUsed: boolean
  /** The last revision for which the result is known to be valid. */
  goodAt: number
}

/** How many keys of results computed once are remembered. */
const MAX_SEEN = 8192

/** Approximate size of the objects and strings of an entry. */
const ENTRY_BYTES = 400

export const createResultCache = (limit: number): ResultCache => {
  const seen = createCacheAdmission(MAX_SEEN)
  const entries = new Map<string, Entry>()
  let total = 0
  const remove = (key: string, entry: Entry): void => {
    entries.delete(key)
    total -= entry.bytes
  }
  return {
    get(key, revision, hasChanged) {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (entry.goodAt !== revision) {
        if (hasChanged(entry.result.dependencies, entry.goodAt)) {
          remove(key, entry)
          return undefined
        }
        entry.goodAt = revision
      }
      entry.isUsed = true
      return entry.result
    },
    set(key, revision, result) {
      const old = entries.get(key)
      if (old) remove(key, old)
      else if (total * 2 > limit && !seen.seenBefore(key)) return
      const {types, ids} = result.dependencies
      const json = bytesOf(result.result)
      const bytes =
        json.byteLength + 2 * key.length + 40 * (types.length + ids.length) + ENTRY_BYTES
      if (json.byteLength > MAX_CACHED_ANSWER_BYTES || bytes * 8 > limit) return
      entries.set(key, {result: {...result, result: json}, bytes, isUsed: false, goodAt: revision})
      total += bytes
      for (const [oldestKey, oldest] of entries) {
        if (total <= limit) break
        remove(oldestKey, oldest)
        if (!oldest.isUsed) continue
        oldest.isUsed = false
        entries.set(oldestKey, oldest)
        total += oldest.bytes
      }
    },
    get bytes() {
      return total
    },
  }
}
