/**
 * Looks up ids that belong together, for the write room: the drafts and versions of a document,
 * the versions of a release, and the documents that refer to one.
 */
import {compareText} from '@copydesk/groq/engine'

import type {Counters} from '../documents/counters.ts'
import {idPartsOf} from '../documents/idParts.ts'
import {type Connection, textOf} from '../file/sqliteConnection.ts'
import type {TargetNumbers} from './targetNumbers.ts'

export interface RelatedIds {
  /** Ids that begin with `prefix`: `drafts.` or `versions.<release>.`, or longer. In `_id` order. */
  withPrefix(prefix: string): string[]
  /** The ids of the published document, its draft and its versions; those that exist. */
  ofGroup(publishedId: string): string[]
  /** Ids of documents with a strong reference to `id`, at most `limit`. */
  strongReferrers(id: string, limit: number): string[]
}

export const createRelatedIds = (
  connection: Connection,
  targetNumbers: TargetNumbers,
  counters: Counters,
): RelatedIds => {
  const ids = (sql: string, ...values: (string | number)[]): string[] =>
    connection.all(sql, ...values).map((row) => textOf(row[0]) + textOf(row[1]))
  return {
    withPrefix(prefix) {
      const {layer} = idPartsOf(`${prefix}x`)
      const begin = prefix.slice(layer.length)
      return counters
        .types()
        .flatMap((type) =>
          ids(
            `SELECT layer, grp FROM document
             WHERE type = ? AND layer = ? AND grp >= ? AND substr(grp, 1, ?) = ?`,
            type,
            layer,
            begin,
            begin.length,
            begin,
          ),
        )
        .toSorted(compareText)
    },
    ofGroup: (publishedId) =>
      ids('SELECT layer, grp FROM document WHERE grp = ? ORDER BY layer', publishedId),
    strongReferrers(id, limit) {
      const target = targetNumbers.find(id)
      if (target === undefined) return []
      return ids(
        'SELECT layer, grp FROM reference WHERE target = ? AND strong = 1 LIMIT ?',
        target,
        limit,
      )
    },
  }
}
