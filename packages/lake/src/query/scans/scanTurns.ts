import {tooManyRequests} from '../../core/errors.ts'
import {createScanQueue} from './scanQueue.ts'

/**
 * Who may use a scan thread, and who is next. Somebody without a token may ask for as many scans as
 * they like, and an editor must not wait for them: each of the two has threads that the other one
 * cannot take, and a queue of their own, of which that of those without a token is short.
 */
export interface ScanTurns<T> {
  /** Whether a scan may begin at once; if so it counts from now on. */
  begin(asker: Asker): boolean
  /**
   * @param expected Milliseconds that it took before, 0 where that is not known.
   * @returns What takes it out of the queue: false when its turn has come already.
   * @throws 429 when too many wait.
   */
  wait(asker: Asker, waiting: T, expected: number): () => boolean
  /** A scan has ended. @returns Whose turn it is now, if anybody waits for that. */
  end(asker: Asker): {readonly waiting: T; readonly asker: Asker} | undefined
}

/** Without a token, or with one. */
export type Asker = 'anonymous' | 'known'

export interface ScanTurnsOptions {
  /** Milliseconds, from wherever. */
  readonly now: () => number
  /** Scans of each kind of asker at once; one more than that of both together. */
  readonly most: number
  readonly mostWaiting: Readonly<Record<Asker, number>>
}

/** Seconds after which it is worth asking again. */
const RETRY_AFTER = 5

export const createScanTurns = <T>({now, most, mostWaiting}: ScanTurnsOptions): ScanTurns<T> => {
  const running = {anonymous: 0, known: 0}
  const queues = {known: createScanQueue<T>(now), anonymous: createScanQueue<T>(now)}

  const hasRoom = (asker: Asker): boolean =>
    running[asker] < most && running.anonymous + running.known <= most

  const next = (): Asker | undefined => {
    const known = hasRoom('known') ? queues.known.turn : undefined
    const anonymous = hasRoom('anonymous') ? queues.anonymous.turn : undefined
    if (known === undefined) return anonymous === undefined ? undefined : 'anonymous'
    return anonymous === undefined || known <= anonymous ? 'known' : 'anonymous'
  }

  return {
    begin(asker) {
      if (queues[asker].size > 0 || !hasRoom(asker)) return false
      running[asker] += 1
      return true
    },
    wait(asker, waiting, expected) {
      const queue = queues[asker]
      if (queue.size >= mostWaiting[asker]) {
        throw tooManyRequests(
          'Too many long queries are waiting. Ask again in a moment.',
          RETRY_AFTER,
        )
      }
      return queue.add(waiting, expected)
    },
    end(asker) {
      running[asker] -= 1
      const chosen = next()
      if (chosen === undefined) return undefined
      const waiting = queues[chosen].next()
      if (waiting === undefined) return undefined
      running[chosen] += 1
      return {waiting, asker: chosen}
    },
  }
}
