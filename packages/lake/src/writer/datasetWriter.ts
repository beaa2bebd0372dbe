/**
 * The writer room applies every write to a dataset, in order of arrival. Quick writes run on the
 * serving thread. Large ones, and those that turn out to take long, run on a writer thread, so that no
 * client can block the others. A dataset in memory, which no other thread can read, has no writer
 * thread. This file is the room's entry.
 */
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {asLakeError} from '../core/errors.ts'
import {parseBody} from '../core/jsonBody.ts'
import {
  MOST_UNTRIED_IMPORTS,
  WRITER_THREAD_IDLE_TIME,
  WRITER_THREAD_YOUNG_MB,
} from '../core/limits.ts'
import {ownModule} from '../core/ownModule.ts'
import {startThread, type Thread} from '../core/thread.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {CommitStream} from '../stream/commitStream.ts'
import {nodeTimer} from '../write/actions/scheduler.ts'
import type {WriteContext} from '../write/transaction/writeContext.ts'
import {areCommitsObserved, publishCommit} from './commitEvents.ts'
import {applyTogether, type QuickWrite} from './quickWrites.ts'
import {closed, failureOf, full, gone, late, threadFailed} from './writeErrors.ts'
import {type RequestLimits, workClock, WRITE_LIMITS, type WriteLimits} from './writeLimits.ts'
import {
  createWriteQueue,
  type QueueClient,
  type Keep,
  type QueueLimits,
  type Work,
} from './writeQueue.ts'
import {
  applyWriteRequest,
  type WriteAnswer,
  type WriteClient,
  type WriteRequest,
  type WriteResult,
} from './writeRequest.ts'
import type {WriterReply, WriterTask, WrittenDataset} from './writerMessages.ts'

export interface DatasetWriter {
  /**
   * Applies a mutate or actions request, and publishes its commits to followers.
   * @param body JSON as sent; parsed on the thread that applies the request.
   * @param client Who waits for the response. The lake's own writes have none, and wait for their
   *   turn as long as necessary.
   * @throws LakeError as `applyMutations` and `applyActions` do; 503 when the dataset is closed
   *   before the request starts, when it waits too long, when too much waits already, or when the
   *   thread fails.
   */
  write(
    request: WriteRequest,
    body: Uint8Array,
    client?: WriteClient,
  ): WriteAnswer | Promise<WriteAnswer>
  /** Runs other work that writes to the dataset, with no other write at the same time. */
  alone<T>(work: Work<T>): T | Promise<T>
  /** Whether a write is running or waiting. */
  readonly isBusy: boolean
  /** Number of waiting writes. */
  readonly waiting: number
  /** Called each time that a write starts to wait. */
  onWaiting: (() => void) | undefined
  /** Requests applied since the dataset was opened, by thread. */
  readonly done: {readonly serving: number; readonly writer: number}
  /** Stops running writes, drops waiting ones; resolves when nothing is written any more. */
  close(): Promise<void>
}

export interface DatasetWriterOptions extends Pick<
  WriteContext,
  'now' | 'newId' | 'existsElsewhere'
> {
  readonly store: DatasetStore
  readonly commits: CommitStream
  readonly projectId: string
  /** See `DatasetOptions`; default true. */
  readonly flushesCommits?: boolean
  /** Names of the project's datasets. */
  readonly datasets: () => readonly string[]
  /** Called with errors that no client caused. */
  readonly onError: (error: unknown) => void
  /** The timer that limits how long requests wait. */
  readonly setTimer?: QueueLimits<unknown>['setTimer']
  /** Overrides of `WRITE_LIMITS`, for tests. */
  readonly limits?: Partial<WriteLimits>
}

/** Milliseconds that a transaction has to finish when the dataset is closed. */
const CLOSING_TIME = 1500

const WRITER_WORKER = ownModule('#writerWorker')

/** Thrown to stop a transaction that has used its time on the serving thread. */
class TakesLong extends Error {}
const tooMuchAtOnce = (): Error => new TakesLong()

type WriterThread = Thread<WriterTask, WriterReply>

