import {createRecentKeys} from '../../core/cacheAdmission.ts'
import type {StoredDocument} from '../../core/document.ts'

/** A stored document, and whether the drafts perspective leaves it out. */
export interface Shown {
  readonly document: StoredDocument
  readonly hidden: boolean
}

/**
 * Parsed documents by their own `_id`, bounded by bytes. What was read since it was last considered
 * gets a second chance; of the rest the oldest goes first. (A full order by use would cost every
 * reader more than it saves: most reads are of documents that are here.)
 * Parsing is the dearest part of reading (about 25 µs for 5 KB, against 7 µs for the row). Once it
 * is full, a document comes in when it is read again: one that is dropped unread has cost a place
 * among the old objects, which the collector must look through.
 */
export interface DocumentCache {
  get(id: string): Shown | undefined
  /**
   * What was there under the id is forgotten in any case.
   * @param length Characters of the document's JSON.
   */
  set(id: string, shown: Shown, length: number): void
  /**
   * As `set`, but only while there is room: one scan must not push out what everybody else reads.
   */
  offer(id: string, shown: Shown, length: number): void
  delete(id: string): void
  clear(): void
  /** Estimated bytes held. */
  readonly bytes: number
  /** Everything held, by id; for checks. */
  entries(): Iterable<readonly [string, Shown]>
}

/** Heap of a parsed document, measured: about three times its text, and something for each entry. */
const heapBytes = (length: number): number => 3 * length + 1000

/** Ids of documents that were not let in, as far as they are remembered. */
const MAX_SEEN = 32_768

interface Entry {
  readonly shown: Shown
  readonly bytes: number
  isUsed: boolean
}

export const createDocumentCache = (limit: number): DocumentCache => {
  const seen = createRecentKeys(MAX_SEEN)
  // A Map iterates in insertion order: taking an entry out and putting it in makes it the newest.
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
      if (!isKnown && total + bytes > limit && !seen.meet(id)) return
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
