/** Who is next: a few images at a time, of which not all may be SVGs, for those can take longest. */
import {badRequest, tooManyRequests} from '../errors.ts'

export interface ImageQueue {
  /**
   * Waits for a turn; `leave` ends it.
   * @throws LakeError 429 when too many wait or the wait is too long, 400 when the client goes away.
   */
  enter(isVector: boolean, signal: AbortSignal): Promise<void>
  leave(isVector: boolean): void
  readonly waiting: number
}

export interface QueueLimits {
  readonly jobs: number
  readonly vectorJobs: number
  readonly waitingJobs: number
  readonly waitingVectorJobs: number
  /** Milliseconds. */
  readonly patience: number
}

interface Ticket {
  readonly isVector: boolean
  begin(): void
}

export const createImageQueue = (limits: QueueLimits): ImageQueue => {
  const tickets = new Set<Ticket>()
  let running = 0
  let runningVectors = 0
  let waitingVectors = 0

  const hasRoom = (isVector: boolean): boolean =>
    running < limits.jobs && (!isVector || runningVectors < limits.vectorJobs)

  const begin = (isVector: boolean): void => {
    running += 1
    if (isVector) runningVectors += 1
  }

  const take = (ticket: Ticket): void => {
    if (!tickets.delete(ticket)) return
    if (ticket.isVector) waitingVectors -= 1
  }

  /** The oldest that may begin. */
  const next = (): void => {
    for (const ticket of tickets) {
      if (!hasRoom(ticket.isVector)) continue
      take(ticket)
      begin(ticket.isVector)
      ticket.begin()
      return
    }
  }

  return {
    async enter(isVector, signal) {
      if (signal.aborted) throw wentAway()
      if (hasRoom(isVector)) {
        begin(isVector)
        return
      }
      const isFull = isVector
        ? waitingVectors >= limits.waitingVectorJobs
        : tickets.size - waitingVectors >= limits.waitingJobs
      if (isFull) throw tooBusy()
      const turn = Promise.withResolvers<void>()
      const ticket: Ticket = {isVector, begin: turn.resolve}
      tickets.add(ticket)
      if (isVector) waitingVectors += 1
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
    leave: (isVector) => {
      running -= 1
      if (isVector) runningVectors -= 1
      next()
    },
    get waiting() {
      return tickets.size
    },
  }
}

/** Nobody reads it. */
export const wentAway = (): Error => badRequest('The client went away.')

const tooBusy = (): Error =>
  tooManyRequests('Too many images are being processed; try again in a moment.', 5)
