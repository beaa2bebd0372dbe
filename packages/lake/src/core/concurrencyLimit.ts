import {tooManyRequests} from './errors.ts'

/** Lets so many through at once and refuses the next, as hosted datasets do. */
export interface ConcurrencyLimit {
  /**
   * Does the work and counts it until it is done.
   * @throws 429 when as many as may be are at it.
   */
  run<T>(work: () => T | Promise<T>): T | Promise<T>
}

/** @param what In the plural, for the error. */
export const createConcurrencyLimit = (most: number, what: string): ConcurrencyLimit => {
  let inside = 0
  return {
    run: (work) => {
      if (inside >= most) {
        throw tooManyRequests(`${most} ${what} are running on the dataset; no more do at once.`)
      }
      const result = work()
      // What is done already was never beside anything else.
      if (!(result instanceof Promise)) return result
      inside += 1
      return result.finally(() => {
        inside -= 1
      })
    },
  }
}
