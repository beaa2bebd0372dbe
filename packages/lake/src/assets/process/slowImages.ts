/**
 * Remembers images that took too long: another request for one fails at once, so that a loop of requests
 * costs nothing. The time of unfinished attempts adds up, because a client can go away before the limit
 * each time.
 */
export interface SlowImages {
  /** Whether another attempt would be useless. */
  has(key: string): boolean
  /** @param time Milliseconds that were spent without a result. */
  add(key: string, time: number): void
  /** The image was processed in time. */
  remove(key: string): void
}

interface Attempt {
  spent: number
  /** When to forget it, in milliseconds of the clock. */
  until: number
}

/**
 * @param limit Milliseconds that an image may take.
 * @param memory Milliseconds for which an image is remembered.
 * @param most Maximum number of images; the oldest are forgotten.
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
