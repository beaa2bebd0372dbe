/** How far each webhook has read the history of each dataset. */
import {type Connection, type Row, numberOf, textOf} from '../file/sqliteConnection.ts'

/** A place in the history of a dataset. */
export interface Progress {
  /** The last transaction that was read to its end; 0 for none. */
  readonly sequence: number
  /** Its id; null for none. */
  readonly transactionId: string | null
  /** How many changes of the next transaction were read. */
  readonly position: number
}

export interface HookProgress {
  get(hook: string, dataset: string): Progress | undefined
  set(hook: string, dataset: string, progress: Progress): void
  /** Names of the datasets that the webhook has read. */
  datasets(hook: string): readonly string[]
  forget(hook: string, dataset: string): void
}

export const createHookProgress = (connection: Connection): HookProgress => ({
  get(hook, dataset) {
    const row = connection.one(
      'SELECT sequence, transaction_id, position FROM progress WHERE hook = ? AND dataset = ?',
      hook,
      dataset,
    )
    return row && progressOf(row)
  },
  set: (hook, dataset, {sequence, transactionId, position}) =>
    void connection.run(
      `REPLACE INTO progress (hook, dataset, sequence, transaction_id, position)
       VALUES (?, ?, ?, ?, ?)`,
      hook,
      dataset,
      sequence,
      transactionId,
      position,
    ),
  datasets: (hook) =>
    connection
      .all('SELECT dataset FROM progress WHERE hook = ?', hook)
      .map(([dataset]) => textOf(dataset)),
  forget: (hook, dataset) =>
    void connection.run('DELETE FROM progress WHERE hook = ? AND dataset = ?', hook, dataset),
})

const progressOf = ([sequence, id, position]: Row): Progress => ({
  sequence: numberOf(sequence),
  transactionId: typeof id === 'string' ? id : null,
  position: numberOf(position),
})
