import {type Connection, textOf} from '../file/connection.ts'

/**
 * The last edit by somebody who sends it again when no answer comes.
 *
 * A lake that is killed between a commit and its answer leaves a Studio with an edit that is saved
 * and looks lost. The Studio sends it again, under another transaction id, and done twice it would
 * double what was typed. So a commit notes what it did, and the next lake to open the file knows it.
 */
export interface LastEdit {
  /** Part of the open transaction. */
  note(edit: Edit): void
  /** The transaction is committed. */
  keep(): void
  /** The transaction failed. */
  discard(): void
  /**
   * The documents of an edit that was the last one before the dataset was opened, if they are still
   * as it left them; none of any other edit.
   */
  sentAgain(fingerprint: string): readonly string[]
  /** Its sender is going to have an answer: whoever sends it again after that means it. */
  answered(fingerprint: string): void
  /** The edit that may come again: where two threads write, one tells the other. */
  readonly unanswered: Edit | undefined
  setUnanswered(edit: Edit | undefined): void
}

export interface Edit {
  readonly transactionId: string
  /** The same for the same edit by the same author, and for nothing else. */
  readonly fingerprint: string
}

const ROW = 'last_edit'

/** @param unchangedSince The documents that a transaction changed; none if one has changed since. */
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
      // Done in more than one transaction, of which a later one may fail.
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
