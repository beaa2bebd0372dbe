/**
 * A concurrency limit: how much of one kind of work a dataset does at once, as hosted datasets
 * limit it.
 */
import {tooManyRequests} from './errors.ts'

export interface ConcurrencyLimit {
  /**
   * Does the work, and counts it until it is done.
   * @throws 429 when the concurrency limit is reached.
   */
  run<T>(work: () => T | Promise<T>): T | Promise<T>
}

/** @param what Names the work in the error, in the plural: `queries`. */
export const createConcurrencyLimit = (most: number, what: string): ConcurrencyLimit => {
  let running = 0
  return {
    run: (work) => {
      if (running >= most) {
        throw tooManyRequests(
          `The dataset is running ${most} ${what}, which is its limit. Try again in a second.`,
        )
      }
      const result = work()
      // Work that finished synchronously never ran beside other work.
      if (!(result instanceof Promise)) return result
      running += 1
      return result.finally(() => {
        running -= 1
      })
    },
  }
}
