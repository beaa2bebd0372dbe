/**
 * Images that could not be worked on in time, for a while: who asks for one again is answered at
 * once, so that a loop of requests costs nothing. Unfinished time adds up, for a client can go away
 * before the limit each time.
 */
export interface SlowImages {
  /** Whether it is of no use to try. */
  has(key: string): boolean
  /** @param time Milliseconds that went into it without a result. */
  add(key: string, time: number): void
  /** It did not take too long after all. */
  remove(key: string): void
}

interface Attempt {
  spent: number
  /** When it is forgotten, in milliseconds of the clock. */
  until: number
}

/**
 * @param limit Milliseconds that an image may take.
 * @param memory Milliseconds for which one is remembered.
 * @param most How many are; the oldest make room.
 */
export const createSlowImages = (
  limit: number,
  memory: number,
  most: number,
  now: () => number,
): SlowImages => {
  const attempts = new Map<string, Attempt>()
  const find = (key: string): Attempt | undefined => {
    const attempt = attempts.get(key)
    if (attempt === undefined || attempt.until > now()) return attempt
    attempts.delete(key)
    return undefined
  }
  return {
    has: (key) => (find(key)?.spent ?? 0) >= limit,
    add: (key, time) => {
      const spent = (find(key)?.spent ?? 0) + time
      attempts.delete(key)
      attempts.set(key, {spent, until: now() + memory})
      for (const oldest of attempts.keys()) {
        if (attempts.size <= most) break
        attempts.delete(oldest)
      }
    },
    remove: (key) => void attempts.delete(key),
  }
}
