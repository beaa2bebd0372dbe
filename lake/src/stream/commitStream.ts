import type {Commit} from '../commit.ts'

/**
 * Commits of one dataset on their way to listeners, live events and schedules. Subscribers are
 * told in the order of the commits, at once, and must not take long: they hold up the writer.
 */
export interface CommitStream {
  publish(commit: Commit): void
  /** @returns A function that ends the subscription. */
  subscribe(subscriber: (commit: Commit) => void): () => void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<(commit: Commit) => void>()
  return {
    publish: (commit) => {
      for (const subscriber of subscribers) subscriber(commit)
    },
    subscribe: (subscriber) => {
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
  }
}
