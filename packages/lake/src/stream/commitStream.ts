import type {Commit, DocumentChange} from '../core/commit.ts'
import {createTurns} from './commitQueue.ts'
import type {Interest, News, Subscriber} from './subscription.ts'

/**
 * Commits of one dataset on their way to listeners, live events and schedules. Each subscriber is
 * told in the order of the commits: at once, if it takes little. Where there are many listeners, or
 * filters that take long, those whose turn has not come after a few milliseconds are told later, a
 * few milliseconds at a time, so that neither the writer nor anybody's request waits for them.
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
  /** Whether any subscriber may take long to be told: see `mayWait`. */
  readonly hasListeners: boolean
  /** Tells all subscribers that no more commits follow, and lets them go. */
  close(): void
}

export const createCommitStream = (): CommitStream => {
  const subscribers = new Set<Subscriber>()
  const turns = createTurns(subscribers)

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

  const lose = (): void => {
    turns.clear()
    for (const {onLoss} of subscribers) onLoss?.()
  }

  /** Those who are told at once have heard of it. */
  const loseWaiting = (): void => {
    turns.clear()
    for (const {mayWait, onLoss} of subscribers) if (mayWait) onLoss?.()
  }

  return {
    publish: (commit) => {
      for (const {mayWait, onCommit} of subscribers) if (!mayWait) onCommit(commit)
      if (!turns.add(commit)) loseWaiting()
    },
    async publishFrom(newsOf) {
      if (subscribers.size === 0) return
      const {interests, audience} = byInterest()
      let whole: {head: Omit<Commit, 'changes'>; changes: DocumentChange[]} | undefined
      const allNews = newsOf(interests)
      await turns.idle()
      for await (const portion of allNews) {
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
      turns.clear()
      for (const {onClose} of subscribers) onClose?.()
      subscribers.clear()
    },
  }
}

const WHOLE: Interest = {kind: 'commits'}
