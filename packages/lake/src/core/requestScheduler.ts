/**
 * Shares the serving thread's event loop between requests; independent of HTTP. Each request has its
 * own limit, but two hundred that arrive together would all begin in one turn of the event loop, and
 * nothing else would be read or answered until it ended. So a turn has a time limit: when it is used
 * up, the remaining requests wait for the next turns, and new requests come in between.
 */
import {tooManyRequests} from './errors.ts'
import {
  MAX_WAITING_FOR_TURN_BYTES,
  SERVING_THREAD_QUICK_TURN_TIME,
  SERVING_THREAD_TURN_TIME,
} from './limits.ts'

export interface RequestScheduler {
  /**
   * Does the work at once while the turn has time left, else in a later turn, in the order of arrival.
   * Only synchronous work is counted; nested calls count as part of the outer one.
   * @param lane Called only when the work has to wait.
   * @param bytes Memory that the work holds while it waits.
   * @throws 429 when too much is waiting in its lane; and any error of the work.
   */
  schedule<T>(lane: () => Lane, work: () => T | Promise<T>, bytes?: number): T | Promise<T>
  /** Number of requests that wait. */
  readonly waiting: number
}

/**
 * A queue of waiting requests. Those known to be quick go first; the other lanes alternate, so that
 * no client waits behind hundreds of requests of another.
 */
export type Lane = 'quick' | OtherLane

const OTHER_LANES = ['write', 'known', 'anonymous'] as const
type OtherLane = (typeof OTHER_LANES)[number]

export interface RequestSchedulerOptions {
  /** Milliseconds, from any starting point. */
  readonly now: () => number
  /** Calls back in the next turn, after the input that has arrived by then. */
  readonly nextTurn: (callback: () => void) => void
  /** Milliseconds of a turn; `mostQuick` applies to requests that are known to be quick. */
  readonly most: number
  readonly mostQuick: number
  /** Per lane. */
  readonly mostWaitingBytes: number
}

/** Milliseconds; less than this is carried over to the next turn, to save a callback per turn. */
const WORTH_COUNTING = 1

/** Estimated memory of a request without its body. */
const REQUEST_BYTES = 4096

interface Waiting {
  readonly start: () => void
  readonly bytes: number
}

interface Queue {
  waiting: Waiting[]
  /** How many of `waiting` have started. */
  begun: number
  bytes: number
}

const newQueue = (): Queue => ({waiting: [], begun: 0, bytes: 0})

export const createRequestScheduler = ({
  now = () => performance.now(),
  nextTurn = (callback) => void setImmediate(callback),
  most = SERVING_THREAD_TURN_TIME,
  mostQuick = SERVING_THREAD_QUICK_TURN_TIME,
  mostWaitingBytes = MAX_WAITING_FOR_TURN_BYTES,
}: Partial<RequestSchedulerOptions> = {}): RequestScheduler => {
  const queues: Readonly<Record<Lane, Queue>> = {
    quick: newQueue(),
    write: newQueue(),
    known: newQueue(),
    anonymous: newQueue(),
  }
  let waiting = 0
  let spent = 0
  let isWorking = false
  let isTurnScheduled = false
  /** Index of the lane that is next. */
  let turn = 0

  const run = <T>(work: () => T): T => {
    const started = now()
    isWorking = true
    try {
      return work()
    } finally {
      isWorking = false
      spent += now() - started
      if (spent >= WORTH_COUNTING) scheduleTurn()
    }
  }

  const scheduleTurn = (): void => {
    if (isTurnScheduled) return
    isTurnScheduled = true
    nextTurn(takeTurn)
  }

  const take = (lane: Lane): Waiting | undefined => {
    const queue = queues[lane]
    const first = queue.waiting[queue.begun]
    if (first === undefined) return undefined
    queue.begun += 1
    queue.bytes -= first.bytes
    waiting -= 1
    if (queue.begun === queue.waiting.length) Object.assign(queue, newQueue())
    return first
  }

  const takeOther = (): Waiting | undefined => {
    for (let tried = 0; tried < OTHER_LANES.length; tried += 1) {
      const lane = OTHER_LANES[turn] ?? 'known'
      turn = (turn + 1) % OTHER_LANES.length
      const found = take(lane)
      if (found) return found
    }
    return undefined
  }

  const takeTurn = (): void => {
    isTurnScheduled = false
    spent = 0
    for (let next = take('quick'); next; next = spent < most ? take('quick') : undefined) {
      next.start()
    }
    // At least one of the others, however many quick ones there are.
    for (let next = takeOther(); next; next = spent < most ? takeOther() : undefined) next.start()
    if (waiting > 0) scheduleTurn()
  }

  const wait = <T>(lane: Lane, work: () => T | Promise<T>, bytes: number): Promise<T> => {
    const queue = queues[lane]
    if (queue.bytes > 0 && queue.bytes + bytes > mostWaitingBytes) {
      throw tooManyRequests('Too many requests are waiting. Try again in a second.')
    }
    const {promise, resolve, reject} = Promise.withResolvers<T>()
    const start = (): void => {
      try {
        resolve(run(work))
      } catch (error) {
        reject(error)
      }
    }
    queue.waiting.push({start, bytes})
    queue.bytes += bytes
    waiting += 1
    scheduleTurn()
    return promise
  }

  return {
    schedule(laneOf, work, bytes = 0) {
      if (isWorking) return work()
      if (spent < most) return run(work)
      const lane = laneOf()
      const isFull = lane !== 'quick' || spent >= mostQuick || queues.quick.bytes > 0
      return isFull ? wait(lane, work, bytes + REQUEST_BYTES) : run(work)
    },
    get waiting() {
      return waiting
    },
  }
}
