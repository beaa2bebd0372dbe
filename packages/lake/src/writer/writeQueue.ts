/**
 * The queue of writes to a dataset, in order of arrival. SQLite lets one connection write at a time
 * and blocks the thread of another one until it is done. The serving thread must not block, so its
 * writes wait here while another thread writes.
 */
export interface WriteQueue {
  /**
   * Runs the work when everything before it is done, or now if nothing is running. Work that returns
   * a promise keeps its turn until that promise, and those passed to `keep`, are settled.
   * @param client Who waits for the work. Work without a client waits as long as necessary.
   * @throws An error from `errors` when the work is dropped before it starts.
   */
  pass<T>(work: Work<T>, client?: QueueClient): T | Promise<T>
  /** Whether work is running or waiting. */
  readonly isBusy: boolean
  /** Number of waiting writes. */
  readonly waiting: number
  /** Called each time that work starts to wait, so that the running work can finish sooner. */
  onWaiting: (() => void) | undefined
  /** Drops waiting work; resolves when running work is done. */
  close(): Promise<void>
}

/** @param keep Extends the turn after the work's end, until the promise is settled. */
export type Work<T> = (keep: (until: Promise<unknown>) => void) => T | Promise<T>

export interface QueueClient {
  /** Aborted when the client disconnects. Work that has not started is then dropped. */
  readonly signal: AbortSignal
  /** Memory that the work needs while it waits. */
  readonly bytes: number
}

export interface QueueErrors {
  /** For work that is dropped because the dataset is closed. */
  closed(): Error
  /** For work whose client has disconnected. */
  gone(): Error
  /** For work that has waited too long. */
  late(): Error
  /** For work that is too large to wait in addition to what waits already. */
  full(): Error
}

export interface QueueLimits {
  /** Milliseconds that the work of a client may wait for its turn. */
  readonly patience: number
  /** Limit for all waiting work of clients together. */
  readonly mostBytes: number
  /** Calls `callback` after a time. @returns A function that cancels it. */
  readonly setTimer: (callback: () => void, milliseconds: number) => () => void
}

interface Waiting {
  readonly bytes: number
  start(): void
  drop(error: Error): void
}

export const createWriteQueue = (errors: QueueErrors, limits: QueueLimits): WriteQueue => {
  let queue: Waiting[] = []
  let bytesWaiting = 0
  let isTaken = false
  let isClosed = false
  let emptied: PromiseWithResolvers<void> | undefined

  const passOn = (): void => {
    isTaken = false
    const first = queue.shift()
    if (first === undefined) return emptied?.resolve()
    bytesWaiting -= first.bytes
    first.start()
  }

  const take = <T>(work: Work<T>): T | Promise<T> => {
    const kept: Promise<unknown>[] = []
    isTaken = true
    let result: T | Promise<T>
    try {
      result = work((until) => void kept.push(until))
    } catch (error) {
      isTaken = false
      throw error
    }
    if (!(result instanceof Promise) && kept.length === 0) {
      isTaken = false
      return result
    }
    void passOnAfter(result, kept)
    return result
  }

  /** Passes the turn on after the work and everything given to `keep` have settled. */
  const passOnAfter = async (result: unknown, kept: readonly Promise<unknown>[]): Promise<void> => {
    await Promise.allSettled([result])
    await Promise.allSettled(kept)
    passOn()
  }

  /** Drops work that has waited too long. */
  const refuse = (late: Waiting): void => {
    const index = queue.indexOf(late)
    if (index < 0) return
    queue.splice(index, 1)
    bytesWaiting -= late.bytes
    late.drop(errors.late())
  }

  const wait = <T>(work: Work<T>, client: QueueClient | undefined): Promise<T> => {
    const bytes = client?.bytes ?? 0
    // A single request may have any permitted size.
    if (bytes > 0 && bytesWaiting > 0 && bytesWaiting + bytes > limits.mostBytes)
      return Promise.reject(errors.full())
    const {promise, resolve, reject} = Promise.withResolvers<T>()
    let stopTimer: (() => void) | undefined
    const waiting: Waiting = {
      bytes,
      start: () => {
        stopTimer?.()
        if (client?.signal.aborted) {
          reject(errors.gone())
          passOn()
          return
        }
        try {
          resolve(take(work))
        } catch (error) {
          reject(error)
        }
        // Synchronous work is done already. Let other events run before the next write.
        if (!isTaken) {
          isTaken = true
          setImmediate(passOn)
        }
      },
      drop: (error) => {
        stopTimer?.()
        reject(error)
      },
    }
    if (client !== undefined) stopTimer = limits.setTimer(() => refuse(waiting), limits.patience)
    bytesWaiting += bytes
    queue.push(waiting)
    queueMicrotask(() => api.onWaiting?.())
    return promise
  }

  const api: WriteQueue = {
    pass(work, client) {
      if (isClosed) throw errors.closed()
      return isTaken ? wait(work, client) : take(work)
    },
    get isBusy() {
      return isTaken
    },
    get waiting() {
      return queue.length
    },
    onWaiting: undefined,
    close() {
      isClosed = true
      const dropped = queue
      queue = []
      bytesWaiting = 0
      for (const {drop} of dropped) drop(errors.closed())
      if (!isTaken) return Promise.resolve()
      emptied ??= Promise.withResolvers()
      return emptied.promise
    },
  }
  return api
}
