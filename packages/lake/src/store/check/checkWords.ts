/**
 * Checks the full-text index against the words of the documents. The index stores words only, so
 * for each document it compares their number and total length: enough to find a missing one.
 */
import type {StoredDocument} from '../../core/document.ts'
import type {IdParts} from '../documents/idParts.ts'
import {type Connection, numberOf} from '../file/sqliteConnection.ts'
import {indexedTokens} from '../indexes/tokenIndex.ts'
import {type Finding, finding} from './finding.ts'

export interface WordsCheck {
  ofDocument(
    number: number,
    id: string,
    parts: IdParts,
    document: StoredDocument,
  ): Generator<Finding>
  /** Entries of the index that belong to no document. */
  rest(): Generator<Finding>
}

/** FTS5 truncates longer tokens. */
const LONGEST_TOKEN_BYTES = 32_768

export const checkWords = (connection: Connection): WordsCheck => {
  connection.script(`
    DROP TABLE IF EXISTS temp.words;
    DROP TABLE IF EXISTS temp.words_of_document;
    CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, token, instance);
    CREATE TABLE temp.words_of_document (document INTEGER PRIMARY KEY, number, length);
    INSERT INTO temp.words_of_document
      SELECT doc, count(*), sum(length(term)) FROM temp.words GROUP BY doc;
  `)
  const through = connection.one("SELECT value FROM meta WHERE name = 'tokens_through'")?.[0] ?? 0
  /** Whether the document changed after the last update of the index, which need not list it. */
  const isInTail = ({layer, group}: IdParts): boolean =>
    connection.one(
      'SELECT 1 FROM change WHERE grp = ? AND layer = ? AND number > ? LIMIT 1',
      group,
      layer,
      through,
    ) !== undefined

  return {
    *ofDocument(number, id, parts, document) {
      if (isInTail(parts)) return
      const tokens = new Set(indexedTokens(document).map((token) => token.toWellFormed()))
      tokens.delete('')
      let length = 0
      for (const token of tokens) {
        if (Buffer.byteLength(token) > LONGEST_TOKEN_BYTES) return
        length += Array.from(token).length
      }
      const row = connection.one(
        'SELECT number, length FROM temp.words_of_document WHERE document = ?',
        number,
      )
      if ((row?.[0] ?? 0) === tokens.size && (row?.[1] ?? 0) === length) return
      yield finding('words', `The full-text index and ${id} have different words.`)
    },
    *rest() {
      const row = connection.one(
        `SELECT count(*) FROM temp.words_of_document
         WHERE document NOT IN (SELECT number FROM document)`,
      )
      const left = numberOf(row?.[0])
      if (left > 0)
        yield finding('words', `The full-text index lists ${left} documents that do not exist.`)
    },
  }
}
