import type {Commit, DocumentChange} from '../commit.ts'
import type {Interest, News} from './interest.ts'

/**
 * Commits of one dataset on their way to listeners, live events and schedules. Subscribers are
 * told in the order of the commits, at once, and must not take long: they hold up the writer.
 */
export interface CommitStream {
  publish(commit: Commit): void
  /**
   * Tells of commits that another thread made and keeps: it works out what each interest is to
   * hear. Resolves when all have heard.
   * @param newsOf Called at once, unless nobody listens.
   */
  publishFrom(
    newsOf: (interests: readonly Interest[]) => AsyncIterable<readonly News[]>,
  ): Promise<void>
  /** Something was committed that cannot be told any more: whoever listens must start afresh. */
  lose(): void
  /** @returns A function that ends the subscription. */
  subscribe(subscriber: Subscriber): () => void
  /** Tells all subscribers that no more commits follow, and lets them go. */
  close(): void
}

export interface Subscriber {
  onCommit(commit: Commit): void
  /**
   * What it is to hear of commits of another thread, if not the whole commit: that costs the serving
   * thread the least.
   */
  readonly following?: Following
  /** Some commits will not be told. */
  onLoss?(): void
  /** The dataset is gone. */
  onClose?(): void
}

export interface Following {
  readonly interest: Interest
  /** @param events Encoded server-sent events. */
  hear(events: Uint8Array): void
  /** It cannot be worked out. */
  fail?(reason: string): void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<Subscriber>()

  /** Those with the same interest hear the same. */
  const byInterest = (): {interests: Interest[]; audience: Subscriber[][]} => {
    const interests: Interest[] = []
    const audience: Subscriber[][] = []
    const known = new Map<string, number>()
    for (const subscriber of subscribers) {
      const interest = subscriber.following?.interest ?? WHOLE
      const key = JSON.stringify(interest)
      const index = known.get(key)
      if (index !== undefined) {
        audience[index]?.push(subscriber)
        continue
      }
      known.set(key, interests.length)
      interests.push(interest)
      audience.push([subscriber])
    }
    return {interests, audience}
  }

  return {
    publish: (commit) => {
      for (const {onCommit} of subscribers) onCommit(commit)
    },
    async publishFrom(newsOf) {
      if (subscribers.size === 0) return
      const {interests, audience} = byInterest()
      let whole: {head: Omit<Commit, 'changes'>; changes: DocumentChange[]} | undefined
      for await (const portion of newsOf(interests)) {
        for (const {interest, events, failure, commit, changes, isWhole} of portion) {
          if (commit) whole = {head: commit, changes: []}
          if (changes) whole?.changes.push(...changes)
          for (const subscriber of audience[interest] ?? []) {
            if (!subscribers.has(subscriber)) continue
            if (events !== undefined) subscriber.following?.hear(events)
            if (failure !== undefined) subscriber.following?.fail?.(failure)
            if (isWhole && whole) subscriber.onCommit({...whole.head, changes: whole.changes})
          }
        }
      }
    },
    lose: () => {
      for (const {onLoss} of subscribers) onLoss?.()
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

const WHOLE: Interest = {kind: 'commits'}
