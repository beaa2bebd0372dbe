import {type Connection, numberOf} from '../../file/connection.ts'

/**
 * Small numbers for the ids that references point to: a target is named once and then stands in
 * several rows for each document that refers to it. A target need not exist.
 */
export interface Terms {
  /** The target's number; names it when it has none. */
  intern(id: string): number
  /** The target's number; undefined when nothing ever referred to it. */
  find(id: string): number | undefined
  /** Forgets what was read: a rolled-back transaction may have named targets. */
  clear(): void
  /** Everything remembered; for checks. */
  entries(): Iterable<readonly [string, number]>
}

/** Entries kept; about 5 MB of ids of ordinary length. */
const MAX_REMEMBERED = 50_000

export const createTerms = (connection: Connection): Terms => {
  const known = new Map<string, number>()
  const remember = (id: string, number: number): number => {
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(id, number)
    return number
  }
  const find = (id: string): number | undefined => {
    const number = known.get(id)
    if (number !== undefined) return number
    const row = connection.one('SELECT number FROM term WHERE text = ?', id)
    return row && remember(id, numberOf(row[0]))
  }
  return {
    find,
    intern(id) {
      const number = find(id)
      if (number !== undefined) return number
      const row = connection.one('INSERT INTO term (text) VALUES (?) RETURNING number', id)
      return remember(id, numberOf(row?.[0]))
    },
    clear: () => known.clear(),
    entries: () => known.entries(),
  }
}
