/**
 * Cache admission: a full cache takes a value only when its key is asked for a second time,
 * because most keys never come again.
 *
 * Only a mark is kept of each key, in a table of fixed size, so it costs the garbage collector
 * nothing. A key is forgotten when another one takes its slot. Rarely, one key is mistaken for
 * another, which lets a value into a cache too early.
 */
export interface Admission {
  /** Whether the key was seen recently; marks it as seen. */
  seenBefore(key: string): boolean
}

/** @param slots About how many keys are remembered: a power of two. */
export const createAdmission = (slots: number): Admission => {
  const marks = new Uint32Array(slots)
  return {
    seenBefore(key) {
      const mark = markOf(key)
      const slot = (mark ^ (mark >>> 16)) & (slots - 1)
      if (marks[slot] === mark) return true
      marks[slot] = mark
      return false
    },
  }
}

/** FNV-1a over the UTF-16 code units. 0 stands for an empty slot. */
const markOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0 || 1
}
