/**
 * Whose turn it is to write to a dataset. SQLite lets one connection write at a time, and makes
 * another one wait for it without returning. The serving thread must not wait so: what it wants to
 * write while another thread writes is put here, in the order of arrival.
 */
export interface WriteQueue {
  /**
   * Does the work when everything that came before it is done: at once where nobody writes. Work
   * that returns a promise keeps the turn until that is settled, and what it gave to `keep`, too.
   * @param client Who waits for the work. Without one it waits as long as it must.
   * @throws What `errors` makes, when the work is dropped before it begins: nothing is done then.
   */
  pass<T>(work: Work<T>, client?: QueueClient): T | Promise<T>
  /** Whether somebody has the turn, or waits for it. */
  readonly isBusy: boolean
  /** How many wait. */
  readonly waiting: number
  /** Called each time that somebody begins to wait; whoever has the turn may hurry. */
  onWaiting: (() => void) | undefined
  /** Drops what waits; resolves when what has begun is done. */
  close(): Promise<void>
}

/** @param keep Keeps the turn beyond the work's own end, until the promise is settled. */
export type Work<T> = (keep: (until: Promise<unknown>) => void) => T | Promise<T>

export interface QueueClient {
  /** Aborted when nobody waits for the work any more: it is dropped then, unless it has begun. */
  readonly signal: AbortSignal
  /** What the work keeps in memory while it waits. */
  readonly bytes: number
}

export interface QueueErrors {
  /** For work that is dropped because the dataset is closed. */
  closed(): Error
  /** For work whose client has gone. */
  gone(): Error
  /** For work whose turn has not come in time. */
  late(): Error
  /** For work that is too large to wait beside what waits already. */
  full(): Error
}

export interface QueueLimits {
  /** Milliseconds that the work of a client may wait for its turn. */
  readonly patience: number
  /** Of all the work of clients that waits. */
  readonly mostBytes: number
  /** Calls back after so many milliseconds, unless what it returns is called before. */
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

  /** After all of it, however it ends, what was kept while the work went on included. */
  const passOnAfter = async (result: unknown, kept: readonly Promise<unknown>[]): Promise<void> => {
    await Promise.allSettled([result])
    await Promise.allSettled(kept)
    passOn()
  }

  /** Takes out one whose turn does not come in time. */
  const refuse = (late: Waiting): void => {
    const index = queue.indexOf(late)
    if (index < 0) return
    queue.splice(index, 1)
    bytesWaiting -= late.bytes
    late.drop(errors.late())
  }

  const wait = <T>(work: Work<T>, client: QueueClient | undefined): Promise<T> => {
    const bytes = client?.bytes ?? 0
    // One alone may be of any size that a request may have.
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
        // What was quick has given the turn back. Others than writers come first, once.
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
