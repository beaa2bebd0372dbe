import type {Commit, DocumentChange} from '../core/commit.ts'
import {createCommitQueue} from './commitQueue.ts'
import type {Subscription, CommitNotification, Subscriber} from './subscription.ts'

/**
 * Commits of one dataset on their way to listeners, live events and schedules. Each subscriber is
 * told in the order of the commits: at once, if it takes little. Where there are many listeners, or
 * filters that take long, those whose turn has not come after a few milliseconds are told later, a
 * few milliseconds at a time, so that neither the writer nor anybody's request waits for them.
 */
export interface CommitStream {
  publish(commit: Commit): void
  /**
   * Tells of commits that another thread made and keeps: it works out what each subscription is to
   * hear. Resolves when all have heard.
   * @param notificationsOf Called at once, unless nobody listens.
   */
  publishFrom(
    notificationsOf: (
      subscriptions: readonly Subscription[],
    ) => AsyncIterable<readonly CommitNotification[]>,
  ): Promise<void>
  /** Something was committed that cannot be told any more: whoever listens must start afresh. */
  lose(): void
  /** @returns A function that ends the subscription. */
  subscribe(subscriber: Subscriber): () => void
  /** Whether any subscriber may take long to be told: see `mayWait`. */
  readonly hasListeners: boolean
  /** Tells all subscribers that no more commits follow, and lets them go. */
  close(): void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<Subscriber>()
  const queue = createCommitQueue(subscribers)

  /** Those with the same subscription hear the same. */
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

  /** Those who are told at once have heard of it. */
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
