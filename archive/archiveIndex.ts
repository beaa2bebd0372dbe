/** The index of an archive: what one file tells the readers of others. In SQLite, off the heap. */
import {DatabaseSync} from 'node:sqlite'

import type {ArchiveIndex} from './formats/format.ts'

/** `file` is made for one run, and may be `:memory:`. */
export function openIndex(file: string): ArchiveIndex & Disposable {
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;
    CREATE TABLE entries (kind TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
    BEGIN`)
  const put = database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?)')
  const get = database.prepare('SELECT value FROM entries WHERE kind = ? AND key = ?')
  return {
    put: (kind, key, value) => {
      put.run(kind, key, value)
    },
    get: (kind, key) => {
      const value = get.get(kind, key)?.['value']
      return typeof value === 'string' ? value : undefined
    },
    [Symbol.dispose]: () => database.close(),
  }
}
