import type {StoredDocument} from '../../core/document.ts'
import {type Connection, numberOf} from '../file/connection.ts'
import type {Place} from '../indexes/values/place.ts'
import {indexedTokens} from '../indexes/words/tokenIndex.ts'
import {type Finding, finding} from './finding.ts'

/**
 * The full-text index against the words of the documents. It holds words only, so each document is
 * known by how many it has and how long they are together: enough to see that one is missing.
 */
export interface WordsCheck {
  ofDocument(number: number, id: string, place: Place, document: StoredDocument): Generator<Finding>
  /** What the index has beyond the documents. */
  rest(): Generator<Finding>
}

/** FTS5 cuts off what is longer. */
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
  /** Changed after the index was brought up to date: readers look at it themselves. */
  const isInTail = ({layer, group}: Place): boolean =>
    connection.one(
      'SELECT 1 FROM change WHERE grp = ? AND layer = ? AND number > ? LIMIT 1',
      group,
      layer,
      through,
    ) !== undefined

  return {
    *ofDocument(number, id, place, document) {
      if (isInTail(place)) return
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
      yield finding('words', `The full-text index has other words of ${id} than the document.`)
    },
    *rest() {
      const row = connection.one(
        `SELECT count(*) FROM temp.words_of_document
         WHERE document NOT IN (SELECT number FROM document)`,
      )
      const left = numberOf(row?.[0])
      if (left > 0) yield finding('words', `The full-text index has ${left} documents too many.`)
    },
  }
}
