/** A clock for tests, which moves only when the test moves it. */
import type {Timers} from './timers.ts'

export interface TestTimers extends Timers {
  /** Moves the clock to a time, in milliseconds since 1970, and rings the timers on the way. */
  moveTo(time: number): Promise<void>
}

export const testTimers = (start: number): TestTimers => {
  let present = start
  const waiting = new Set<{readonly at: number; readonly callBack: () => void}>()
  return {
    now: () => present,
    after: (milliseconds, callBack) => {
      const timer = {at: present + milliseconds, callBack}
      waiting.add(timer)
      return () => waiting.delete(timer)
    },
    moveTo: async (time) => {
      for (;;) {
        const [first] = [...waiting].toSorted((a, b) => a.at - b.at)
        if (first === undefined || first.at > time) break
        waiting.delete(first)
        present = Math.max(present, first.at)
        first.callBack()
        // What the timer began may set another.
        await new Promise((resolve) => setImmediate(resolve))
      }
      present = time
    },
  }
}
