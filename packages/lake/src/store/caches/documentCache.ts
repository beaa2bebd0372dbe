/**
 * Caches parsed documents by `_id`, bounded by bytes. Parsing is the most expensive part of reading a
 * document (about 25 µs for 5 KB, against 7 µs for the row).
 *
 * When the cache is full, the oldest entry that was not read since it was last considered is evicted
 * (a full order by use would cost readers more than it saves). A document is then cached only when it
 * is read for the second time: an entry evicted unread only adds work for the garbage collector.
 */
import {createCacheAdmission} from '../../core/cacheAdmission.ts'
import type {StoredDocument} from '../../core/document.ts'

/** A stored document, and whether the drafts perspective hides it. */
export interface Shown {
  readonly document: StoredDocument
  readonly hidden: boolean
}

export interface DocumentCache {
  get(id: string): Shown | undefined
  /**
   * Removes any older entry for the id, and may or may not cache the new document.
   * @param length Characters of the document's JSON.
   */
  set(id: string, shown: Shown, length: number): void
  /**
   * Like `set`, but only while there is room: a scan must not evict what other readers need.
   */
  offer(id: string, shown: Shown, length: number): void
  delete(id: string): void
  clear(): void
  /** Estimated bytes held. */
  readonly bytes: number
  /** All entries by id; for checks. */
  entries(): Iterable<readonly [string, Shown]>
}

/** Measured heap size of a parsed document: about three times its JSON, plus the entry. */
const heapBytes = (length: number): number => 3 * length + 1000

/** How many ids of rejected documents are remembered. */
const MAX_SEEN = 32_768

interface Entry {
  readonly shown: Shown
  readonly bytes: number
  isUsed: boolean
}

export const createDocumentCache = (limit: number): DocumentCache => {
  const seen = createCacheAdmission(MAX_SEEN)
  // A Map iterates in insertion order: deleting and adding an entry makes it the newest.
  const entries = new Map<string, Entry>()
  let total = 0
  const remove = (id: string): void => {
    const entry = entries.get(id)
    if (!entry) return
    total -= entry.bytes
    entries.delete(id)
  }
  const add = (id: string, shown: Shown, bytes: number): void => {
    entries.set(id, {shown, bytes, isUsed: false})
    total += bytes
  }
  const makeRoom = (): void => {
    for (const [id, entry] of entries) {
      if (total <= limit) return
      entries.delete(id)
      if (entry.isUsed) {
        entry.isUsed = false
        entries.set(id, entry)
      } else total -= entry.bytes
    }
  }
  return {
    get(id) {
      const entry = entries.get(id)
      if (!entry) return undefined
      entry.isUsed = true
      return entry.shown
    },
    set(id, shown, length) {
      const isKnown = entries.has(id)
      remove(id)
      const bytes = heapBytes(length)
      if (bytes > limit) return
      if (!isKnown && total + bytes > limit && !seen.seenBefore(id)) return
      add(id, shown, bytes)
      makeRoom()
    },
    offer(id, shown, length) {
      const bytes = heapBytes(length)
      if (total + bytes > limit) return
      remove(id)
      add(id, shown, bytes)
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
      for (const [id, {shown}] of entries) yield [id, shown]
    },
  }
}
