/**
 * The format of a dataset's SQLite file: its tables, and how older formats are migrated.
 */
import {existsSync, renameSync, rmSync} from 'node:fs'

import {makePrivateFile} from '../../access/privateFile.ts'
import {unavailable} from '../../core/errors.ts'
import {type Connection, numberOf} from './sqliteConnection.ts'
import {storageFaultKind} from './storageFault.ts'

/**
 * The tables. `user_version` is the number of the format. A file of an older format is migrated
 * when it is opened; opening a newer or foreign file fails with a clear error and changes nothing.
 *
 * - `document`: one row per document. `hidden` = not shown in the drafts perspective: a published
 *   document with a draft, or a draft or version that stands for a deletion. The JSON is in `body`,
 *   which keeps `document` narrow, so a change of `hidden` does not rewrite the JSON.
 * - `term`: a number for each id that a reference points to.
 * - `reference`: one row for each target of each document (a `_ref` at any depth).
 * - `shape`: the value indexes (see valueIndexes.ts): `building` (complete up to the document
 *   numbered `through`), `ready` or `dropping`.
 * - `key`: for each value index, one row per document and value, in GROQ order: REAL, then TEXT,
 *   then BLOB (false, true, anything else), as SQLite sorts storage classes. `reference_key` is the
 *   same for each target that the document refers to.
 * - `token`: full-text index of the documents; lags behind `change` up to `tokens_through`.
 * - `change.before`: the body *before* the change, null when there was none. The state of a
 *   document at any time is the `before` of its next change, or else its current body.
 */
const FORMAT_1 = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  layer TEXT NOT NULL,
  grp TEXT NOT NULL,
  type TEXT NOT NULL,
  hidden INTEGER NOT NULL,
  UNIQUE (grp, layer)
);
CREATE TABLE body (number INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE INDEX document_by_type ON document (type, layer, grp, hidden);

CREATE TABLE counter (
  type TEXT NOT NULL,
  layer TEXT NOT NULL,
  total INTEGER NOT NULL,
  hidden INTEGER NOT NULL,
  dotted INTEGER NOT NULL,
  PRIMARY KEY (type, layer)
) WITHOUT ROWID;

CREATE TABLE term (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE reference (
  target INTEGER NOT NULL,
  type TEXT NOT NULL,
  layer TEXT NOT NULL,
  grp TEXT NOT NULL,
  hidden INTEGER NOT NULL,
  strong INTEGER NOT NULL,
  PRIMARY KEY (target, type, layer, grp)
) WITHOUT ROWID;

CREATE TABLE shape (
  number INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  path TEXT NOT NULL,
  by_reference INTEGER NOT NULL,
  state TEXT NOT NULL,
  through INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  UNIQUE (type, path, by_reference)
);

CREATE TABLE key (
  shape INTEGER NOT NULL,
  layer TEXT NOT NULL,
  value NOT NULL,
  grp TEXT NOT NULL,
  hidden INTEGER NOT NULL,
  PRIMARY KEY (shape, layer, value, grp)
) WITHOUT ROWID;

CREATE TABLE reference_key (
  shape INTEGER NOT NULL,
  target INTEGER NOT NULL,
  layer TEXT NOT NULL,
  value NOT NULL,
  grp TEXT NOT NULL,
  hidden INTEGER NOT NULL,
  PRIMARY KEY (shape, target, layer, value, grp)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE token USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

CREATE TABLE transaction_log (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  timestamp TEXT NOT NULL,
  author TEXT NOT NULL,
  first_change INTEGER NOT NULL
);
CREATE INDEX transaction_by_time ON transaction_log (timestamp);

CREATE TABLE change (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  sequence INTEGER NOT NULL,
  layer TEXT NOT NULL,
  grp TEXT NOT NULL,
  before TEXT
);
CREATE INDEX change_by_group ON change (grp, number);
CREATE INDEX change_of_versions ON change (layer, number) WHERE layer >= 'versions.';
`

/** Thrown for a file that a newer lake has written; nothing is wrong with the file. */
export class NewerFormatError extends Error {
  override readonly name = 'NewerFormatError'
}

/** The script at index n brings a file from format n to format n + 1; format 0 is an empty file. */
const MIGRATIONS: readonly string[] = [FORMAT_1]

/** "CDLK" in ASCII: distinguishes a dataset from other SQLite files. */
const APPLICATION_ID = 0x43444c4b

const pragma = (connection: Connection, name: string): number =>
  numberOf(connection.one(`PRAGMA ${name}`)?.[0])

/**
 * Migrates the file to the current format, or creates the tables in an empty one. Safe when two
 * processes open a new file at the same time.
 * @throws Error whose message says what is wrong with the file and what to do.
 */
export const prepareSchema = (
  connection: Connection,
  path: string,
  /** Other scripts, for tests of migration. */
  migrations: readonly string[] = MIGRATIONS,
): void => {
  try {
    if (isCurrent(connection, path, migrations)) return
  } catch (error) {
    throw storageFaultKind(error) === 'damaged' ? unavailable(damaged(path), error) : error
  }
  keepFormer(connection, path)
  connection.write(() => {
    if (isCurrent(connection, path, migrations)) return
    const from = pragma(connection, 'user_version')
    for (const script of migrations.slice(from)) connection.script(script)
    connection.script(`PRAGMA application_id = ${APPLICATION_ID}`)
    connection.script(`PRAGMA user_version = ${migrations.length}`)
  })
}

/** Copies the file before a migration, because an earlier lake cannot open it afterwards. */
const keepFormer = (connection: Connection, path: string): void => {
  const format = pragma(connection, 'user_version')
  const copy = `${path}.format-${format}`
  if (path === ':memory:' || format === 0 || existsSync(copy)) return
  const draft = `${copy}.new`
  rmSync(draft, {force: true})
  makePrivateFile(draft)
  connection.run('VACUUM INTO ?', draft)
  renameSync(draft, copy)
}

const damaged = (path: string): string =>
  `${path} is not an SQLite file, or is damaged. ` +
  'Restore it from a copy, or choose another data folder with --data.'

/** Whether the file has the current format. @throws Error if it must not be changed. */
const isCurrent = (
  connection: Connection,
  path: string,
  migrations: readonly string[],
): boolean => {
  const application = pragma(connection, 'application_id')
  const format = pragma(connection, 'user_version')
  const isEmpty = connection.one('SELECT 1 FROM sqlite_master LIMIT 1') === undefined
  if (application === 0 && format === 0 && isEmpty) return false
  if (application !== APPLICATION_ID) {
    throw new Error(
      `${path} is an SQLite file, but not a dataset of this lake. ` +
        'Move it away, or choose another data folder with --data.',
    )
  }
  if (format > migrations.length) {
    throw new NewerFormatError(
      `${path} has format ${format}, written by a newer version; ` +
        `this version reads formats up to ${migrations.length}. Update the lake, or choose another data folder with --data.`,
    )
  }
  return format === migrations.length
}
