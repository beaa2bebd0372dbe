/**
 * Lets successive readers of a dataset share one SQLite transaction for up to a millisecond.
 *
 * Each reader must see one state of the dataset. Beginning a transaction costs microseconds (a lock
 * in shared memory and a check whether another process has written), as much as a short query. So it
 * begins only when something must be read from the file, and ends after a millisecond or before a
 * write. If another process had written when it begins, values already taken from memory are of an
 * older state: the reader then starts again from the file.
 */
import type {Connection} from '../file/sqliteConnection.ts'
import type {Revisions} from '../history/revisions.ts'

export interface SharedReads {
  readonly isOpen: boolean
  /** @param work Must have no side effects, because it may run twice. */
  read<T>(work: () => T): T
  /** Ends the shared transaction: before a write, and to see what other processes have written. */
  end(): void
  /** Checks whether others have written, unless the last check is less than a millisecond old. */
  glance(): void
}

/** For a frozen connection, whose only transaction never ends. */
export const FROZEN_READS: SharedReads = {
  isOpen: false,
  read: (work) => work(),
  end: () => {},
  glance: () => {},
}

/** Thrown when a reader has used values of an older state. */
class Outdated extends Error {}

/** @param soon Calls its argument in a millisecond or two. */
export const createSharedReads = (
  connection: Connection,
  revisions: Revisions,
  soon: (then: () => void) => void,
): SharedReads => {
  let isOpen = false
  /** Whether SQLite's transaction is open. */
  let isHeld = false
  /** Whether a call of `end` is scheduled. */
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
      // SQLite may end the transaction itself after an I/O error; the next reader begins another.
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

/** Each reader has a transaction of its own: what `sharedReads` does without the optimisation. */
export const createSeparateReads = (connection: Connection, revisions: Revisions): SharedReads => {
  let isOpen = false
  return {
    get isOpen() {
      return isOpen
    },
    end: () => {},
    glance() {
      if (!isOpen) revisions.catchUp()
    },
    read(work) {
      if (isOpen) return work()
      connection.beginReading()
      isOpen = true
      try {
        revisions.catchUp()
        return work()
      } finally {
        isOpen = false
        connection.endReading()
      }
    },
  }
}
