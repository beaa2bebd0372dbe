/**
 * Who waits for a scan thread. A search of the Studio, done in a tenth of a second, must not wait
 * for every scan of a whole dataset that came before it; nor may such a scan wait for ever. So each
 * lets pass what is done sooner than itself and comes within four times the time that it takes.
 */
export interface ScanQueue<T> {
  readonly size: number
  /** The smallest of all turns; undefined when nobody waits. */
  readonly turn: number | undefined
  /**
   * @param expected Milliseconds that the work took before; 0 where that is not known.
   * @returns What takes it out again: false when it is not there any more.
   */
  add(waiting: T, expected: number): () => boolean
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
    get turn() {
      return queue[0]?.turn
    },
    add(waiting, expected) {
      const turn = now() + PATIENCE * expected
      const behind = queue.findLastIndex((other) => other.turn <= turn)
      const entry = {waiting, turn}
      queue.splice(behind + 1, 0, entry)
      return () => {
        const place = queue.indexOf(entry)
        if (place !== -1) queue.splice(place, 1)
        return place !== -1
      }
    },
    next: () => queue.shift()?.waiting,
  }
}
