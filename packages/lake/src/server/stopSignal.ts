/** When a process that serves a lake should stop. */

/**
 * Resolves on SIGINT (Ctrl-C) or SIGTERM. It also resolves when the process that started it ends, if
 * npm did: npm runs a command in a shell, and a signal to `npx lake start` or `npm start` ends npm
 * and that shell, but the shell passes no signal on, so the lake would keep running.
 */
export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    if (process.env['npm_lifecycle_event'] === undefined) return
    const parent = process.ppid
    // There is no event for this. An orphan gets another parent.
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      resolve()
    }, INTERVAL).unref()
  })

/** Milliseconds between two looks at the parent. */
const INTERVAL = 250
