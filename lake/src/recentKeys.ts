/**
 * Keys met lately, for caches that are full: what comes a second time is worth what it pushes out,
 * and most of what comes once never comes again. Kept in two halves, so that it is bounded and
 * still forgets the oldest first.
 */
export interface RecentKeys {
  /** Whether the key was met before; from now on it was. */
  meet(key: string): boolean
}

/** @param limit Keys that are remembered at the most. */
export const createRecentKeys = (limit: number): RecentKeys => {
  let newer = new Set<string>()
  let older = new Set<string>()
  return {
    meet(key) {
      if (newer.has(key)) return true
      if (newer.size * 2 >= limit) {
        older = newer
        newer = new Set()
      }
      newer.add(key)
      return older.has(key)
    },
  }
}
