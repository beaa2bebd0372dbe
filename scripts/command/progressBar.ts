/** The progress bar of `npm run seed`. */
import type {WriteStream} from 'node:tty'

const WIDTH = 30

/**
 * The shortest time between redraws, in milliseconds, because a terminal over a network is slow.
 */
const INTERVAL = 50

export interface ProgressBar {
  /** @param done How many of `total` are finished. */
  update(done: number, total: number, label: string): void
  /** Removes the bar, so that the next output starts on a clean line. */
  clear(): void
}

/** A one-line progress bar on a terminal; prints nothing when the output is not a terminal. */
export const createProgressBar = (stream: WriteStream, now: () => number): ProgressBar => {
  if (!stream.isTTY) return {update: () => {}, clear: () => {}}
  let drawnAt = 0
  return {
    update: (done, total, label) => {
      if (total < 2 || (done < total && now() - drawnAt < INTERVAL)) return
      drawnAt = now()
      const filled = Math.round((done / total) * WIDTH)
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
      const line = `${bar} ${done}/${total} ${label}`
      // A terminal that does not know its width reports 0.
      stream.write(`\r\x1b[K${line.slice(0, (stream.columns || 80) - 1)}`)
    },
    clear: () => {
      if (drawnAt > 0) stream.write('\r\x1b[K')
    },
  }
}
