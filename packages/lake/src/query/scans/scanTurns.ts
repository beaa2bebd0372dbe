/**
 * Decides which long query may use a scan thread next. Anonymous callers may send any number of scans,
 * and an editor must not wait for them: callers with and without a token each have threads that the
 * other kind cannot take, and their own queue. The queue of anonymous callers is short.
 */
import {tooManyRequests} from '../../core/errors.ts'
import {createScanQueue} from './scanQueue.ts'

export interface ScanTurns<T> {
  /** Whether a scan may begin now; if so, it is counted as running. */
  begin(callerKind: CallerKind): boolean
  /**
   * Adds a scan to the queue.
   * @param expected Milliseconds of its last run, 0 if unknown.
   * @returns A function that removes it, and returns false if its turn has come already.
   * @throws LakeError 429 when too many wait.
   */
  wait(callerKind: CallerKind, waiting: T, expected: number): () => boolean
  /** Call this when a scan has ended. @returns The next one to run, if any waits. */
  end(callerKind: CallerKind): {readonly waiting: T; readonly callerKind: CallerKind} | undefined
}

/** Without a token, or with one. */
export type CallerKind = 'anonymous' | 'known'

export interface ScanTurnsOptions {
  /** Milliseconds from any starting point. */
  readonly now: () => number
  /** Scans at once for each kind of caller; both kinds together may run one more. */
  readonly most: number
  readonly mostWaiting: Readonly<Record<CallerKind, number>>
}

/** `Retry-After`, in seconds. */
const RETRY_AFTER = 5

export const createScanTurns = <T>({now, most, mostWaiting}: ScanTurnsOptions): ScanTurns<T> => {
  const running = {anonymous: 0, known: 0}
  const queues = {known: createScanQueue<T>(now), anonymous: createScanQueue<T>(now)}

  const hasRoom = (callerKind: CallerKind): boolean =>
    running[callerKind] < most && running.anonymous + running.known <= most

  const next = (): CallerKind | undefined => {
    const known = hasRoom('known') ? queues.known.turn : undefined
    const anonymous = hasRoom('anonymous') ? queues.anonymous.turn : undefined
    if (known === undefined) return anonymous === undefined ? undefined : 'anonymous'
    return anonymous === undefined || known <= anonymous ? 'known' : 'anonymous'
  }

  return {
    begin(callerKind) {
      if (queues[callerKind].size > 0 || !hasRoom(callerKind)) return false
      running[callerKind] += 1
      return true
    },
    wait(callerKind, waiting, expected) {
      const queue = queues[callerKind]
      if (queue.size >= mostWaiting[callerKind]) {
        throw tooManyRequests('Too many long queries are waiting. Try again later.', RETRY_AFTER)
      }
      return queue.add(waiting, expected)
    },
    end(callerKind) {
      running[callerKind] -= 1
      const chosen = next()
      if (chosen === undefined) return undefined
      const waiting = queues[chosen].next()
      if (waiting === undefined) return undefined
      running[chosen] += 1
      return {waiting, callerKind: chosen}
    },
  }
}
