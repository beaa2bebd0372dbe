import {type Connection, textOf} from './connection.ts'

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
  /**
   * Whether this is what was committed last before the dataset was opened, and the documents are
   * still as it left them. True once: whoever sends the same again means it.
   */
  isSentAgain(fingerprint: string): boolean
}

export interface Edit {
  readonly transactionId: string
  /** The same for the same edit by the same author, and for nothing else. */
  readonly fingerprint: string
}

const ROW = 'last_edit'

/** @param isLatest Whether the documents of this transaction have not changed since. */
export const createLastEdit = (
  connection: Connection,
  isLatest: (transactionId: string) => boolean,
): LastEdit => {
  let unanswered = kept(connection)
  return {
    note({transactionId, fingerprint}) {
      const value = `${transactionId} ${fingerprint}`
      connection.run('REPLACE INTO meta (name, value) VALUES (?, ?)', ROW, value)
    },
    isSentAgain(fingerprint) {
      if (unanswered?.fingerprint !== fingerprint) return false
      const {transactionId} = unanswered
      unanswered = undefined
      return isLatest(transactionId)
    },
  }
}

const kept = (connection: Connection): Edit | undefined => {
  const row = connection.one('SELECT value FROM meta WHERE name = ?', ROW)
  if (!row) return undefined
  const [transactionId = '', fingerprint = ''] = textOf(row[0]).split(' ')
  return {transactionId, fingerprint}
}
