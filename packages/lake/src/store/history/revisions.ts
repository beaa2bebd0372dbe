import {type Connection, numberOf} from '../file/connection.ts'

/**
 * Which state of the dataset this process last saw. Another process may write to the same file
 * (a command beside a server); SQLite's `data_version` changes when one has.
 */
export interface Revisions {
  /** Sequence of the last commit seen. */
  readonly current: number
  /**
   * Looks whether another process has written; tells `onForeignWrite` when it has.
   * @returns Whether it has.
   */
  catchUp(): boolean
  /** Whether the last glance is a millisecond ago: looking costs a few microseconds. */
  isDue(): boolean
  /** As `catchUp`; the next one is due in a millisecond. */
  glance(): void
  /** After a commit of our own, with its sequence: reading it again might fail. */
  advance(sequence: number): void
}

export const createRevisions = (
  connection: Connection,
  lastSequence: () => number,
  /** @param changedDocuments False when only indexes were written. */
  onForeignWrite: (changedDocuments: boolean) => void,
): Revisions => {
  const dataVersion = (): number => numberOf(connection.one('PRAGMA data_version')?.[0])
  let seen = dataVersion()
  let current = lastSequence()
  let lookedAt = 0
  const catchUp = (): boolean => {
    const version = dataVersion()
    if (version === seen) return false
    seen = version
    const before = current
    current = lastSequence()
    onForeignWrite(current !== before)
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
