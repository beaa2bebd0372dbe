/**
 * What is left of a source record when its mapped keys are taken out. Each format has a table of
 * the keys that it knows; a key that is not in the table is kept as residue, so nothing unknown is
 * dropped.
 */
import type {Residue} from './story.ts'

/**
 * What becomes of a key. `read`: the reader takes it. `residue`: known, and no field of ours holds
 * it. `technical`: says nothing about the story (a counter, an internal id that is kept elsewhere).
 * `secret`: must reach neither dataset nor report.
 */
export type KeyFate = 'read' | 'residue' | 'technical' | 'secret'

export type KeyTable = Readonly<Record<string, KeyFate>>

/** Null, empty strings, empty lists and `false` say nothing and are left out. */
export function remainder(
  record: Readonly<Record<string, unknown>>,
  table: KeyTable,
  pointer: string,
): Residue[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const fate = Object.hasOwn(table, key) ? table[key] : 'residue'
    if (fate !== 'residue' || isEmpty(value)) return []
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return {pointer: `${pointer}.${key}`, text}
  })
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