export const createDatasetWriter = (options: DatasetWriterOptions): DatasetWriter => {
  const {store, commits, projectId, flushesCommits = true, now, onError} = options
  const limits = {...WRITE_LIMITS, ...options.limits}
  const queue = createWriteQueue<QuickWrite>(
    {closed, gone, late: () => late(limits.patience), full: () => full(limits.waitingBytes)},
    {
      patience: limits.patience,
      mostBytes: limits.waitingBytes,
      setTimer: options.setTimer ?? nodeTimer,
      runTogether: (...turn) => runTogether(...turn),
    },
  )
  const dataset: WrittenDataset | undefined =
    store.file === undefined
      ? undefined
      : {name: store.name, file: store.file, projectId, flushesCommits}
  const done = {serving: 0, writer: 0}
  let thread: WriterThread | undefined
  let idleTimer: NodeJS.Timeout | undefined
  let stop: Int32Array | undefined
  let isClosing = false
  /** How many of the next larger bodies go to the writer thread without a try here. */
  let untried = 0
  /** The value of `untried` after the next body that takes too long here. */
  let detour = 1

  /** Applies a request here. @throws TakesLong after which the dataset is unchanged. */
  const applyHere = (
    request: WriteRequest,
    body: Json,
    {time, ...most}: RequestLimits,
  ): WriteResult => {
    if (dataset && itemsIn(body) > most.mutations) throw new TakesLong()
    const isTimeUp = workClock(time)
    const checkpoint = (): void => {
      if (isTimeUp()) throw new TakesLong()
    }
    let weight = 0
    const weigh = (units: number): void => {
      weight += units
      // The clock is not checked within one document.
      if (weight > most.weight || units > limits.weight) throw new TakesLong()
    }
    try {
      return applyWriteRequest(request, body, {
        ...options,
        ...(dataset && {checkpoint, weigh, isOver: isTimeUp, tooMuchAtOnce}),
      })
    } catch (error) {
      // A query that selects documents throws its own error when the time is up.
      if (dataset && asLakeError(error) && isTimeUp()) throw new TakesLong()
      throw error
    }
  }

  /** Publishes what is committed. */
  const conclude = ({answer, commits: committed}: WriteResult): JsonObject => {
    done.serving += 1
    for (const commit of committed) {
      commits.publish(commit)
      if (!areCommitsObserved()) continue
      const {dataset: to, transactionId, author, timestamp, changes} = commit
      const documents = changes.length
      publishCommit({dataset: to, transactionId, author, timestamp, documents, thread: 'serving'})
    }
    return answer
  }

  const inServingThread = (request: WriteRequest, body: Json, most: RequestLimits): JsonObject =>
    conclude(applyHere(request, body, most))

  /** One that takes long is applied by the writer thread, after those before it. */
  const runTogether: QueueLimits<QuickWrite>['runTogether'] = (next, isAlone, keep) => {
    const tried = applyTogether({
      next,
      isAlone,
      together: store.together,
      time: limits.timeTogether,
      apply: ({request, body, client}) => {
        client.admit?.()
        return applyHere(request, parseBody(body), limits)
      },
      endsTurn: (error) => error instanceof TakesLong,
    })
    let late: Promise<WriteAnswer> | undefined
    for (const one of tried) {
      const {request, body, resolve, reject} = one.write
      try {
        if (one.written) resolve(conclude(one.written))
        else if (one.error instanceof TakesLong && dataset) {
          late = inWriterThread(dataset, request, body, keep)
          resolve(late)
        } else reject(one.error)
      } catch (error) {
        // The other writes still need their answers.
        reject(error)
      }
    }
    return late
  }

  const startOrWake = (on: WrittenDataset): WriterThread => {
    clearTimeout(idleTimer)
    if (thread?.isAlive) return thread
    thread = startThread({
      script: WRITER_WORKER,
      data: on,
      mostMemoryMb: limits.threadMemoryMb,
      youngMemoryMb: WRITER_THREAD_YOUNG_MB,
    })
    return thread
  }

  const rest = (): void => {
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => {
      void thread?.end()
      thread = undefined
    }, WRITER_THREAD_IDLE_TIME)
    idleTimer.unref()
  }

  /** Runs a task that writes. When this resolves, the serving thread sees what was written. */
  const runInThread = async (on: WrittenDataset, task: WriterTask): Promise<WriterReply> => {
    const {revision} = store
    try {
      const reply = await startOrWake(on).run(task)
      store.catchUp()
      return reply
    } catch (error) {
      thread = undefined
      store.catchUp()
      if (isClosing && store.revision === revision) throw closed()
      if (!isClosing) onError(error)
      if (store.revision !== revision) commits.lose()
      throw threadFailed(error, store.revision !== revision)
    }
  }

  /** Publishes events of what the writer thread has committed after this revision. */
  const publishSince = (revision: number): void => {
    for (const {id, author, timestamp, documentIds} of store.history.transactions({
      fromSequence: revision + 1,
    })) {
      publishCommit({
        dataset: store.name,
        transactionId: id,
        author,
        timestamp,
        documents: documentIds.length,
        thread: 'writer',
      })
    }
  }

  const inWriterThread = async (
    on: WrittenDataset,
    request: WriteRequest,
    body: Uint8Array,
    keep: Keep,
  ): Promise<Uint8Array> => {
    stop = new Int32Array(new SharedArrayBuffer(4))
    const {revision} = store
    const reply = await runInThread(on, {
      kind: 'write',
      request,
      body,
      now: now(),
      datasets: options.datasets(),
      unanswered: store.lastEdit.unanswered,
      stop,
    })
    if (reply.kind !== 'written') {
      rest()
      const failure = failureOf(reply)
      store.noteFault(failure)
      throw failure
    }
    done.writer += 1
    store.lastEdit.setUnanswered(reply.unanswered)
    if (areCommitsObserved()) publishSince(revision)
    // The turn lasts until followers have these commits, so that they arrive in order.
    if (reply.hasCommitted) keep(notifyFollowers().catch(onError).finally(rest))
    else rest()
    return reply.answer
  }

  const isImport = ({length}: Uint8Array): boolean =>
    length <= limits.withoutListeners.bytes && !commits.hasListeners

  /** Applies a larger body here, or on the writer thread if recent ones took too long here. */
  const importBatch = async (
    on: WrittenDataset,
    request: WriteRequest,
    body: Uint8Array,
    keep: Keep,
  ): Promise<WriteAnswer> => {
    if (untried > 0) {
      untried -= 1
      return inWriterThread(on, request, body, keep)
    }
    const parsed = parseBody(body)
    await new Promise(setImmediate)
    if (isClosing) throw closed()
    try {
      const answer = inServingThread(request, parsed, limits.withoutListeners)
      detour = 1
      return answer
    } catch (error) {
      if (!(error instanceof TakesLong)) throw error
      untried = detour
      detour = Math.min(2 * detour, MOST_UNTRIED_IMPORTS)
      return inWriterThread(on, request, body, keep)
    }
  }

  const notifyFollowers = (): Promise<void> =>
    commits.publishFrom(async function* (subscriptions) {
      for (
        let task: WriterTask = {kind: 'notify', subscriptions, now: now()};
        ;
        task = {kind: 'nextPortion'}
      ) {
        if (!thread?.isAlive || isClosing) return
        const reply = await thread.run(task, {isWaitedFor: false})
        if (reply.kind !== 'news' || reply.portion.length === 0) return
        yield reply.portion
        // Let other events run before the next portion.
        await new Promise(setImmediate)
      }
    })

  return {
    write(request, body, client) {
      if (dataset && client && body.length <= limits.bytes) {
        const {promise, resolve, reject} = Promise.withResolvers<WriteAnswer>()
        queue.share({request, body, client, resolve, reject}, waiterOf(client, body), reject)
        return promise
      }
      return queue.pass<WriteAnswer>(
        (keep) => {
          client?.admit?.()
          if (dataset === undefined) return inServingThread(request, parseBody(body), limits)
          if (body.length > limits.bytes) {
            const carry = isImport(body) ? importBatch : inWriterThread
            return carry(dataset, request, body, keep)
          }
          try {
            return inServingThread(request, parseBody(body), limits)
          } catch (error) {
            if (!(error instanceof TakesLong)) throw error
            return inWriterThread(dataset, request, body, keep)
          }
        },
        client && waiterOf(client, body),
      )
    },
    alone: (work) => queue.pass(work),
    get isBusy() {
      return queue.isBusy
    },
    get waiting() {
      return queue.waiting
    },
    get onWaiting() {
      return queue.onWaiting
    },
    set onWaiting(callback) {
      queue.onWaiting = callback
    },
    done,
    async close() {
      isClosing = true
      clearTimeout(idleTimer)
      if (stop) Atomics.store(stop, 0, 1)
      // A thread that does not stop in time is ended; SQLite rolls back its transaction.
      const timer = setTimeout(() => void thread?.end(), CLOSING_TIME)
      await queue.close()
      clearTimeout(timer)
      await thread?.end()
      thread = undefined
    },
  }
}

/** Mutations or actions in a body. */
const itemsIn = (body: Json): number => {
  if (!isJsonObject(body)) return 0
  const {mutations, actions} = body
  const items = mutations ?? actions
  return Array.isArray(items) ? items.length : 0
}

/** A getter, because the signal is created on first use, and most requests never need it. */
const waiterOf = (client: WriteClient, {length}: Uint8Array): QueueClient => ({
  get signal() {
    return client.signal
  },
  bytes: length,
})
