import type {Commit} from '../commit.ts'

/**
 * Commits of one dataset on their way to listeners, live events and schedules. Subscribers are
 * told in the order of the commits, at once, and must not take long: they hold up the writer.
 */
export interface CommitStream {
  publish(commit: Commit): void
  /** @returns A function that ends the subscription. */
  subscribe(subscriber: Subscriber): () => void
  /** Tells all subscribers that no more commits follow, and lets them go. */
  close(): void
}

export interface Subscriber {
  onCommit(commit: Commit): void
  /** The dataset is gone. */
  onClose?(): void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<Subscriber>()
  return {
    publish: (commit) => {
      for (const {onCommit} of subscribers) onCommit(commit)
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
