import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {
  asLakeError,
  badRequest,
  LakeError,
  temporarilyUnavailable,
  unavailable,
} from '../core/errors.ts'
import {parseBody} from '../core/jsonBody.ts'
import {
  MAX_WAITING_WRITE_BYTES,
  MAX_WRITER_THREAD_MB,
  MOST_UNTRIED_IMPORTS,
  SERVING_THREAD_IMPORT_BYTES,
  SERVING_THREAD_IMPORT_MUTATIONS,
  SERVING_THREAD_IMPORT_TIME,
  SERVING_THREAD_IMPORT_WEIGHT,
  SERVING_THREAD_MUTATIONS,
  SERVING_THREAD_WRITE_BYTES,
  SERVING_THREAD_WRITE_TIME,
  SERVING_THREAD_WRITE_WEIGHT,
  WRITE_PATIENCE,
  WRITER_THREAD_IDLE_TIME,
  WRITER_THREAD_YOUNG_MB,
} from '../core/limits.ts'
import {isOutOfMemory, startThread, type Thread} from '../core/thread.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {sqliteError} from '../store/file/storageFault.ts'
import type {CommitStream} from '../stream/commitStream.ts'
import {nodeTimer} from '../write/actions/scheduler.ts'
import type {WriteContext} from '../write/transaction/context.ts'
import {areCommitsObserved, publishCommit} from './commitEvents.ts'
import {createWriteQueue, type QueueClient, type QueueLimits, type Work} from './writeQueue.ts'
import {carryOut, type WriteRequest} from './writeRequest.ts'
import type {WriterReply, WriterTask, WrittenDataset} from './writerTask.ts'

/**
 * Everything that is written to one dataset passes here, in the order of arrival. What is quick is
 * done at once, in the serving thread. What is large, or turns out to take long, is done by a
 * thread of its own, so that nothing that a client sends keeps the serving thread from the others;
 * a dataset in memory, which no other thread can see, has none, and is written to in one go.
 */
export interface Writes {
  /**
   * Does a mutate or actions request, and tells those who follow the commits.
   * @param body JSON as it was sent, to be parsed where the request is carried out.
   * @param client Who waits for the answer; what the lake writes of its own accord has none, and
   *   waits for its turn as long as it must.
   * @throws LakeError as `applyMutations` and `applyActions` do; 503 when the dataset is closed
   *   before the request begins, when its turn does not come in time or too much waits already, or
   *   when the thread fails.
   */
  write(
    request: WriteRequest,
    body: Uint8Array,
    client?: WriteClient,
  ): WriteAnswer | Promise<WriteAnswer>
  /** Does something else that writes to the dataset, while nobody else does. */
  alone<T>(work: Work<T>): T | Promise<T>
  /** Whether somebody writes, or waits for that. */
  readonly isBusy: boolean
  /** How many wait. */
  readonly waiting: number
  /** Called each time that somebody begins to wait. */
  onWaiting: (() => void) | undefined
  /** Requests done since the dataset was opened, by where. */
  readonly done: {readonly serving: number; readonly writer: number}
  /** Ends what is running, drops what waits, resolves when nothing is written any more. */
  close(): Promise<void>
}

/** Who waits for a write. */
export interface WriteClient {
  /** Aborted when the client goes away: a request that has not begun by then is dropped. */
  readonly signal: AbortSignal
  /** Called when the request's turn comes: throws when the client may not write any more. */
  admit?(): void
}

/** The JSON of the answer, or what is to be written as JSON. */
export type WriteAnswer = JsonObject | Uint8Array

export interface WritesOptions extends Pick<WriteContext, 'now' | 'newId' | 'existsElsewhere'> {
  readonly store: DatasetStore
  readonly commits: CommitStream
  readonly projectId: string
  /** Names of the project's datasets. */
  readonly datasets: () => readonly string[]
  /** Told of failures that no client caused. */
  readonly onError: (error: unknown) => void
  /** Limits how long requests wait. */
  readonly setTimer?: QueueLimits['setTimer']
  /** Other limits than those of `limits.ts`, for tests. */
  readonly limits?: Partial<WriteLimits>
}

/** What the serving thread does itself, and what the writer thread may have. */
export interface WriteLimits extends RequestLimits {
  /** The same for larger bodies, while nobody listens. */
  readonly whileUnheard: RequestLimits
  readonly threadMemoryMb: number
  /** How long, in milliseconds, and with how many bytes together requests may wait for their turn. */
  readonly patience: number
  readonly waitingBytes: number
}

