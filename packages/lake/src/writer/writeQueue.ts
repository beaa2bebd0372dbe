/**
 * The queue of writes to a dataset, in order of arrival. SQLite lets one connection write at a time
 * and blocks the thread of another one until it is done. The serving thread must not block, so its
 * writes wait here while another thread writes. Quick writes wait for the end of the turn of the
 * event loop besides, so that those that arrive together can share one flush.
 */
export interface WriteQueue<Shared> {
  /**
   * Runs the work when everything before it is done, or now if nothing is running. Work that returns
   * a promise keeps its turn until that promise, and those passed to `keep`, are settled.
   * @param client Who waits for the work. Work without a client waits as long as necessary.
   * @throws An error from `errors` when the work is dropped before it starts.
   */
  pass<T>(work: Work<T>, client?: QueueClient): T | Promise<T>
  /**
   * Adds work that shares its turn with all other such work directly behind it: what arrives in the
   * same turn of the event loop or while something runs. `QueueLimits.runTogether` does it.
   * @param fail Called when the work is dropped before it starts.
   */
  share(work: Shared, client: QueueClient, fail: (error: Error) => void): void
  /** Whether work is running or waiting. */
  readonly isBusy: boolean
  /** Number of waiting writes. */
  readonly waiting: number
  /** Called each time that work starts to wait, so that the running work can finish sooner. */
  onWaiting: (() => void) | undefined
  /** Drops waiting work; resolves when running work is done. */
  close(): Promise<void>
}

export type Work<T> = (keep: Keep) => T | Promise<T>

/** Extends the turn after the work's end, until the promise is settled. */
export type Keep = (until: Promise<unknown>) => void

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

export interface QueueLimits<Shared> {
  /**
   * Does shared work in one turn.
   * @param next Takes the next work out of the queue; what it does not take gets the next turn.
   * @param isAlone Whether there is only one.
   * @returns As `Work` does, a promise if the turn lasts longer.
   */
  readonly runTogether: (next: () => Shared | undefined, isAlone: boolean, keep: Keep) => void
  /** Milliseconds that the work of a client may wait for its turn. */
  readonly patience: number
  /** Limit for all waiting work of clients together. */
  readonly mostBytes: number
  /** Calls `callback` after a time. @returns A function that cancels it. */
  readonly setTimer: (callback: () => void, milliseconds: number) => () => void
}

interface Waiting<Shared> {
  readonly client: QueueClient | undefined
  /** Stops the timer of its patience. */
  stopTimer?: () => void
  readonly shared?: Shared
  start(): void
  drop(error: Error): void
}

export const createWriteQueue = <Shared>(
  errors: QueueErrors,
  limits: QueueLimits<Shared>,
): WriteQueue<Shared> => {
  let queue: Waiting<Shared>[] = []
  let bytesWaiting = 0
  let isTaken = false
  let isClosed = false
  let emptied: PromiseWithResolvers<void> | undefined

  const leave = (): Waiting<Shared> | undefined => {
    const next = queue.shift()
    next?.stopTimer?.()
    if (next) bytesWaiting -= bytesOf(next)
    return next
  }

  /** Drops work whose client has disconnected. */
  const isGone = ({client, drop}: Waiting<Shared>): boolean => {
    if (!client?.signal.aborted) return false
    drop(errors.gone())
    return true
  }

  const passOn = (): void => {
    isTaken = false
    let next = leave()
    while (next && isGone(next)) next = leave()
    if (next === undefined) return emptied?.resolve()
    next.start()
    // Synchronous work is done already. Let other events run before the next write.
    if (!isTaken) passOnSoon()
  }

  const passOnSoon = (): void => {
    isTaken = true
    setImmediate(passOn)
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
  const refuse = (late: Waiting<Shared>): void => {
    const index = queue.indexOf(late)
    if (index < 0) return
    queue.splice(index, 1)
    bytesWaiting -= bytesOf(late)
    late.drop(errors.late())
  }

  const wait = (waiting: Waiting<Shared>): void => {
    const bytes = bytesOf(waiting)
    // A single request may have any permitted size.
    if (bytes > 0 && bytesWaiting > 0 && bytesWaiting + bytes > limits.mostBytes) {
      waiting.drop(errors.full())
      return
    }
    if (waiting.client !== undefined) {
      waiting.stopTimer = limits.setTimer(() => refuse(waiting), limits.patience)
    }
    bytesWaiting += bytes
    queue.push(waiting)
    queueMicrotask(() => api.onWaiting?.())
  }

  const waitFor = <T>(work: Work<T>, client: QueueClient | undefined): Promise<T> => {
    const {promise, resolve, reject} = Promise.withResolvers<T>()
    const start = (): void => {
      try {
        resolve(take(work))
      } catch (error) {
        reject(error)
      }
    }
    wait({client, start, drop: reject})
    return promise
  }

  const isNextShared = (): boolean => queue[0]?.shared !== undefined

  /** Starts with `own`, and goes on with all shared work directly behind it. */
  const startTogether = (own: Shared): void => {
    let isFirst = true
    const next = (): Shared | undefined => {
      if (isFirst) {
        isFirst = false
        return own
      }
      while (isNextShared()) {
        const following = leave()
        if (following && !isGone(following)) return following.shared
      }
      return undefined
    }
    void take((keep) => limits.runTogether(next, !isNextShared(), keep))
  }

  const api: WriteQueue<Shared> = {
    pass(work, client) {
      if (isClosed) throw errors.closed()
      return isTaken ? waitFor(work, client) : take(work)
    },
    share(shared, client, fail) {
      if (isClosed) throw errors.closed()
      wait({client, shared, start: () => startTogether(shared), drop: fail})
      if (!isTaken) passOnSoon()
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
      for (const {drop, stopTimer} of dropped) {
        stopTimer?.()
        drop(errors.closed())
      }
      if (!isTaken) return Promise.resolve()
      emptied ??= Promise.withResolvers()
      return emptied.promise
    },
  }
  return api
}

const bytesOf = ({client}: Waiting<unknown>): number => client?.bytes ?? 0
