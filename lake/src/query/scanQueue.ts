/**
 * Who waits for a scan thread. A search of the Studio, done in a tenth of a second, must not wait
 * for every scan of a whole dataset that came before it; nor may such a scan wait for ever. So each
 * lets pass what is done sooner than itself and comes within four times the time that it takes.
 */
export interface ScanQueue<T> {
  readonly size: number
  /** @param expected Milliseconds that the work took before; 0 where that is not known. */
  add(waiting: T, expected: number): void
  /** Takes out whose turn it is. */
  next(): T | undefined
}

const PATIENCE = 4

/** @param now Milliseconds, from wherever. */
export const createScanQueue = <T>(now: () => number): ScanQueue<T> => {
  /** By `turn`, ascending; of equal ones whoever came first. */
  const queue: {readonly waiting: T; readonly turn: number}[] = []
  return {
    get size() {
      return queue.length
    },
    add(waiting, expected) {
      const turn = now() + PATIENCE * expected
      const behind = queue.findLastIndex((other) => other.turn <= turn)
      queue.splice(behind + 1, 0, {waiting, turn})
    },
    next: () => queue.shift()?.waiting,
  }
}
