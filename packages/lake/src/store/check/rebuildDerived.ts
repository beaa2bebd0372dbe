/**
 * Repairs a dataset's file: rebuilds everything that follows from its documents (SQLite's indexes,
 * hidden marks, counters, references, value indexes, words) in one transaction.
 */
import {recountAttributes} from '../documents/attributes.ts'
import {createCounters} from '../documents/counters.ts'
import type {Connection} from '../file/sqliteConnection.ts'
import {createIndexRows, UNUSUAL_DOCUMENTS} from '../indexes/indexRows.ts'
import {createTargetNumbers} from '../indexes/targetNumbers.ts'
import {indexedTokens} from '../indexes/tokenIndex.ts'
import {createValueIndexes} from '../indexes/values/valueIndexes.ts'
import {eachDocument, mustBeHidden, parsed} from './checkDerived.ts'
import type {CheckProgress} from './finding.ts'

/** @param connection To the file, which has the current schema. */
export const rebuildDerived = (
  connection: Connection,
  onProgress: CheckProgress = () => {},
): void => connection.write(() => rebuild(connection, onProgress))

const rebuild = (connection: Connection, onProgress: CheckProgress): void => {
  connection.script(`
    REINDEX;
    DELETE FROM counter;
    DELETE FROM reference;
    DELETE FROM key;
    DELETE FROM reference_key;
    DELETE FROM term;
    DELETE FROM shape WHERE state = 'dropping';
    INSERT INTO token (token) VALUES ('delete-all');
  `)
  for (const [name] of UNUSUAL_DOCUMENTS) connection.run('DELETE FROM meta WHERE name = ?', name)
  const valueIndexes = createValueIndexes(connection)
  const indexRows = createIndexRows(connection, createTargetNumbers(connection), valueIndexes)
  const counters = createCounters(connection, connection)
  const attributes = recountAttributes(connection)
  for (const {number, parts, json, ...stored} of eachDocument(connection, onProgress)) {
    const document = parsed(json)
    // The document itself is damaged; the check reports it.
    if (!document || document._id !== stored.id) continue
    const hidden = mustBeHidden(connection, parts, document)
    if (hidden !== stored.hidden || document._type !== stored.type) {
      const sql = 'UPDATE document SET hidden = ?, type = ? WHERE number = ?'
      connection.run(sql, Number(hidden), document._type, number)
    }
    indexRows.update(parts, undefined, {document, hidden})
    attributes.add(document)
    counters.add(document._type, parts, hidden, 1)
    const words = indexedTokens(document).join(' ')
    connection.run('INSERT INTO token (rowid, text) VALUES (?, ?)', number, words)
  }
  counters.flush()
  attributes.keep()
  // All indexes now cover all documents.
  connection.script(`
    UPDATE shape SET state = 'ready';
    REPLACE INTO meta (name, value)
      SELECT 'tokens_through', coalesce(max(number), 0) FROM change;
  `)
}
