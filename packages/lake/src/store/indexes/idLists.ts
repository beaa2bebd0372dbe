import {compareText} from '@copydesk/groq/engine'

import {type Connection, textOf} from '../file/connection.ts'
import type {Counters} from '../file/counters.ts'
import {placeOf} from './values/place.ts'
import type {Terms} from './words/terms.ts'

/** Lists of ids that writing needs: what belongs together, and what holds on to what. */
export interface IdLists {
  /** Ids that begin with `drafts.` or `versions.<release>.` (and possibly more), in `_id` order. */
  withPrefix(prefix: string): string[]
  /** The published document's id, its draft's and its versions', as far as they exist. */
  ofGroup(publishedId: string): string[]
  /** Documents with a strong reference to the id, at most `limit`. */
  strongReferrers(id: string, limit: number): string[]
}

export const createIdLists = (
  connection: Connection,
  terms: Terms,
  counters: Counters,
): IdLists => {
  const ids = (sql: string, ...values: (string | number)[]): string[] =>
    connection.all(sql, ...values).map((row) => textOf(row[0]) + textOf(row[1]))
  return {
    withPrefix(prefix) {
      const {layer} = placeOf(`${prefix}x`)
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
      const target = terms.find(id)
      if (target === undefined) return []
      return ids(
        'SELECT layer, grp FROM reference WHERE target = ? AND strong = 1 LIMIT ?',
        target,
        limit,
      )
    },
  }
}
