/**
 * Tracks which state of the dataset this process has seen. Another process (a command beside a
 * server) may write to the same file; SQLite's `data_version` changes when one has.
 */
import {type Connection, numberOf} from '../file/sqliteConnection.ts'

export interface Revisions {
  /** Sequence of the last commit seen. */
  readonly current: number
  /**
   * Checks whether another process has written, and calls `onForeignWrite` if so.
   * @returns Whether one has.
   */
  catchUp(): boolean
  /** Whether the last check is at least a millisecond old. A check costs a few microseconds. */
  isDue(): boolean
  /** Like `catchUp`; the next check is due in a millisecond. */
  glance(): void
  /** Sets the sequence after our own commit, because reading it from the file might fail. */
  advance(sequence: number): void
}

export const createRevisions = (
  connection: Connection,
  lastSequence: () => number,
  /**
   * Must not fail.
   * @param changedDocuments False when only indexes were written.
   */
  onForeignWrite: (sequence: number, changedDocuments: boolean) => void,
): Revisions => {
  const dataVersion = (): number => numberOf(connection.one('PRAGMA data_version')?.[0])
  let seen = dataVersion()
  let current = lastSequence()
  let lookedAt = 0
  const catchUp = (): boolean => {
    const version = dataVersion()
    if (version === seen) return false
    // If this fails, the next check notices the write again.
    const sequence = lastSequence()
    seen = version
    const before = current
    current = sequence
    onForeignWrite(sequence, sequence !== before)
    return true
  }
  return {
    get current() {
      return current
    },
    catchUp,
    isDue: () => performance.now() - lookedAt >= 1,
    glance() {
      lookedAt = performance.now()
      catchUp()
    },
    advance(sequence) {
      current = sequence
    },
  }
}
