import type {Commit} from '../core/commit.ts'
import type {Subscriber} from './subscription.ts'

/**
 * The turns of those who may be told of commits later than at once: commit after commit, one
 * subscriber after the other, for a few milliseconds at a time.
 */
export interface CommitQueue {
  /**
   * Tells as many as there is time for now, and the others soon.
   * @returns False when too many commits wait: then listeners hear nothing more of this one.
   */
  add(commit: Commit): boolean
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /** Forgets what waits. */
  clear(): void
}

/** Milliseconds that one turn takes. */
const TURN_TIME = 8

/** Commits that wait for slow filters; beyond it listeners are lost, and begin afresh. */
const MOST_WAITING = 500

/** @param subscribers Those who are told; changed by others, in the order of their coming. */
export const createCommitQueue = (subscribers: Iterable<Subscriber>): CommitQueue => {
  /** Who was there when it was committed: who comes later has not missed it. */
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
