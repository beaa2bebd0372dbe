/**
 * Keys met lately, for caches that are full: what comes a second time is worth what it pushes out,
 * and most of what comes once never comes again. Only a mark is kept of each key, in a table of a
 * fixed size, so that it costs the collector nothing; a key is forgotten when another falls on its
 * place, and now and then one is taken for another, which lets something into a cache too early.
 */
export interface CacheAdmission {
  /** Whether the key was met before; from now on it was. */
  seenBefore(key: string): boolean
}

/** @param places About how many keys are remembered: a power of two. */
export const createCacheAdmission = (places: number): CacheAdmission => {
  const marks = new Uint32Array(places)
  return {
    seenBefore(key) {
      const mark = markOf(key)
      const place = (mark ^ (mark >>> 16)) & (places - 1)
      if (marks[place] === mark) return true
      marks[place] = mark
      return false
    },
  }
}

/** FNV-1a over the UTF-16 units. 0 stands for an empty place. */
const markOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0 || 1
}
