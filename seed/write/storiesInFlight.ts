/**
 * Writes several stories at once: a lake flushes what arrives together once, and a hosted dataset is
 * far away. A story waits for those that write documents it needs.
 */
export interface StoriesInFlight {
  /**
   * Starts a write as soon as no other one writes what it needs and not too many run.
   * @param needs The ids of all documents of the story, also those that an earlier one writes.
   * @throws The error of the first write that failed; then nothing more is started.
   */
  start(needs: readonly string[], write: () => Promise<void>): Promise<void>
  /** Resolves when all writes are done. @throws As `start` does. */
  finish(): Promise<void>
}

/** @param most How many may run at once. */
export function storiesInFlight(most: number): StoriesInFlight {
  const running = new Map<Promise<void>, readonly string[]>()
  let failure: {readonly error: unknown} | undefined

  const stopIfFailed = (): void => {
    if (failure) throw failure.error
  }

  return {
    async start(needs, write) {
      const ids = new Set(needs)
      const earlier = [...running].filter(([, others]) => others.some((id) => ids.has(id)))
      await Promise.all(earlier.map(([ended]) => ended))
      while (running.size >= most) await Promise.race(running.keys())
      stopIfFailed()
      const ended: Promise<void> = write()
        .catch((error: unknown) => {
          failure ??= {error}
        })
        .then(() => void running.delete(ended))
      running.set(ended, needs)
    },
    async finish() {
      await Promise.all(running.keys())
      stopIfFailed()
    },
  }
}
