/**
 * Runs long queries and index maintenance of one dataset on worker threads, so that quick requests do
 * not wait for them. Starts, reuses and ends the threads, and limits how many queries wait.
 */
import {
  LakeError,
  queryCancelled,
  queryError,
  temporarilyUnavailable,
  unavailable,
} from '../../core/errors.ts'
import {
  MAX_SCANS,
  MAX_SCAN_THREAD_MB,
  MAX_WAITING_ANONYMOUS_SCANS,
  MAX_WAITING_SCANS,
  QUERY_TIMEOUT,
  SCAN_THREAD_IDLE_TIME,
} from '../../core/limits.ts'
import {ownModule} from '../../core/ownModule.ts'
import {isOutOfMemory, startThread, type Thread} from '../../core/thread.ts'
import {sqliteError} from '../../store/file/storageFault.ts'
import type {IndexUsageReport} from '../../store/indexes/indexUsage.ts'
import type {QueryTask} from '../runQueryPlan.ts'
import type {ScannedDataset, ScanReply, ScanTask} from './scanMessages.ts'
import {type CallerKind, createScanTurns} from './scanTurns.ts'

export interface ScanPool {
  /**
   * Runs a query on a thread.
   * @param expected Milliseconds of its last run, 0 if there was none: see scanQueue.ts.
   * @throws LakeError 400 queryError; 429 when too many queries wait; 503 when its turn does not come.
   */
  query(
    task: QueryTask,
    expected: number,
    client: ScanClient,
  ): Promise<Extract<ScanReply, {kind: 'answer'}>>
  /**
   * Does index maintenance for some milliseconds, taking turns with writers.
   * @param indexUsage Called when the work begins. @returns Whether more is left to do.
   */
  maintain(indexUsage: () => IndexUsageReport, now: number, turns: WriteTurns): Promise<boolean>
  /**
   * Waiting and running queries fail with 503.
   * @returns Resolves when the threads have ended.
   */
  close(): Promise<void>
}

/** The sender of a query. */
export interface ScanClient {
  readonly callerKind: CallerKind
  /** Aborted when the client has disconnected. */
  readonly signal: AbortSignal | undefined
}

/** How maintenance and writers take turns: see `DatasetWriter`. */
export interface WriteTurns {
  alone<T>(work: () => Promise<T>): T | Promise<T>
  readonly isBusy: boolean
  onWaiting: (() => void) | undefined
}

type ScanThread = Thread<ScanTask, ScanReply>

const SCAN_WORKER = ownModule('#scanWorker')

/** A thread is ended if it has not stopped this many milliseconds after its time limit. */
const GRACE = 5_000

