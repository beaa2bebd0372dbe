/**
 * Recognises an edit that is sent again because its sender got no response.
 *
 * A lake that is killed between a commit and its response leaves a Studio with an edit that is saved
 * but looks lost. The Studio sends it again under another transaction id, and applying it twice would
 * double what was typed. So each commit stores a fingerprint of the edit, which the next lake reads
 * when it opens the file.
 */
import {type Connection, textOf} from '../file/sqliteConnection.ts'

export interface LastEdit {
  /** Stores the edit as part of the open transaction. */
  note(edit: Edit): void
  /** Call this when the transaction is committed. */
  keep(): void
  /** Call this when the transaction failed. */
  discard(): void
  /**
   * The ids of the documents of an edit, if it was the last one before the dataset was opened and
   * they have not changed since. An empty array for any other edit.
   */
  sentAgain(fingerprint: string): readonly string[]
  /** Its sender gets a response now, so the same edit sent after this is a new one. */
  answered(fingerprint: string): void
  /** The edit that may be sent again; passed on between the two threads that write. */
  readonly unanswered: Edit | undefined
  setUnanswered(edit: Edit | undefined): void
}

export interface Edit {
  readonly transactionId: string
  /** The same for the same edit by the same author, and for nothing else. */
  readonly fingerprint: string
}

const ROW = 'last_edit'

/**
 * @param unchangedSince Returns the ids of the documents that a transaction changed; an empty array
 *   if one of them has changed since.
 */
export const createLastEdit = (
  connection: Connection,
  unchangedSince: (transactionId: string) => readonly string[],
): LastEdit => {
  let unanswered = kept(connection)
  let noted: Edit | undefined
  return {
    note(edit) {
      noted = edit
      const {transactionId, fingerprint} = edit
      const value = `${transactionId} ${fingerprint}`
      connection.run('REPLACE INTO meta (name, value) VALUES (?, ?)', ROW, value)
    },
    keep() {
      // An edit may take several transactions, and a later one may fail.
      if (noted?.fingerprint === unanswered?.fingerprint) unanswered = noted
      noted = undefined
    },
    discard: () => void (noted = undefined),
    sentAgain(fingerprint) {
      if (unanswered?.fingerprint !== fingerprint) return []
      return unchangedSince(unanswered.transactionId)
    },
    answered(fingerprint) {
      if (unanswered?.fingerprint === fingerprint) unanswered = undefined
    },
    get unanswered() {
      return unanswered
    },
    setUnanswered: (edit) => void (unanswered = edit),
  }
}

const kept = (connection: Connection): Edit | undefined => {
  const row = connection.one('SELECT value FROM meta WHERE name = ?', ROW)
  if (!row) return undefined
  const [transactionId = '', fingerprint = ''] = textOf(row[0]).split(' ')
  return {transactionId, fingerprint}
}