/** How much of one request the serving thread does. */
export interface RequestLimits {
  /** Milliseconds. */
  readonly time: number
  /** Of the body, in bytes. */
  readonly bytes: number
  readonly mutations: number
  /** Of the documents that are read and stored, in units of packages/groq/src/execution/budget.ts. */
  readonly weight: number
}

const LIMITS: WriteLimits = {
  time: SERVING_THREAD_WRITE_TIME,
  bytes: SERVING_THREAD_WRITE_BYTES,
  mutations: SERVING_THREAD_MUTATIONS,
  weight: SERVING_THREAD_WRITE_WEIGHT,
  whileUnheard: {
    time: SERVING_THREAD_IMPORT_TIME,
    bytes: SERVING_THREAD_IMPORT_BYTES,
    mutations: SERVING_THREAD_IMPORT_MUTATIONS,
    weight: SERVING_THREAD_IMPORT_WEIGHT,
  },
  threadMemoryMb: MAX_WRITER_THREAD_MB,
  patience: WRITE_PATIENCE,
  waitingBytes: MAX_WAITING_WRITE_BYTES,
}

/** How long a transaction has to come to an end when the dataset is closed, in milliseconds. */
const CLOSING_TIME = 1500

/** Seconds after which a write that was refused for others may have better luck. */
const RETRY_WRITE_AFTER = 5

/** Thrown through a transaction that has kept the serving thread for long enough. */
class TakesLong extends Error {}
const tooMuchAtOnce = (): Error => new TakesLong()

type WriterThread = Thread<WriterTask, WriterReply>

