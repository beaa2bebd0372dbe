/**
 * The queue of images to process: a few at a time, and not all of them SVGs, which can take longest. A
 * client with few running images goes before one with many.
 */
import {badRequest, tooManyRequests} from '../../core/errors.ts'

export interface ImageQueue {
  /**
   * Waits until the image may be processed; call `leave` afterwards.
   * @throws LakeError 429 when too many wait or the wait is too long, 400 when the client goes away.
   */
  enter(entry: QueueEntry, signal: AbortSignal): Promise<void>
  leave(entry: QueueEntry): void
  readonly waiting: number
}

export interface QueueEntry {
  readonly isVector: boolean
  /** Identifies the client. */
  readonly client: string
}

export interface QueueLimits {
  readonly jobs: number
  readonly vectorJobs: number
  readonly waitingJobs: number
  readonly waitingVectorJobs: number
  readonly waitingJobsOfClient: number
  /** Milliseconds. */
  readonly patience: number
}

interface Ticket extends QueueEntry {
  begin(): void
}

export const createImageQueue = (limits: QueueLimits): ImageQueue => {
  const tickets = new Set<Ticket>()
  let running = 0
  let runningVectors = 0
  let waitingVectors = 0

  const hasRoom = (isVector: boolean): boolean =>
    running < limits.jobs && (!isVector || runningVectors < limits.vectorJobs)

  /** Running and waiting images, by client. */
  const runningOf = createCounts()
  const waitingOf = createCounts()

  const begin = ({isVector, client}: QueueEntry): void => {
    running += 1
    if (isVector) runningVectors += 1
    runningOf.add(client, 1)
  }

  const take = (ticket: Ticket): void => {
    if (!tickets.delete(ticket)) return
    if (ticket.isVector) waitingVectors -= 1
    waitingOf.add(ticket.client, -1)
  }

  /** Starts the oldest image of the client with the fewest running images. */
  const next = (): void => {
    let best: Ticket | undefined
    for (const ticket of tickets) {
      if (!hasRoom(ticket.isVector)) continue
      if (best === undefined || runningOf.of(ticket.client) < runningOf.of(best.client))
        best = ticket
    }
    if (best === undefined) return
    take(best)
    begin(best)
    best.begin()
  }

  return {
    async enter(entry, signal) {
      const {isVector, client} = entry
      if (signal.aborted) throw wentAway()
      if (hasRoom(isVector)) {
        begin(entry)
        return
      }
      const isFull = isVector
        ? waitingVectors >= limits.waitingVectorJobs
        : tickets.size - waitingVectors >= limits.waitingJobs
      if (isFull || waitingOf.of(client) >= limits.waitingJobsOfClient) throw tooBusy()
      const turn = Promise.withResolvers<void>()
      const ticket: Ticket = {isVector, client, begin: turn.resolve}
      tickets.add(ticket)
      if (isVector) waitingVectors += 1
      waitingOf.add(client, 1)
      const give = (error: () => Error) => (): void => {
        take(ticket)
        turn.reject(error())
      }
      const gone = give(wentAway)
      const timer = setTimeout(give(tooBusy), limits.patience)
      signal.addEventListener('abort', gone)
      try {
        await turn.promise
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', gone)
      }
    },
    leave: ({isVector, client}) => {
      running -= 1
      if (isVector) runningVectors -= 1
      runningOf.add(client, -1)
      next()
    },
    get waiting() {
      return tickets.size
    },
  }
}

/** Counters by name; those at 0 are removed. */
const createCounts = () => {
  const counts = new Map<string, number>()
  const of = (name: string): number => counts.get(name) ?? 0
  return {
    of,
    add: (name: string, change: number): void => {
      const count = of(name) + change
      if (count === 0) counts.delete(name)
      else counts.set(name, count)
    },
  }
}

/** No client reads this error. */
export const wentAway = (): Error => badRequest('The client went away.')

const tooBusy = (): Error =>
  tooManyRequests('Too many images are being processed. Try again in a few seconds.', 5)
