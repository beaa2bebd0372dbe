import {
  LakeError,
  queryCancelled,
  queryError,
  temporarilyUnavailable,
  unavailable,
} from '../../core/errors.ts'
import {
  MAX_SCANS,
  MAX_WAITING_ANONYMOUS_SCANS,
  MAX_WAITING_SCANS,
  QUERY_TIMEOUT,
  SCAN_THREAD_IDLE_TIME,
} from '../../core/limits.ts'
import {isOutOfMemory} from '../../core/thread.ts'
import {sqliteError} from '../../store/file/storageFault.ts'
import type {IndexUsageReport} from '../../store/indexes/indexUsage.ts'
import type {Question} from '../runPlan.ts'
import type {ScannedDataset, ScanReply} from './scanTask.ts'
import {type ScanThread, startScanThread} from './scanThread.ts'
import {type Asker, createScanTurns} from './scanTurns.ts'

/** Threads for what takes long, so that nothing that is quick waits for it. */
export interface ScanPool {
  /**
   * @param expected Milliseconds that it took before, 0 if it never ran: see scanQueue.ts.
   * @throws 400 queryError, 429 when too many wait already, 503 when its turn does not come.
   */
  query(
    question: Question,
    expected: number,
    client: ScanClient,
  ): Promise<Extract<ScanReply, {kind: 'answer'}>>
  /**
   * Works on indexes for some milliseconds, in turn with those who write.
   * @param demand Called when it begins. @returns Whether more is left to do.
   */
  maintain(demand: () => IndexUsageReport, now: number, turns: WriteTurns): Promise<boolean>
  /**
   * Refuses what waits and what runs with a 503.
   * @returns Resolved when the threads have ended.
   */
  close(): Promise<void>
}

/** Who asks. */
export interface ScanClient {
  readonly asker: Asker
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal | undefined
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
  const turns = createScanTurns<(thread: ScanThread) => void>({
    now: () => performance.now(),
    most: MAX_SCANS,
    mostWaiting: {anonymous: MAX_WAITING_ANONYMOUS_SCANS, known: MAX_WAITING_SCANS},
  })
  /** What makes those who wait go away. */
  const leaving = new Set<() => void>()
  let idleTimer: NodeJS.Timeout | undefined
  let isClosed = false

  const start = (): ScanThread => {
    const thread = startScanThread(dataset)
    threads.add(thread)
    return thread
  }

  const rested = (): ScanThread | undefined => {
    for (let thread = idle.pop(); thread; thread = idle.pop()) {
      if (thread.isAlive) return thread
      threads.delete(thread)
    }
    return undefined
  }

  const acquire = (expected: number, client: ScanClient): ScanThread | Promise<ScanThread> => {
    if (isClosed) throw closed()
    clearTimeout(idleTimer)
    if (turns.begin(client.asker)) return rested() ?? start()
    return wait(expected, client)
  }

  const wait = async (expected: number, {asker, signal}: ScanClient): Promise<ScanThread> => {
    const {promise, resolve, reject} = Promise.withResolvers<ScanThread>()
    const leave = turns.wait(asker, resolve, expected)
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

  const release = (thread: ScanThread, asker: Asker): void => {
    if (!thread.isAlive) threads.delete(thread)
    const next = turns.end(asker)
    if (isClosed) return
    if (thread.isAlive) rest(thread)
    if (!next) return
    clearTimeout(idleTimer)
    next.waiting(rested() ?? start())
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
      release(thread, client.asker)
    }
  }

  return {
    async query(question, expected, client) {
      const {signal} = client
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const onAbort = (): void => void Atomics.store(stop, 0, 1)
      signal?.addEventListener('abort', onAbort)
      try {
        const task = {kind: 'query', question, timeLimit: QUERY_TIMEOUT, stop} as const
        const reply = await use(
          (thread) => {
            if (signal?.aborted) throw queryCancelled()
            return thread.run(task)
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
    maintain(demand, now, turns) {
      return use(
        async (thread) => {
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
          if (reply.kind === 'error') throw failureOf(reply)
          return reply.kind === 'maintained' && reply.isUnfinished
        },
        0,
        {asker: 'known', signal: undefined},
      )
    },
    async close() {
      isClosed = true
      clearTimeout(idleTimer)
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
  unavailable('The lake is busy with other long queries. Ask again in a moment.', undefined, 5)

const closed = (): LakeError =>
  temporarilyUnavailable(
    'The dataset was closed or emptied before the query was answered. Ask again.',
  )

const tooLong = (): LakeError =>
  queryError('The query ran for too long. Narrow its filter, or ask for fewer documents.')

const tooMuchMemory = (): LakeError =>
  queryError('The query needs too much memory. Narrow its filter, or slice its result.')
