import type {Connection} from './file/connection.ts'
import type {Revisions} from './history/revisions.ts'

/**
 * One state of the dataset for all that a reader does. SQLite's part of that costs microseconds
 * (a lock in the shared memory, and a look whether another process has written), as much as all
 * else about a quick answer. So the transaction begins when something has to be read from the file,
 * and serves the readers after that one as well, until a millisecond has passed or somebody writes.
 * If another process had written when it begins, what came from memory is of an older state: the
 * reader begins again, and reads the file from the start.
 */
export interface Reading {
  readonly isOpen: boolean
  /** @param work Has no effects: it may be done twice. */
  read<T>(work: () => T): T
  /** Ends what is left of earlier readers: before a write, and to see what others have written. */
  end(): void
  /** Looks whether others have written, unless that was less than a millisecond ago. */
  glance(): void
}

/** For a connection that reads one state for good: there is nothing to begin or to end. */
export const FROZEN: Reading = {
  isOpen: false,
  read: (work) => work(),
  end: () => {},
  glance: () => {},
}

/** Thrown through a reader that has seen something of an older state. */
class Outdated extends Error {}

/** @param soon Calls back in a millisecond or two. */
export const createReading = (
  connection: Connection,
  revisions: Revisions,
  soon: (then: () => void) => void,
): Reading => {
  let isOpen = false
  /** Whether SQLite's transaction is open. */
  let isHeld = false
  /** Whether `end` is going to be called. */
  let endsSoon = false

  const begin = (): void => {
    connection.beginReading()
    isHeld = true
    if (endsSoon) return
    endsSoon = true
    soon(() => {
      endsSoon = false
      end()
    })
  }

  const end = (): void => {
    if (!isHeld || isOpen) return
    isHeld = false
    connection.endReading()
  }

  const glance = (): void => {
    if (isOpen || !revisions.isDue()) return
    end()
    revisions.glance()
  }

  const attempt = <T>(work: () => T): T => {
    isOpen = true
    try {
      return work()
    } catch (error) {
      // SQLite ends a transaction itself when the machine fails: the next reader begins another.
      if (!connection.isTransaction) isHeld = false
      throw error
    } finally {
      connection.beforeNext(undefined)
      isOpen = false
    }
  }

  return {
    get isOpen() {
      return isOpen
    },
    end,
    glance,
    read(work) {
      if (isOpen) return work()
      glance()
      if (isHeld) return attempt(work)
      connection.beforeNext(() => {
        begin()
        if (revisions.catchUp()) throw new Outdated()
      })
      try {
        return attempt(work)
      } catch (error) {
        if (!(error instanceof Outdated)) throw error
        return attempt(work)
      }
    },
  }
}
