/**
 * Counts the stored documents by type and layer, so that `count(*[_type == "x"])` reads none.
 * A transaction adds up its differences in memory and writes each counter once, unless it reads one
 * in between.
 */
import type {RowReader} from '../fast/rememberedRows.ts'
import {type Connection, numberOf, textOf} from '../file/sqliteConnection.ts'
import {PUBLISHED_LAYER, type IdParts} from './idParts.ts'

/** Numbers of documents of one type in one layer. */
export interface Count {
  total: number
  /** Those not shown in the drafts perspective. */
  hidden: number
  /** Those with a dot in the id, which only signed-in readers see. Counted for published ones. */
  dotted: number
}

export interface Counters {
  add(type: string, parts: IdParts, hidden: boolean, difference: 1 | -1): void
  /** Writes the differences that `add` has collected. */
  flush(): void
  /** Drops the differences that `add` has collected, after a failed transaction. */
  discard(): void
  /** How many counters have differences not yet written; for checks. */
  readonly unwritten: number
  /** @param type Undefined for all types together. */
  of(layer: string, type?: string): Count
  types(): readonly string[]
  layers(): readonly string[]
}

/** @param rows Reads counters; may cache them. */
export const createCounters = (connection: Connection, rows: RowReader): Counters => {
  const gathered = new Map<string, {type: string; layer: string; count: Count}>()
  const flush = (): void => {
    for (const {type, layer, count} of gathered.values()) {
      connection.run(
        `INSERT INTO counter (type, layer, total, hidden, dotted) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET
           total = total + ?3, hidden = hidden + ?4, dotted = dotted + ?5`,
        type,
        layer,
        count.total,
        count.hidden,
        count.dotted,
      )
    }
    gathered.clear()
  }
  return {
    add(type, {layer, group}, hidden, difference) {
      const name = `${layer}\n${type}`
      let entry = gathered.get(name)
      if (!entry) {
        entry = {type, layer, count: {total: 0, hidden: 0, dotted: 0}}
        gathered.set(name, entry)
      }
      entry.count.total += difference
      if (hidden) entry.count.hidden += difference
      if (layer === PUBLISHED_LAYER && group.includes('.')) entry.count.dotted += difference
    },
    flush,
    discard: () => gathered.clear(),
    get unwritten() {
      return gathered.size
    },
    of(layer, type) {
      flush()
      const row =
        type === undefined
          ? rows.one(
              'SELECT total(total), total(hidden), total(dotted) FROM counter WHERE layer = ?',
              layer,
            )
          : rows.one(
              'SELECT total, hidden, dotted FROM counter WHERE type = ? AND layer = ?',
              type,
              layer,
            )
      if (!row) return {total: 0, hidden: 0, dotted: 0}
      return {total: numberOf(row[0]), hidden: numberOf(row[1]), dotted: numberOf(row[2])}
    },
    types() {
      flush()
      return rows
        .all('SELECT DISTINCT type FROM counter WHERE total > 0 ORDER BY type')
        .map((row) => textOf(row[0]))
    },
    layers() {
      flush()
      return rows
        .all('SELECT DISTINCT layer FROM counter WHERE total > 0 ORDER BY layer')
        .map((row) => textOf(row[0]))
    },
  }
}
