/**
 * The commit stream of a dataset: passes commits on to listeners, live events and schedules, in
 * order. Quick subscribers are notified at once. Where many listeners or slow filters take more
 * than a few milliseconds, the rest are notified later, a few milliseconds at a time, so that no
 * writer or request waits for them.
 */
import type {Commit, DocumentChange} from '../core/commit.ts'
import {createCommitQueue} from './commitQueue.ts'
import type {Subscription, CommitNotification, Subscriber} from './subscription.ts'

export interface CommitStream {
  publish(commit: Commit): void
  /**
   * Publishes commits that another thread made and keeps: that thread works out the notifications of
   * each subscription. Resolves when all subscribers are notified.
   * @param notificationsOf Called at once, unless there are no subscribers.
   */
  publishFrom(
    notificationsOf: (
      subscriptions: readonly Subscription[],
    ) => AsyncIterable<readonly CommitNotification[]>,
  ): Promise<void>
  /** Commits were lost that cannot be published any more, so listeners must start from scratch. */
  lose(): void
  /** @returns A function that ends the subscription. */
  subscribe(subscriber: Subscriber): () => void
  /** Whether any subscriber may be slow to notify: see `mayWait`. */
  readonly hasListeners: boolean
  /** Notifies all subscribers that the stream has ended, and removes them. */
  close(): void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<Subscriber>()
  const queue = createCommitQueue(subscribers)

  /** Subscribers by subscription: equal subscriptions get the same notifications. */
  const bySubscription = (): {subscriptions: Subscription[]; audience: Subscriber[][]} => {
    const subscriptions: Subscription[] = []
    const audience: Subscriber[][] = []
    const known = new Map<string, number>()
    for (const subscriber of subscribers) {
      const subscription = subscriber.remote?.subscription ?? WHOLE
      const key = JSON.stringify(subscription)
      const index = known.get(key)
      if (index !== undefined) {
        audience[index]?.push(subscriber)
        continue
      }
      known.set(key, subscriptions.length)
      subscriptions.push(subscription)
      audience.push([subscriber])
    }
    return {subscriptions, audience}
  }

  const lose = (): void => {
    queue.clear()
    for (const {onLoss} of subscribers) onLoss?.()
  }

  /** As `lose`, for the subscribers that wait; the others have been notified already. */
  const loseWaiting = (): void => {
    queue.clear()
    for (const {mayWait, onLoss} of subscribers) if (mayWait) onLoss?.()
  }

  return {
    publish: (commit) => {
      for (const {mayWait, onCommit} of subscribers) if (!mayWait) onCommit(commit)
      if (!queue.add(commit)) loseWaiting()
    },
    async publishFrom(notificationsOf) {
      if (subscribers.size === 0) return
      const {subscriptions, audience} = bySubscription()
      let whole: {head: Omit<Commit, 'changes'>; changes: DocumentChange[]} | undefined
      const notifications = notificationsOf(subscriptions)
      await queue.idle()
      for await (const portion of notifications) {
        for (const {subscription, events, failure, commit, changes, isWhole} of portion) {
          if (commit) whole = {head: commit, changes: []}
          if (changes) whole?.changes.push(...changes)
          for (const subscriber of audience[subscription] ?? []) {
            if (!subscribers.has(subscriber)) continue
            if (events !== undefined) subscriber.remote?.notify(events)
            if (failure !== undefined) subscriber.remote?.fail?.(failure)
            if (isWhole && whole) subscriber.onCommit({...whole.head, changes: whole.changes})
          }
        }
      }
    },
    lose,
    subscribe: (subscriber) => {
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    get hasListeners() {
      for (const {mayWait} of subscribers) if (mayWait) return true
      return false
    },
    close: () => {
      queue.clear()
      for (const {onClose} of subscribers) onClose?.()
      subscribers.clear()
    },
  }
}

const WHOLE: Subscription = {kind: 'commits'}
