import type {Commit} from '../commit.ts'

/**
 * Commits of one dataset on their way to listeners, live events and schedules. Subscribers are
 * told in the order of the commits, at once, and must not take long: they hold up the writer.
 */
export interface CommitStream {
  publish(commit: Commit): void
  /**
   * Tells all subscribers that what they make of the commits so far may be wrong.
   * @param sequence Of the last commit.
   */
  reset(sequence: number): void
  /** Of the last commit before the last reset: who has heard of none since must be told of it. */
  readonly resetAt: number
  /** @returns A function that ends the subscription. */
  subscribe(subscriber: Subscriber): () => void
  /** Tells all subscribers that no more commits follow, and lets them go. */
  close(): void
}

export interface Subscriber {
  onCommit(commit: Commit): void
  /** Whoever shows documents reads them again. */
  onReset?(): void
  /** The dataset is gone. */
  onClose?(): void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<Subscriber>()
  let resetAt = 0
  return {
    publish: (commit) => {
      for (const {onCommit} of subscribers) onCommit(commit)
    },
    reset: (sequence) => {
      resetAt = sequence
      for (const {onReset} of subscribers) onReset?.()
    },
    get resetAt() {
      return resetAt
    },
    subscribe: (subscriber) => {
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    close: () => {
      for (const {onClose} of subscribers) onClose?.()
      subscribers.clear()
    },
  }
}
