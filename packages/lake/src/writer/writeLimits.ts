/**
 * How much of a write the serving thread does before it hands the write to the writer thread, and how
 * long and how much may wait.
 */
import {
  MAX_WAITING_WRITE_BYTES,
  MAX_WRITER_THREAD_MB,
  SERVING_THREAD_IMPORT_BYTES,
  SERVING_THREAD_IMPORT_MUTATIONS,
  SERVING_THREAD_IMPORT_TIME,
  SERVING_THREAD_IMPORT_WEIGHT,
  SERVING_THREAD_MUTATIONS,
  SERVING_THREAD_TIME_TOGETHER,
  SERVING_THREAD_WRITE_BYTES,
  SERVING_THREAD_WRITE_TIME,
  SERVING_THREAD_WRITE_WEIGHT,
  WRITE_PATIENCE,
} from '../core/limits.ts'

/** What the serving thread does itself, and what the writer thread may use. */
export interface WriteLimits extends RequestLimits {
  /** The same for larger bodies while there are no listeners: imports. */
  readonly withoutListeners: RequestLimits
  /** Milliseconds after which no other quick write is added to those that share a flush. */
  readonly timeTogether: number
  readonly threadMemoryMb: number
  /** Milliseconds that a request may wait, and bytes of all waiting requests together. */
  readonly patience: number
  readonly waitingBytes: number
}

/** How much work of one request the serving thread does. */
export interface RequestLimits {
  /** Milliseconds. */
  readonly time: number
  /** Size of the body. */
  readonly bytes: number
  readonly mutations: number
  /** Cost of the documents read and stored, in units of packages/groq/src/execution/budget.ts. */
  readonly weight: number
}

export const WRITE_LIMITS: WriteLimits = {
  time: SERVING_THREAD_WRITE_TIME,
  bytes: SERVING_THREAD_WRITE_BYTES,
  mutations: SERVING_THREAD_MUTATIONS,
  weight: SERVING_THREAD_WRITE_WEIGHT,
  withoutListeners: {
    time: SERVING_THREAD_IMPORT_TIME,
    bytes: SERVING_THREAD_IMPORT_BYTES,
    mutations: SERVING_THREAD_IMPORT_MUTATIONS,
    weight: SERVING_THREAD_IMPORT_WEIGHT,
  },
  timeTogether: SERVING_THREAD_TIME_TOGETHER,
  threadMemoryMb: MAX_WRITER_THREAD_MB,
  patience: WRITE_PATIENCE,
  waitingBytes: MAX_WAITING_WRITE_BYTES,
}

/** Of this thread; until Node 22.19 there is only that of the whole process. */
const cpuUsage = process.threadCpuUsage ?? process.cpuUsage

/**
 * Returns a function that checks whether this thread has worked for `limit` milliseconds. Counts
 * processor time: on a busy machine a thread mostly waits, and work that is nearly done should not
 * start again from the beginning.
 */
export const workClock = (limit: number): (() => boolean) => {
  const started = cpuUsage()
  let look = performance.now() + limit
  return () => {
    if (performance.now() < look) return false
    const {user, system} = cpuUsage(started)
    const left = limit - (user + system) / 1000
    look = performance.now() + Math.max(left, 0)
    return left <= 0
  }
}