export const createScanPool = (dataset: ScannedDataset): ScanPool => {
  const threads = new Set<ScanThread>()
  const idle: ScanThread[] = []
  const turns = createScanTurns<(thread: ScanThread) => void>({
    now: () => performance.now(),
    most: MAX_SCANS,
    mostWaiting: {anonymous: MAX_WAITING_ANONYMOUS_SCANS, known: MAX_WAITING_SCANS},
  })
  /** Functions that remove waiting queries. */
  const leaving = new Set<() => void>()
  let idleTimer: NodeJS.Timeout | undefined
  /**
   * The thread that works on the indexes and runs no queries: it holds what it has read of the
   * documents, and scans that follow each other would leave it no time for the index that they lack.
   */
  let maintainer: ScanThread | undefined
  let maintainerTimer: NodeJS.Timeout | undefined
  let isClosed = false

  const start = (): ScanThread => {
    const thread: ScanThread = startThread({
      script: SCAN_WORKER,
      data: dataset,
      mostMemoryMb: MAX_SCAN_THREAD_MB,
    })
    threads.add(thread)
    return thread
  }

  const takeIdle = (): ScanThread | undefined => {
    for (let thread = idle.pop(); thread; thread = idle.pop()) {
      if (thread.isAlive) return thread
      threads.delete(thread)
    }
    return undefined
  }

  const acquire = (expected: number, client: ScanClient): ScanThread | Promise<ScanThread> => {
    if (isClosed) throw closed()
    clearTimeout(idleTimer)
    if (turns.begin(client.callerKind)) return takeIdle() ?? start()
    return wait(expected, client)
  }

  const wait = async (expected: number, {callerKind, signal}: ScanClient): Promise<ScanThread> => {
    const {promise, resolve, reject} = Promise.withResolvers<ScanThread>()
    const leave = turns.wait(callerKind, resolve, expected)
    const goAway = (): void => {
      if (leave()) reject(isClosed ? closed() : queryCancelled())
    }
    const timer = setTimeout(() => {
      if (leave()) reject(tooBusy())
    }, QUERY_TIMEOUT)
    signal?.addEventListener('abort', goAway)
    leaving.add(goAway)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', goAway)
      leaving.delete(goAway)
    }
  }

  const release = (thread: ScanThread, callerKind: CallerKind): void => {
    if (!thread.isAlive) threads.delete(thread)
    const next = turns.end(callerKind)
    if (isClosed) return
    if (thread.isAlive) rest(thread)
    if (!next) return
    clearTimeout(idleTimer)
    next.waiting(takeIdle() ?? start())
  }

  const rest = (thread: ScanThread): void => {
    idle.push(thread)
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => {
      for (const takeIdle of idle.splice(0)) {
        threads.delete(takeIdle)
        void takeIdle.end()
      }
    }, SCAN_THREAD_IDLE_TIME)
    idleTimer.unref()
  }

  const use = async <Reply>(
    work: (thread: ScanThread) => Reply | Promise<Reply>,
    expected: number,
    client: ScanClient,
  ): Promise<Reply> => {
    const thread = await acquire(expected, client)
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      void thread.end()
    }, QUERY_TIMEOUT + GRACE)
    try {
      return await work(thread)
    } catch (error) {
      if (isLate) throw tooLong()
      if (isClosed) throw closed()
      throw isOutOfMemory(error) ? tooMuchMemory() : error
    } finally {
      clearTimeout(timer)
      release(thread, client.callerKind)
    }
  }

  return {
    async query(task, expected, client) {
      const {signal} = client
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const onAbort = (): void => void Atomics.store(stop, 0, 1)
      signal?.addEventListener('abort', onAbort)
      try {
        const message = {kind: 'query', task, timeLimit: QUERY_TIMEOUT, stop} as const
        const reply = await use(
          (thread) => {
            if (signal?.aborted) throw queryCancelled()
            return thread.run(message)
          },
          expected,
          client,
        )
        if (reply.kind === 'answer') return reply
        if (reply.kind === 'error') throw failureOf(reply)
        throw queryCancelled()
      } finally {
        signal?.removeEventListener('abort', onAbort)
      }
    },
    async maintain(indexUsage, now, turns) {
      if (isClosed) throw closed()
      clearTimeout(maintainerTimer)
      const thread = maintainer?.isAlive ? maintainer : start()
      maintainer = thread
      const timer = setTimeout(() => void thread.end(), QUERY_TIMEOUT + GRACE)
      const part = async (mayWrite: boolean, stop: Int32Array) => {
        const message = {kind: 'maintain', indexUsage: indexUsage(), now, mayWrite, stop} as const
        const reply = await thread.run(message, {isWaitedFor: false})
        if (reply.kind === 'error') throw failureOf(reply)
        return reply.kind === 'maintained' ? reply.next : undefined
      }
      try {
        const next = await part(false, new Int32Array(new SharedArrayBuffer(4)))
        // Waiting for the writer may take long.
        if (next !== 'write' || turns.isBusy) return next !== undefined
        const last = await turns.alone(() => {
          const stop = new Int32Array(new SharedArrayBuffer(4))
          turns.onWaiting = () => void Atomics.store(stop, 0, 1)
          return part(true, stop).finally(() => {
            turns.onWaiting = undefined
          })
        })
        return last !== undefined
      } catch (error) {
        throw isClosed ? closed() : error
      } finally {
        clearTimeout(timer)
        if (!thread.isAlive) threads.delete(thread)
        else if (!isClosed) {
          maintainerTimer = setTimeout(() => {
            threads.delete(thread)
            void thread.end()
          }, SCAN_THREAD_IDLE_TIME).unref()
        }
      }
    },
    async close() {
      isClosed = true
      clearTimeout(idleTimer)
      clearTimeout(maintainerTimer)
      for (const goAway of leaving) goAway()
      await Promise.all([...threads].map((thread) => thread.end()))
    },
  }
}

const failureOf = ({
  status,
  message,
  body,
  resultCode,
}: Extract<ScanReply, {kind: 'error'}>): LakeError => {
  const cause = resultCode === undefined ? undefined : sqliteError(message, resultCode)
  return new LakeError(status, message, body, {}, cause)
}

const tooBusy = (): LakeError =>
  unavailable('The lake is busy with other long queries. Try again later.', undefined, 5)

const closed = (): LakeError =>
  temporarilyUnavailable(
    'The dataset was closed or emptied before the query was answered. Try again.',
  )

const tooLong = (): LakeError =>
  queryError('The query ran for too long. Narrow its filter, or request fewer documents.')

const tooMuchMemory = (): LakeError =>
  queryError('The query needs too much memory. Narrow its filter, or slice its result.')
