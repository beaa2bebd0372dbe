/**
 * Full-text index over the words of documents, for `match` (an FTS5 table). Splitting a document
 * into tokens costs more than the rest of a write, so the index lags: it is complete up to one entry
 * of `change`, and every search also looks at the documents changed after that, its tail.
 */
import {type TokenPattern, documentTokens} from '@copydesk/groq/engine'

import {memoise} from '../../core/cache/memoise.ts'
import type {StoredDocument} from '../../core/document.ts'
import {type IdParts, idPartsOf} from '../documents/idParts.ts'
import type {RowReader} from '../fast/rememberedRows.ts'
import {type Connection, numberOf, textOf, within} from '../file/sqliteConnection.ts'

export interface TokenIndex {
  /** The `MATCH` expression for documents with all of the tokens; undefined if there is none. */
  expression(tokens: readonly TokenPattern[]): string | undefined
  /** The `MATCH` expression for documents with all tokens of one of the alternatives. */
  anyExpression(alternatives: readonly (readonly TokenPattern[])[]): string | undefined
  /** Documents changed since the index was last updated; some may be deleted. */
  tail(): readonly IdParts[]
  isBehind(): boolean
  /** Whether the tail is so long, as after a large import, that the index does not help. */
  isFarBehind(): boolean
  /** Indexes a document that changed without an entry in history; inside a transaction. */
  index(document: StoredDocument): void
  /**
   * Indexes the documents of the first entries of the tail, inside a transaction.
   * @param entries How many at most. @param bytes Largest total size of their documents.
   */
  catchUp(
    entries: number,
    current: (id: string) => StoredDocument | undefined,
    bytes?: number,
  ): void
}

/**
 * FTS5's ascii tokenizer splits at every ASCII character except letters and digits, and folds case.
 * So all ASCII characters except lower-case letters and digits are moved to the private use area,
 * where each counts as part of a word. Characters already there get a marker, to stay distinct.
 */
const escapeText = (text: string): string =>
  text.replace(/[^a-z0-9\u0080-\udfff\ue100-\uffff]/g, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x80 ? String.fromCharCode(0xe000 + code) : `\ue0ff${character}`
  })

const PLAIN = /^[a-z0-9\u0080-\udfff\ue100-\uffff]*$/

/** Escapes tokens. Remembers their scopes (the part before a NUL), of which there are few. */
const createEscape = (): ((token: string) => string) => {
  const escapeScope = memoise('scopes', escapeText)
  return (token) => {
    const scopeEnd = token.indexOf('\0') + 1
    const word = token.slice(scopeEnd)
    const escaped = PLAIN.test(word) ? word : escapeText(word)
    if (scopeEnd === 0) return escaped
    return escapeScope(token.slice(0, scopeEnd)) + escaped
  }
}

const escapeToken = createEscape()

/** The tokens of a document as the index writes them. */
export const indexedTokens = (document: StoredDocument): string[] =>
  Array.from(documentTokens(document), escapeToken)

const expression = (tokens: readonly TokenPattern[]): string | undefined => {
  const terms: string[] = []
  for (const {text, prefix} of tokens) {
    if (text === '' && prefix) continue
    // Half of a surrogate pair cannot be written as UTF-8, so SQLite cannot find it.
    if (text === '' || !text.isWellFormed()) return undefined
    terms.push(`"${escapeToken(text)}"${prefix ? '*' : ''}`)
  }
  return terms.length === 0 ? undefined : terms.join(' AND ')
}

/** Longest useful tail. Reading one of its changes costs as much as an index row. */
const MOST_IN_TAIL = 5000

/** @param rows Reads rows for queries; may cache them. */
export const createTokenIndex = (connection: Connection, rows: RowReader): TokenIndex => {
  const through = (): number => {
    const row = rows.one("SELECT value FROM meta WHERE name = 'tokens_through'")
    return row ? numberOf(row[0]) : 0
  }
  return {
    expression,
    anyExpression(alternatives) {
      const expressions = alternatives.map(expression)
      return expressions.includes(undefined) || expressions.length === 0
        ? undefined
        : expressions.map((each) => `(${each})`).join(' OR ')
    },
    tail: () =>
      rows
        .all('SELECT DISTINCT layer, grp FROM change WHERE number > ?', through())
        .map((row) => ({layer: textOf(row[0]), group: textOf(row[1])})),
    isBehind: () =>
      rows.one('SELECT 1 FROM change WHERE number > ? LIMIT 1', through()) !== undefined,
    isFarBehind: () =>
      rows.one(
        `SELECT 1 FROM change WHERE number > ? LIMIT 1 OFFSET ${MOST_IN_TAIL}`,
        through(),
      ) !== undefined,
    index(document) {
      const {layer, group} = idPartsOf(document._id)
      connection.run(
        `INSERT OR REPLACE INTO token (rowid, text)
         SELECT number, ? FROM document WHERE grp = ? AND layer = ?`,
        indexedTokens(document).join(' '),
        group,
        layer,
      )
    },
    catchUp(entries, current, bytes = Infinity) {
      const tail = connection.all(
        `SELECT c.number, octet_length(b.json), c.layer, c.grp, d.number FROM change AS c
         LEFT JOIN document AS d ON d.grp = c.grp AND d.layer = c.layer
         LEFT JOIN body AS b ON b.number = d.number
         WHERE c.number > ? ORDER BY c.number LIMIT ?`,
        through(),
        entries,
      )
      const entered = within(bytes, tail)
      for (const [, , layer, group, number] of entered) {
        const document = current(textOf(layer) + textOf(group))
        if (!document) continue
        connection.run(
          'INSERT OR REPLACE INTO token (rowid, text) VALUES (?, ?)',
          numberOf(number),
          indexedTokens(document).join(' '),
        )
      }
      const last = entered.at(-1)
      if (!last) return
      connection.run(
        "REPLACE INTO meta (name, value) VALUES ('tokens_through', ?)",
        numberOf(last[0]),
      )
    },
  }
}
