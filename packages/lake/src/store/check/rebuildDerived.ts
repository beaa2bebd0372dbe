import {recountAttributes} from '../documents/attributes.ts'
import type {Connection} from '../file/connection.ts'
import {createCounters} from '../file/counters.ts'
import {createShapes} from '../indexes/values/shapes.ts'
import {createPostings, ODDITIES} from '../indexes/words/postings.ts'
import {createTerms} from '../indexes/words/terms.ts'
import {indexedTokens} from '../indexes/words/tokenIndex.ts'
import {eachDocument, mustBeHidden, parsed} from './checkDerived.ts'
import type {CheckProgress} from './finding.ts'

/**
 * Makes everything in a dataset's file that follows from its documents anew, in one transaction:
 * SQLite's own indexes, marks of what is hidden, counters, references, indexes, words.
 * @param connection To the file, with the current schema.
 */
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
  for (const [name] of ODDITIES) connection.run('DELETE FROM meta WHERE name = ?', name)
  const shapes = createShapes(connection)
  const postings = createPostings(connection, createTerms(connection), shapes)
  const counters = createCounters(connection, connection)
  const attributes = recountAttributes(connection)
  for (const {number, place, json, ...stored} of eachDocument(connection, onProgress)) {
    const document = parsed(json)
    // Not derived from anything: the check names it.
    if (!document || document._id !== stored.id) continue
    const hidden = mustBeHidden(connection, place, document)
    if (hidden !== stored.hidden || document._type !== stored.type) {
      const sql = 'UPDATE document SET hidden = ?, type = ? WHERE number = ?'
      connection.run(sql, Number(hidden), document._type, number)
    }
    postings.update(place, undefined, {document, hidden})
    attributes.add(document)
    counters.add(document._type, place, hidden, 1)
    const words = indexedTokens(document).join(' ')
    connection.run('INSERT INTO token (rowid, text) VALUES (?, ?)', number, words)
  }
  counters.flush()
  attributes.keep()
  // A row was added to each of them for every document.
  connection.script(`
    UPDATE shape SET state = 'ready';
    REPLACE INTO meta (name, value)
      SELECT 'tokens_through', coalesce(max(number), 0) FROM change;
  `)
}
