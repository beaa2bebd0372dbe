/**
 * The SQLite file of the webhooks, `hooks.sqlite` in the data folder: how far each webhook has read
 * the history of each dataset, its messages, and the attempts to deliver them. It is a file of its
 * own, so that no commit waits for it.
 */
import {connect, type Connection, numberOf} from '../file/sqliteConnection.ts'

/**
 * The tables.
 *
 * - `progress`: up to which transaction a webhook has read a dataset's history, and the id of that
 *   transaction, by which another history is recognised. `position` counts the changes of the next
 *   transaction that were read too.
 * - `message`: what to send after one change of one document. `number` gives the order.
 * - `attempt`: one request. It has no `ended_at` while it runs, and after a crash.
 */
const FORMAT_1 = `
CREATE TABLE progress (
  hook TEXT NOT NULL,
  dataset TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  transaction_id TEXT,
  position INTEGER NOT NULL,
  PRIMARY KEY (hook, dataset)
) WITHOUT ROWID;

CREATE TABLE message (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hook TEXT NOT NULL,
  dataset TEXT NOT NULL,
  document TEXT NOT NULL,
  operation TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  transaction_time TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  failures INTEGER NOT NULL,
  result_code INTEGER,
  first_tried_at INTEGER,
  due_at INTEGER NOT NULL
);
CREATE INDEX message_by_status ON message (hook, status, number);
CREATE INDEX message_by_document ON message (hook, dataset, document, number);

CREATE TABLE attempt (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  message TEXT NOT NULL,
  hook TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  duration INTEGER,
  failure TEXT,
  result_code INTEGER,
  result_body TEXT
);
CREATE INDEX attempt_by_hook ON attempt (hook, number);
CREATE INDEX attempt_by_message ON attempt (message, number);
`

/** "CDHK" in ASCII: distinguishes it from other SQLite files. */
const APPLICATION_ID = 0x4344484b
const FORMAT = 1

/** Name of the file in the data folder. */
export const HOOK_FILE = 'hooks.sqlite'

/**
 * Opens the file, or creates it.
 * @param path Null keeps it in memory.
 * @throws LakeError or Error whose message says what is wrong with the file.
 */
export const openHookFile = (path: string | null): Connection => {
  const connection = connect(path ?? ':memory:', {subject: 'the log of the webhooks'})
  try {
    // Not FULL: after a power cut the last messages are made again from history, with the same ids.
    connection.script('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    prepare(connection, path ?? ':memory:')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

const prepare = (connection: Connection, path: string): void => {
  const pragma = (name: string): number => numberOf(connection.one(`PRAGMA ${name}`)?.[0])
  const format = pragma('user_version')
  const application = pragma('application_id')
  if (format === FORMAT && application === APPLICATION_ID) return
  if (format !== 0 || application !== 0) {
    throw new Error(
      `${path} is not a log of webhooks that this version of the lake can read. Update the lake, or ` +
        'move the file away; then messages that are waiting are lost.',
    )
  }
  connection.write(() => {
    connection.script(FORMAT_1)
    connection.script(`PRAGMA application_id = ${APPLICATION_ID}`)
    connection.script(`PRAGMA user_version = ${FORMAT}`)
  })
}
