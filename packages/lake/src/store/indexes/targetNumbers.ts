/**
 * Gives each referenced id a small number (table `term`), which stands for it in the reference
 * indexes: a target appears in several rows for each document that refers to it. It need not exist.
 */
import {createCache} from '../../core/cache/cache.ts'
import type {FastOption} from '../../core/fast.ts'
import {type Connection, numberOf} from '../file/sqliteConnection.ts'

export interface TargetNumbers {
  /** The target's number; assigns one if it has none. Inside a transaction only. */
  numberFor(id: string): number
  /** The target's number; undefined if nothing ever referred to it. */
  find(id: string): number | undefined
  /** Clears the memory, because a rolled-back transaction may have assigned numbers. */
  clear(): void
  /** All numbers in memory; for checks. */
  entries(): Iterable<readonly [string, number]>
}

/** Approximate size of an entry without its id. */
const ENTRY_BYTES = 80

export const createTargetNumbers = (connection: Connection, fast?: FastOption): TargetNumbers => {
  const cache = createCache<number>('targets', {fast})
  const remember = (id: string, number: number): number => {
    cache.set(id, number, ENTRY_BYTES + id.length)
    return number
  }
  const find = (id: string): number | undefined => {
    const number = cache.get(id)
    if (number !== undefined) return number
    const row = connection.one('SELECT number FROM term WHERE text = ?', id)
    return row && remember(id, numberOf(row[0]))
  }
  return {
    find,
    numberFor(id) {
      const number = find(id)
      if (number !== undefined) return number
      const row = connection.one('INSERT INTO term (text) VALUES (?) RETURNING number', id)
      return remember(id, numberOf(row?.[0]))
    },
    clear: cache.clear,
    entries: cache.entries,
  }
}
