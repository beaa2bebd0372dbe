import {tooManyRequests} from './errors.ts'
import {
  MAX_WAITING_FOR_TURN_BYTES,
  SERVING_THREAD_QUICK_TURN_TIME,
  SERVING_THREAD_TURN_TIME,
} from './limits.ts'

/**
 * What requests may take together of one turn of the serving thread's event loop. Each of them has a
 * limit of its own, but two hundred that arrive at once are all begun in one turn, and nothing else
 * is read or answered before it ends. So when a turn has had enough, the rest waits for the next
 * ones, and whatever else has arrived comes in between.
 */
export interface RequestScheduler {
  /**
   * Does the work: at once while the turn has time left, else in a later turn, in the order of
   * arrival. Only what it does before it returns is counted; work within other work belongs to that.
   * @param lane Asked only when the turn has had enough.
   * @param bytes What the work holds in memory while it waits.
   * @throws 429 when too much waits in its lane; and whatever the work throws.
   */
  schedule<T>(lane: () => Lane, work: () => T | Promise<T>, bytes?: number): T | Promise<T>
  /** How many wait. */
  readonly waiting: number
}

/**
 * Who waits with whom: what is known to be quick comes first, and the others take turns, so that
 * nobody waits behind what others send by the hundred.
 */
export type Lane = 'quick' | OtherLane

const OTHER_LANES = ['write', 'known', 'anonymous'] as const
type OtherLane = (typeof OTHER_LANES)[number]

export interface RequestSchedulerOptions {
  /** Milliseconds, from wherever. */
  readonly now: () => number
  /** Calls back in the next turn, after what has arrived until then. */
  readonly soon: (callback: () => void) => void
  /** Milliseconds of a turn; `quick` is for work that is known to be quick. */
  readonly most: number
  readonly mostQuick: number
  /** In each lane. */
  readonly mostWaitingBytes: number
}

/** What little the turns have taken together is not worth counting turn by turn. */
const WORTH_COUNTING = 1

/** What a request holds beside its body. */
const REQUEST_BYTES = 4096

interface Waiting {
  readonly start: () => void
  readonly bytes: number
}

interface Queue {
  waiting: Waiting[]
  /** How many of `waiting` have begun. */
  begun: number
  bytes: number
}

const newQueue = (): Queue => ({waiting: [], begun: 0, bytes: 0})

export const createRequestScheduler = ({
  now = () => performance.now(),
  soon = (callback) => void setImmediate(callback),
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
  let isInside = false
  let isNextComing = false
  /** Which of the other lanes is next. */
  let turn = 0

  const run = <T>(work: () => T): T => {
    const started = now()
    isInside = true
    try {
      return work()
    } finally {
      isInside = false
      spent += now() - started
      if (spent >= WORTH_COUNTING) comeAgain()
    }
  }

  const comeAgain = (): void => {
    if (isNextComing) return
    isNextComing = true
    soon(takeTurn)
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
    isNextComing = false
    spent = 0
    for (let next = take('quick'); next; next = spent < most ? take('quick') : undefined) {
      next.start()
    }
    // One of the others at least, however many quick ones there are.
    for (let next = takeOther(); next; next = spent < most ? takeOther() : undefined) next.start()
    if (waiting > 0) comeAgain()
  }

  const wait = <T>(lane: Lane, work: () => T | Promise<T>, bytes: number): Promise<T> => {
    const queue = queues[lane]
    if (queue.bytes > 0 && queue.bytes + bytes > mostWaitingBytes) {
      throw tooManyRequests('Too many requests have arrived at once. Send this one again soon.')
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
    comeAgain()
    return promise
  }

  return {
    schedule(laneOf, work, bytes = 0) {
      if (isInside) return work()
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
