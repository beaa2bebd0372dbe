/**
 * The queue of queries that wait for a scan thread. A search in the Studio, which takes a tenth of a
 * second, must not wait for every full scan that came before it, and a scan must not wait for ever. So
 * shorter queries may pass a longer one if they arrive within four times its expected duration.
 */
export interface ScanQueue<T> {
  readonly size: number
  /** The turn of the first one in the queue; undefined if it is empty. */
  readonly turn: number | undefined
  /**
   * @param expected Milliseconds of the last run; 0 if unknown.
   * @returns A function that removes it from the queue, and returns false if it was not there.
   */
  add(waiting: T, expected: number): () => boolean
  /** Removes and returns the first one. */
  next(): T | undefined
}

const PATIENCE = 4

/** @param now Milliseconds from any starting point. */
export const createScanQueue = <T>(now: () => number): ScanQueue<T> => {
  /** By `turn`, ascending; equal ones in order of arrival. */
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
        const index = queue.indexOf(entry)
        if (index !== -1) queue.splice(index, 1)
        return index !== -1
      }
    },
    next: () => queue.shift()?.waiting,
  }
}