export const createWrites = (options: WritesOptions): Writes => {
  const {store, commits, projectId, now, onError} = options
  const limits = {...LIMITS, ...options.limits}
  const queue = createWriteQueue(
    {closed, gone, late: () => late(limits.patience), full: () => full(limits.waitingBytes)},
    {
      patience: limits.patience,
      mostBytes: limits.waitingBytes,
      setTimer: options.setTimer ?? nodeTimer,
    },
  )
  const dataset: WrittenDataset | undefined =
    store.file === undefined ? undefined : {name: store.name, file: store.file, projectId}
  const done = {serving: 0, writer: 0}
  let thread: WriterThread | undefined
  let idleTimer: NodeJS.Timeout | undefined
  let stop: Int32Array | undefined
  let isClosing = false
  /** Larger bodies that are to go to the other thread untried. */
  let untried = 0
  /** How many of them there are after the next one that takes long. */
  let detour = 1

  /** @throws TakesLong; the dataset is as it was then. */
  const here = (request: WriteRequest, body: Json, {time, ...most}: RequestLimits): JsonObject => {
    if (dataset && itemsIn(body) > most.mutations) throw new TakesLong()
    const isTimeUp = clockOf(time)
    const checkpoint = (): void => {
      if (isTimeUp()) throw new TakesLong()
    }
    let weight = 0
    const weigh = (units: number): void => {
      weight += units
      // Nobody looks at the clock while one document is dealt with.
      if (weight > most.weight || units > limits.weight) throw new TakesLong()
    }
    try {
      const written = carryOut(request, body, {
        ...options,
        ...(dataset && {checkpoint, weigh, isOver: isTimeUp, tooMuchAtOnce}),
      })
      done.serving += 1
      for (const commit of written.commits) {
        commits.publish(commit)
        if (!areCommitsObserved()) continue
        const {dataset: to, transactionId, author, timestamp, changes} = commit
        const documents = changes.length
        publishCommit({
          dataset: to,
          transactionId,
          author,
          timestamp,
          documents,
          thread: 'serving',
        })
      }
      return written.answer
    } catch (error) {
      // A query that selects documents says so itself.
      if (dataset && asLakeError(error) && isTimeUp()) throw new TakesLong()
      throw error
    }
  }

  const startOrWake = (on: WrittenDataset): WriterThread => {
    clearTimeout(idleTimer)
    if (thread?.isAlive) return thread
    thread = startThread({
      script: './writerWorker',
      base: import.meta,
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

  /** Runs a task that writes. The serving thread sees what it wrote when this resolves. */
  const inThread = async (on: WrittenDataset, task: WriterTask): Promise<WriterReply> => {
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

  const there = async (
    on: WrittenDataset,
    request: WriteRequest,
    body: Uint8Array,
    keep: (until: Promise<unknown>) => void,
  ): Promise<Uint8Array> => {
    stop = new Int32Array(new SharedArrayBuffer(4))
    const {revision} = store
    const reply = await inThread(on, {
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
    // Who writes next is told of later: the turn lasts until everybody has heard of this.
    if (reply.hasCommitted) keep(tell().catch(onError).finally(rest))
    else rest()
    return reply.answer
  }

  const isUnheard = ({length}: Uint8Array): boolean =>
    length <= limits.whileUnheard.bytes && !commits.hasListeners

  /** A larger body, which is here or there only when it is known how long it takes. */
  const large = async (
    on: WrittenDataset,
    request: WriteRequest,
    body: Uint8Array,
    keep: (until: Promise<unknown>) => void,
  ): Promise<WriteAnswer> => {
    if (untried > 0) {
      untried -= 1
      return there(on, request, body, keep)
    }
    const parsed = parseBody(body)
    await new Promise(setImmediate)
    if (isClosing) throw closed()
    try {
      const answer = here(request, parsed, limits.whileUnheard)
      detour = 1
      return answer
    } catch (error) {
      if (!(error instanceof TakesLong)) throw error
      untried = detour
      detour = Math.min(2 * detour, MOST_UNTRIED_IMPORTS)
      return there(on, request, body, keep)
    }
  }

  const tell = (): Promise<void> =>
    commits.publishFrom(async function* (subscriptions) {
      for (
        let task: WriterTask = {kind: 'tell', subscriptions, now: now()};
        ;
        task = {kind: 'goOn'}
      ) {
        if (!thread?.isAlive || isClosing) return
        const reply = await thread.run(task, {isWaitedFor: false})
        if (reply.kind !== 'news' || reply.portion.length === 0) return
        yield reply.portion
        // Others than those who follow come first.
        await new Promise(setImmediate)
      }
    })

  return {
    write(request, body, client) {
      return queue.pass<WriteAnswer>(
        (keep) => {
          client?.admit?.()
          if (dataset === undefined) return here(request, parseBody(body), limits)
          if (body.length > limits.bytes) {
            const carry = isUnheard(body) ? large : there
            return carry(dataset, request, body, keep)
          }
          try {
            return here(request, parseBody(body), limits)
          } catch (error) {
            if (!(error instanceof TakesLong)) throw error
            return there(dataset, request, body, keep)
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
      // One that does not look in time is ended; SQLite takes back what it had begun.
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

/** Of this thread; until Node 22.19 there is only that of the whole process. */
const cpuUsage = process.threadCpuUsage ?? process.cpuUsage

/**
 * Tells whether this thread has worked for so many milliseconds. On a busy machine it may have
 * waited for a processor most of the time, and what is nearly done is not worth beginning anew.
 */
const clockOf = (limit: number): (() => boolean) => {
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

const failureOf = (reply: WriterReply): Error => {
  if (reply.kind === 'stopped') return closed()
  if (reply.kind !== 'error') return new Error(`The writer thread answered with ${reply.kind}`)
  const {status, message, body, headers, cause, resultCode} = reply
  const original = resultCode === undefined ? cause : sqliteError(String(cause), resultCode)
  return new LakeError(status, message, body, headers, original)
}

const closed = (): LakeError =>
  temporarilyUnavailable(
    'The dataset is being closed; nothing was written. Send the request again.',
  )

/** The signal is made when it is looked at, which most requests are spared. */
const waiterOf = (client: WriteClient, {length}: Uint8Array): QueueClient => ({
  get signal() {
    return client.signal
  },
  bytes: length,
})

/*
 * These are 503 and not 429: a Studio sends an edit again after the one, and gives it up after the
 * other.
 */
const late = (patience: number): LakeError =>
  temporarilyUnavailable(
    `Other writes to the dataset have kept this one waiting for more than ${patience / 1000} s; ` +
      'nothing was written. Send the request again, and fewer at once.',
    RETRY_WRITE_AFTER,
  )

const full = (mostBytes: number): LakeError =>
  temporarilyUnavailable(
    `The writes that wait for their turn on the dataset have ${Math.round(mostBytes / 1e6)} MB ` +
      'together; nothing was written. Send the request again, and fewer at once.',
    RETRY_WRITE_AFTER,
  )

const gone = (): LakeError => badRequest('The client went away before its request began.')

const threadFailed = (error: unknown, isWritten: boolean): LakeError => {
  const why = isOutOfMemory(error)
    ? 'The transaction needs too much memory'
    : 'The thread that writes has failed'
  const state = isWritten
    ? 'All of the transaction was written'
    : 'Nothing was written. Send it in smaller parts'
  return unavailable(`${why}. ${state}.`, error)
}
