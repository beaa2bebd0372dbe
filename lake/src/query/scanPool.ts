import {LakeError, queryCancelled, queryError, tooManyRequests} from '../errors.ts'
import {MAX_SCANS, MAX_WAITING_SCANS, QUERY_TIMEOUT, SCAN_THREAD_IDLE_TIME} from '../limits.ts'
import type {DemandReport} from '../store/demand.ts'
import {isOutOfMemory} from '../thread.ts'
import type {Question} from './runPlan.ts'
import {createScanQueue} from './scanQueue.ts'
import type {ScannedDataset, ScanReply} from './scanTask.ts'
import {type ScanThread, startScanThread} from './scanThread.ts'

/** Threads for what takes long, so that nothing that is quick waits for it. */
export interface ScanPool {
  /**
   * @param expected Milliseconds that it took before, 0 if it never ran: see scanQueue.ts.
   * @param signal Aborted when nobody waits for the answer any more.
   * @throws 400 queryError, 429 when too many wait already.
   */
  query(
    question: Question,
    expected: number,
    signal: AbortSignal | undefined,
  ): Promise<Extract<ScanReply, {kind: 'answer'}>>
  /**
   * Works on indexes for some milliseconds, in turn with those who write.
   * @param demand Called when it begins. @returns Whether more is left to do.
   */
  maintain(demand: () => DemandReport, now: number, turns: WriteTurns): Promise<boolean>
  close(): void
}

/** How maintenance and those who write to a dataset take turns: see `Writes`. */
export interface WriteTurns {
  alone<T>(work: () => Promise<T>): T | Promise<T>
  readonly isBusy: boolean
  onWaiting: (() => void) | undefined
}

/** A thread that has not stopped so many milliseconds after its time limit is ended. */
const GRACE = 5_000

export const createScanPool = (dataset: ScannedDataset): ScanPool => {
  const threads = new Set<ScanThread>()
  const idle: ScanThread[] = []
  const waiting = createScanQueue<(thread: ScanThread) => void>(() => performance.now())
  let idleTimer: NodeJS.Timeout | undefined
  let isClosed = false

  const start = (): ScanThread => {
    const thread = startScanThread(dataset)
    threads.add(thread)
    return thread
  }

  const acquire = (expected: number): ScanThread | Promise<ScanThread> => {
    if (isClosed) throw queryCancelled()
    clearTimeout(idleTimer)
    const rested = idle.pop()
    if (rested?.isAlive) return rested
    if (rested) threads.delete(rested)
    if (threads.size < MAX_SCANS) return start()
    if (waiting.size >= MAX_WAITING_SCANS) {
      throw tooManyRequests('Too many long queries are waiting. Ask again in a moment.')
    }
    return new Promise((resolve) => waiting.add(resolve, expected))
  }

  const release = (thread: ScanThread): void => {
    if (!thread.isAlive) threads.delete(thread)
    if (isClosed) return
    const next = waiting.next()
    if (next) next(thread.isAlive ? thread : start())
    else if (thread.isAlive) rest(thread)
  }

  const rest = (thread: ScanThread): void => {
    idle.push(thread)
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => {
      for (const rested of idle.splice(0)) {
        threads.delete(rested)
        void rested.end()
      }
    }, SCAN_THREAD_IDLE_TIME)
    idleTimer.unref()
  }

  const use = async <Reply>(
    work: (thread: ScanThread) => Reply | Promise<Reply>,
    expected: number,
  ): Promise<Reply> => {
    const thread = await acquire(expected)
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      void thread.end()
    }, QUERY_TIMEOUT + GRACE)
    try {
      return await work(thread)
    } catch (error) {
      if (isLate) throw tooLong()
      if (isClosed) throw queryCancelled()
      throw isOutOfMemory(error) ? tooMuchMemory() : error
    } finally {
      clearTimeout(timer)
      release(thread)
    }
  }

  return {
    async query(question, expected, signal) {
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const onAbort = (): void => void Atomics.store(stop, 0, 1)
      signal?.addEventListener('abort', onAbort)
      try {
        const task = {kind: 'query', question, timeLimit: QUERY_TIMEOUT, stop} as const
        const reply = await use((thread) => {
          if (signal?.aborted) throw queryCancelled()
          return thread.run(task)
        }, expected)
        if (reply.kind === 'answer') return reply
        if (reply.kind === 'error') throw new LakeError(reply.status, reply.message, reply.body)
        throw queryCancelled()
      } finally {
        signal?.removeEventListener('abort', onAbort)
      }
    },
    maintain(demand, now, turns) {
      return use(async (thread) => {
        // It may take long, and others wait for the thread.
        if (turns.isBusy) return true
        const reply = await turns.alone(() => {
          const stop = new Int32Array(new SharedArrayBuffer(4))
          turns.onWaiting = () => void Atomics.store(stop, 0, 1)
          const task = {kind: 'maintain', demand: demand(), now, stop} as const
          return thread.run(task, {isWaitedFor: false}).finally(() => {
            turns.onWaiting = undefined
          })
        })
        return reply.kind === 'maintained' && reply.isUnfinished
      }, 0)
    },
    close() {
      isClosed = true
      clearTimeout(idleTimer)
      for (const thread of threads) void thread.end()
    },
  }
}

const tooLong = (): LakeError =>
  queryError('The query ran for too long. Narrow its filter, or ask for fewer documents.')

const tooMuchMemory = (): LakeError =>
  queryError('The query needs too much memory. Narrow its filter, or slice its result.')
