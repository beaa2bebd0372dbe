/**
 * The queue of commits for slow subscribers: notifies them commit by commit, one subscriber after
 * the other, for a few milliseconds at a time.
 */
import type {Commit} from '../core/commit.ts'
import type {Subscriber} from './subscription.ts'

export interface CommitQueue {
  /**
   * Notifies as many subscribers as there is time for now, and the others soon.
   * @returns False when too many commits wait; then this one is dropped.
   */
  add(commit: Commit): boolean
  /** Resolves when the queue is empty. */
  idle(): Promise<void>
  /** Empties the queue. */
  clear(): void
}

/** Milliseconds of one turn. */
const TURN_TIME = 8

/** Commits that may wait for slow filters; beyond it listeners must start from scratch. */
const MOST_WAITING = 500

/** @param subscribers In order of subscription; the caller adds and removes them. */
export const createCommitQueue = (subscribers: Iterable<Subscriber>): CommitQueue => {
  /** With the subscribers at the time of the commit; later ones start after it. */
  let waiting: {readonly commit: Commit; readonly audience: Subscriber[]}[] = []
  let whenIdle: PromiseWithResolvers<void> | undefined
  let next: NodeJS.Immediate | undefined

  const clear = (): void => {
    waiting = []
    clearImmediate(next)
    next = undefined
    whenIdle?.resolve()
    whenIdle = undefined
  }

  const takeTurn = (): void => {
    next = undefined
    const isThere = new Set(subscribers)
    const end = performance.now() + TURN_TIME
    for (let first = waiting[0]; first; first = waiting[0]) {
      for (let subscriber = first.audience.pop(); subscriber; subscriber = first.audience.pop()) {
        if (isThere.has(subscriber)) subscriber.onCommit(first.commit)
        if (performance.now() <= end) continue
        next = setImmediate(takeTurn)
        return
      }
      waiting.shift()
    }
    clear()
  }

  return {
    add(commit) {
      const audience = [...subscribers].filter(({mayWait}) => mayWait).toReversed()
      if (audience.length === 0) return true
      if (waiting.length >= MOST_WAITING) return false
      waiting.push({commit, audience})
      if (next === undefined) takeTurn()
      return true
    },
    async idle() {
      if (waiting.length === 0) return
      whenIdle ??= Promise.withResolvers()
      await whenIdle.promise
    },
    clear,
  }
}
