import type {Connection} from './connection.ts'
import type {Revisions} from './revisions.ts'

/**
 * One state of the dataset for all that a reader does. SQLite's part of that costs microseconds
 * (a lock in the shared memory, and a look whether another process has written), more than all
 * else about an answer from documents and index rows that are in memory. So the transaction begins
 * when something has to be read from the file. If another process has written by then, what came
 * from memory is of an older state: the reader begins again, and reads the file from the start.
 */
export interface Reading {
  readonly isOpen: boolean
  /** @param work Has no effects: it may be done twice. */
  read<T>(work: () => T): T
}

/** Thrown through a reader that has seen something of an older state. */
class Outdated extends Error {}

export const createReading = (connection: Connection, revisions: Revisions): Reading => {
  let isOpen = false

  const attempt = <T>(work: () => T, begin: (open: () => void) => void): T => {
    let hasBegun = false
    isOpen = true
    try {
      begin(() => {
        connection.run('BEGIN')
        hasBegun = true
      })
      return work()
    } finally {
      connection.beforeNext(undefined)
      isOpen = false
      if (hasBegun) connection.run('COMMIT')
    }
  }

  return {
    get isOpen() {
      return isOpen
    },
    read(work) {
      if (isOpen) return work()
      revisions.glance()
      try {
        return attempt(work, (open) =>
          connection.beforeNext(() => {
            open()
            if (revisions.catchUp()) throw new Outdated()
          }),
        )
      } catch (error) {
        if (!(error instanceof Outdated)) throw error
        return attempt(work, (open) => {
          open()
          revisions.catchUp()
        })
      }
    },
  }
}
