/**
 * Timer for scheduled releases: publishes them at their time. It must receive every commit, because
 * schedules change with release documents.
 */
import {releaseName} from '../../core/ids.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import type {Subscriber} from '../../stream/subscription.ts'
import {scheduledReleases} from './scheduledReleases.ts'

export interface Scheduler extends Subscriber {
  close(): void
}

export interface SchedulerOptions {
  readonly store: DatasetStore
  /** Milliseconds since 1970. */
  now(): number
  /** Publishes due releases; called when there are some. A returned promise must not reject. */
  publishDue(): void | Promise<void>
  /** Called when the schedule cannot be read; reading is tried again. */
  onError(error: unknown): void
  /** Calls `callback` after `delay` milliseconds. @returns A function that cancels it. */
  setTimer(callback: () => void, delay: number): () => void
}

/** Longest timer in milliseconds, because timers may drift from the system clock. */
const LONGEST_WAIT = 60_000

/** Starts the scheduler, and publishes at once what became due while no lake was running. */
export const startScheduler = ({
  store,
  now,
  publishDue,
  setTimer,
  onError,
}: SchedulerOptions): Scheduler => {
  let cancel: (() => void) | undefined
  let closed = false
  let isPublishing = false

  const wait = (delay: number): void => {
    cancel?.()
    cancel = closed
      ? undefined
      : setTimer(() => orLater(run), Math.min(Math.max(delay, 0), LONGEST_WAIT))
  }

  /** Catches errors, because timers and commits have no caller who could. */
  const orLater = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      onError(error)
      wait(LONGEST_WAIT)
    }
  }

  const plan = (): void => {
    if (isPublishing) return
    const [next] = scheduledReleases(store)
    if (next) return wait(next.publishAt - now())
    cancel?.()
    cancel = undefined
  }

  const run = (): void => {
    const [next] = scheduledReleases(store)
    if (!next || next.publishAt > now()) return plan()
    isPublishing = true
    const publishing = publishDue()
    if (publishing) void publishing.then(() => orLater(() => planAfter(next.name)))
    else planAfter(next.name)
  }

  const planAfter = (published: string): void => {
    isPublishing = false
    if (closed) return
    const [left] = scheduledReleases(store)
    // Still due: trying again at once would fail again.
    if (left?.name === published) wait(LONGEST_WAIT)
    else plan()
  }

  run()
  return {
    onCommit: ({changes}) => {
      if (changes.some(({id}) => releaseName(id) !== undefined)) orLater(plan)
    },
    remote: {subscription: {kind: 'releases'}, notify: () => orLater(plan)},
    onLoss: () => orLater(plan),
    close: () => {
      closed = true
      cancel?.()
    },
  }
}

/** Node's timer, which does not keep the process alive. */
export const nodeTimer = (callback: () => void, delay: number): (() => void) => {
  const timer = setTimeout(callback, delay)
  timer.unref()
  return () => clearTimeout(timer)
}
