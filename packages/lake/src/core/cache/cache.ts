/**
 * The cache that everything in the lake uses: values by key, bounded by bytes.
 *
 * When it is full, the oldest entry that was not read since it was last considered is evicted. A full
 * order by use would cost readers more than it saves: a hit sets a mark and moves nothing.
 */
import {type FastOption, isFast} from '../fast.ts'
import {type Admission, createAdmission} from './admission.ts'
import {type CacheName, CACHES, isOptional} from './caches.ts'

export interface Cache<Value> {
  get(key: string): Value | undefined
  /**
   * Removes any older entry for the key, and may or may not keep the new one.
   * @param bytes About how much memory the entry takes.
   */
  set(key: string, value: Value, bytes: number): void
  /**
   * Whether `set` would keep the entry. For values that are expensive to make: a full cache refuses
   * most of them.
   */
  admits(key: string, bytes: number): boolean
  /** Like `set`, but only while there is room: for a reader that must not evict anything. */
  offer(key: string, value: Value, bytes: number): void
  delete(key: string): void
  clear(): void
  /** The size of all entries. */
  readonly bytes: number
  entries(): Iterable<readonly [string, Value]>
}

export interface CacheOptions {
  /** Instead of the bound in `CACHES`; 0 keeps nothing. */
  readonly bytes?: number | undefined
  /** Whether an optional cache keeps anything. */
  readonly fast?: FastOption | undefined
  /** Called for each entry that is evicted for others. */
  readonly onEvict?: (key: string) => void
}

interface Entry<Value> {
  readonly value: Value
  readonly bytes: number
  isUsed: boolean
}

/** How many keys that came once are remembered. */
const MAX_SEEN = 16_384

/** @param name In `CACHES`, which has the bound. */
export const createCache = <Value>(name: CacheName, options: CacheOptions = {}): Cache<Value> => {
  const {bytes: usual, forNewKeys} = CACHES[name]
  const {bytes = usual, fast, onEvict} = options
  const limit = isOptional(name) && !isFast(fast, name) ? 0 : bytes
  let admission: Admission | undefined
  const isSeen = (key: string): boolean => (admission ??= createAdmission(MAX_SEEN)).seenBefore(key)
  // A Map iterates in insertion order: deleting and adding an entry makes it the newest.
  const entries = new Map<string, Entry<Value>>()
  let total = 0
  const remove = (key: string): boolean => {
    const entry = entries.get(key)
    if (!entry) return false
    total -= entry.bytes
    return entries.delete(key)
  }
  const add = (key: string, value: Value, bytes: number): void => {
    entries.set(key, {value, bytes, isUsed: false})
    total += bytes
  }
  const makeRoom = (): void => {
    for (const [key, entry] of entries) {
      if (total <= limit) return
      entries.delete(key)
      if (entry.isUsed) {
        entry.isUsed = false
        entries.set(key, entry)
        continue
      }
      total -= entry.bytes
      onEvict?.(key)
    }
  }
  const admits = (key: string, bytes: number): boolean =>
    bytes <= limit && (total + bytes <= limit * forNewKeys || entries.has(key) || isSeen(key))
  return {
    admits,
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      // Writing it each time would cost a tenth of the shortest queries.
      if (!entry.isUsed) entry.isUsed = true
      return entry.value
    },
    set(key, value, bytes) {
      const isAdmitted = admits(key, bytes)
      remove(key)
      if (!isAdmitted) return
      add(key, value, bytes)
      makeRoom()
    },
    offer(key, value, bytes) {
      if (total + bytes > limit) return
      remove(key)
      add(key, value, bytes)
    },
    delete: remove,
    clear() {
      entries.clear()
      total = 0
    },
    get bytes() {
      return total
    },
    *entries() {
      for (const [key, {value}] of entries) yield [key, value]
    },
  }
}
