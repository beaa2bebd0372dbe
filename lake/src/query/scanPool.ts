import {Worker} from 'node:worker_threads'

import type {JsonObject} from '../document.ts'
import {LakeError, queryError, tooManyRequests} from '../errors.ts'
import {MAX_SCANS, MAX_SCAN_THREAD_MB, MAX_WAITING_SCANS, QUERY_TIMEOUT} from '../limits.ts'
import type {Miss} from '../store/demand.ts'
import type {Outcome, Question} from './runPlan.ts'

/** Threads for queries that read many documents, so that the others do not wait for them. */
export interface ScanPool {
  /**
   * @param signal Aborted when nobody waits for the answer any more; the promise rejects then.
   * @throws 400 queryError, 429 when too many wait already.
   */
  run(question: Question, signal: AbortSignal | undefined): Promise<ScanAnswer>
  close(): void
}

export interface ScanAnswer {
  readonly outcome: Outcome
  /** Indexes that the thread's reads went without. */
  readonly misses: readonly Miss[]
}

/** What a thread is started with. */
export interface ScanThread {
  readonly name: string
  readonly file: string
}

/** What is sent to a thread: one task at a time. */
export interface ScanTask {
  readonly question: Question
  /** Milliseconds. */
  readonly timeLimit: number
  /** Not zero: stop. Shared, for the thread reads no messages while it works. */
  readonly stop: Int32Array
}

export type ScanReply =
  | ScanAnswer
  | {readonly error: {readonly status: number; readonly message: string; readonly body: JsonObject}}
  | {readonly stopped: true}

interface Job {
  readonly task: ScanTask
  readonly signal: AbortSignal | undefined
  resolve(answer: ScanAnswer): void
  reject(error: unknown): void
}

/** An idle thread is let go after this many milliseconds: it holds tens of megabytes. */
const IDLE_TIME = 20_000
/** A thread that has not stopped by itself so long after its time limit is ended from outside. */
const GRACE = 5_000

export const createScanPool = (thread: ScanThread): ScanPool => {
  const waiting: Job[] = []
  const idle: Runner[] = []
  let running = 0
  let isClosed = false
  const runners = new Set<Runner>()

  const next = (): void => {
    while (running < MAX_SCANS) {
      const job = waiting.shift()
      if (!job) return
      if (job.signal?.aborted) {
        job.reject(cancelled())
        continue
      }
      const runner = idle.pop() ?? startRunner(thread)
      runners.add(runner)
      running += 1
      runner.run(job, (isAlive) => {
        running -= 1
        if (isAlive && !isClosed) rest(runner)
        else runners.delete(runner)
        next()
      })
    }
  }

  const rest = (runner: Runner): void => {
    idle.push(runner)
    runner.endAfter(IDLE_TIME, () => {
      idle.splice(idle.indexOf(runner), 1)
      runners.delete(runner)
    })
  }

  return {
    run: (question, signal) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MAX_WAITING_SCANS) {
          reject(tooManyRequests('Too many long queries are waiting. Ask again in a moment.'))
          return
        }
        const stop = new Int32Array(new SharedArrayBuffer(4))
        const task = {question, timeLimit: QUERY_TIMEOUT, stop}
        waiting.push({task, signal, resolve, reject})
        next()
      }),
    close() {
      isClosed = true
      for (const job of waiting.splice(0)) job.reject(cancelled())
      for (const runner of runners) runner.end()
    },
  }
}

/** One thread and what it is doing. */
interface Runner {
  /** @param whenDone Told whether the thread can take another job. */
  run(job: Job, whenDone: (isAlive: boolean) => void): void
  endAfter(time: number, onEnd: () => void): void
  end(): void
}

const startRunner = (thread: ScanThread): Runner => {
  const worker = new Worker(new URL('./scanWorker.ts', import.meta.url), {
    workerData: thread,
    resourceLimits: {maxOldGenerationSizeMb: MAX_SCAN_THREAD_MB},
  })
  worker.unref()
  let idleTimer: NodeJS.Timeout | undefined
  let current: {job: Job; finish(isAlive: boolean): void} | undefined

  const settle = (reply: ScanReply): void => {
    const job = current?.job
    if (!job) return
    if ('outcome' in reply) job.resolve(reply)
    else if ('stopped' in reply) job.reject(cancelled())
    else job.reject(new LakeError(reply.error.status, reply.error.message, reply.error.body))
    current?.finish(true)
  }

  const fail = (error: unknown): void => {
    current?.job.reject(isOutOfMemory(error) ? tooMuchMemory() : error)
    current?.finish(false)
  }

  worker.on('message', settle)
  worker.on('error', fail)
  worker.on('exit', () => fail(cancelled()))

  return {
    run(job, whenDone) {
      clearTimeout(idleTimer)
      const stop = (): void => void Atomics.store(job.task.stop, 0, 1)
      job.signal?.addEventListener('abort', stop)
      const timer = setTimeout(() => {
        job.reject(tooLong())
        void worker.terminate()
      }, job.task.timeLimit + GRACE)
      timer.unref()
      current = {
        job,
        finish(isAlive) {
          clearTimeout(timer)
          job.signal?.removeEventListener('abort', stop)
          current = undefined
          whenDone(isAlive)
        },
      }
      worker.postMessage(job.task, [])
    },
    endAfter(time, onEnd) {
      idleTimer = setTimeout(() => {
        onEnd()
        void worker.terminate()
      }, time)
      idleTimer.unref()
    },
    end: () => void worker.terminate(),
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

const cancelled = (): LakeError =>
  queryError('The query was cancelled because its client went away.')

const tooLong = (): LakeError =>
  queryError('The query ran for too long. Narrow its filter, or ask for fewer documents.')

const tooMuchMemory = (): LakeError =>
  queryError('The query needs too much memory. Narrow its filter, or slice its result.')
