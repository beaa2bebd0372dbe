import {releaseName} from '../../core/ids.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import type {Subscriber} from '../../stream/subscription.ts'
import {scheduledReleases} from './schedule.ts'

/**
 * Publishes a dataset's scheduled releases at their time. To be told of every commit: schedules
 * change with release documents.
 */
export interface Scheduler extends Subscriber {
  close(): void
}

export interface SchedulerOptions {
  readonly store: DatasetStore
  /** Milliseconds since 1970. */
  now(): number
  /** Publishes what is due; called when something is. A promise is never rejected. */
  publishDue(): void | Promise<void>
  /** Told when the schedule cannot be read; it is tried again. */
  onError(error: unknown): void
  /** Calls back after so many milliseconds. @returns What cancels it. */
  setTimer(callback: () => void, delay: number): () => void
}

/** Timers keep to a clock of their own, which may drift from the day's: look again now and then. */
const LONGEST_WAIT = 60_000

/** Publishes at once what came due while no lake was running. */
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

  /** In a timer or after a commit nobody is there to catch it: what is committed stays so. */
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
    // Still due: it failed in a way that trying again at once would not mend.
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
