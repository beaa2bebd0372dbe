import {bytesOf, type JsonText} from '@copydesk/groq/engine'

import {createCacheAdmission} from '../core/cacheAdmission.ts'
import {MAX_CACHED_ANSWER_BYTES} from '../core/limits.ts'
import type {ChangedWhat} from '../store/history/recentChanges.ts'

/** An answer, with what decides how long it stays true. */
export interface GivenAnswer {
  readonly result: JsonText
  readonly syncTags: readonly string[]
  readonly dependencies: ChangedWhat
}

/** As bytes, which are no burden to the collector. */
export interface KeptAnswer extends GivenAnswer {
  readonly result: Uint8Array
}

/**
 * Answers by what was asked, bounded by bytes; what was asked again gets a second chance. Once half
 * the room is taken, an answer is kept when it is given for the second time: most questions with a
 * parameter never come again. An answer outlives commits that do not concern it: whether one did is
 * asked when the answer is, and at most once for each revision.
 */
export interface Answers {
  /** @param hasChanged Whether the answer may have changed after a revision. */
  get(
    key: string,
    revision: number,
    hasChanged: (dependencies: ChangedWhat, since: number) => boolean,
  ): KeptAnswer | undefined
  set(key: string, revision: number, answer: GivenAnswer): void
  readonly bytes: number
}

interface Entry {
  readonly answer: KeptAnswer
  readonly bytes: number
  isUsed: boolean
  /** The revision at which the answer was last known to be true. */
  goodAt: number
}

/** Questions asked once, as far as they are remembered. */
const MAX_SEEN = 8192

/** Objects and strings around the bytes, roughly. */
const ENTRY_BYTES = 400

export const createAnswers = (limit: number): Answers => {
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
        if (hasChanged(entry.answer.dependencies, entry.goodAt)) {
          remove(key, entry)
          return undefined
        }
        entry.goodAt = revision
      }
      entry.isUsed = true
      return entry.answer
    },
    set(key, revision, answer) {
      const old = entries.get(key)
      if (old) remove(key, old)
      else if (total * 2 > limit && !seen.seenBefore(key)) return
      const {types, ids} = answer.dependencies
      const result = bytesOf(answer.result)
      const bytes =
        result.byteLength + 2 * key.length + 40 * (types.length + ids.length) + ENTRY_BYTES
      if (result.byteLength > MAX_CACHED_ANSWER_BYTES || bytes * 8 > limit) return
      entries.set(key, {answer: {...answer, result}, bytes, isUsed: false, goodAt: revision})
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
