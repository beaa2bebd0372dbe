/** The clock that the site's parts are given, so that tests can move it. */

/** Times are milliseconds since 1970. */
export interface Timers {
  now(): number
  /** Calls back once, after so many milliseconds. @returns what cancels it */
  after(milliseconds: number, callBack: () => void): () => void
}

/** The machine's clock. Its timers do not keep a process alive. */
export const machineTimers: Timers = {
  now: () => Date.now(),
  after: (milliseconds, callBack) => {
    const timer = setTimeout(callBack, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
