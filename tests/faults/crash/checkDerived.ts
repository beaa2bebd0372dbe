/**
 * Compares all derived data in a dataset's file with a scan of the documents: references, counters,
 * indexes over attributes, and whether the targets of references exist.
 */
import {isJsonObject, type Json} from '../../../packages/lake/src/core/document.ts'
import {keysOf, parseKeyPath} from '../../../packages/lake/src/store/indexes/values/keyValues.ts'
import type {StoredFile, StoredRow} from './storedFile.ts'

type Say = (problem: string) => void

/** Every `_ref` of a document, and whether one of them is strong. */
export const referencesIn = (document: Json): ReadonlyMap<string, boolean> => {
  const found = new Map<string, boolean>()
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    if (!isJsonObject(value)) return
    const {_ref, _weak} = value
    if (typeof _ref === 'string') found.set(_ref, found.get(_ref) === true || _weak !== true)
    for (const item of Object.values(value)) visit(item)
  }
  visit(document)
  return found
}

/** Reports the differences between two sets; a few of each. */
const compare = (
  what: string,
  must: ReadonlySet<string>,
  is: ReadonlySet<string>,
  say: Say,
): void => {
  const missing = [...must].filter((row) => !is.has(row))
  const extra = [...is].filter((row) => !must.has(row))
  for (const row of missing.slice(0, 3)) say(`${what}: no row ${row} (${missing.length} missing)`)
  for (const row of extra.slice(0, 3))
    say(`${what}: row ${row} is wrong (${extra.length} too many)`)
}

const line = (...values: unknown[]): string =>
  values
    .map((value) =>
      value instanceof Uint8Array ? `blob ${value[0]}` : `${typeof value} ${String(value)}`,
    )
    .join(' | ')

const checkReferences = (rows: readonly StoredRow[], stored: StoredFile, say: Say): void => {
  const must = new Set<string>()
  for (const {document, type, layer, group, hidden} of rows) {
    for (const [target, strong] of referencesIn(document)) {
      must.add(line(target, type, layer, group, hidden, Number(strong)))
      if (strong && !stored.documents.has(target))
        say(`${layer}${group} refers strongly to ${target}, which is not there`)
    }
  }
  const is = stored
    .rows(
      'SELECT text, type, layer, grp, hidden, strong FROM reference LEFT JOIN term ON term.number = target',
    )
    .map((row) =>
      line(row['text'], row['type'], row['layer'], row['grp'], row['hidden'], row['strong']),
    )
  compare('references', must, new Set(is), say)
}

const checkCounters = (rows: readonly StoredRow[], stored: StoredFile, say: Say): void => {
  const counted = Map.groupBy(rows, ({type, layer}) => `${type}\n${layer}`)
  const must = Array.from(counted, ([name, group]) => {
    const hidden = group.filter((row) => row.hidden === 1).length
    const dotted = group.filter((row) => row.layer === '' && row.group.includes('.')).length
    return line(...name.split('\n'), group.length, hidden, dotted)
  })
  const is = stored
    .rows('SELECT type, layer, total, hidden, dotted FROM counter WHERE total <> 0')
    .map((row) => line(row['type'], row['layer'], row['total'], row['hidden'], row['dotted']))
  compare('counters', new Set(must), new Set(is), say)
}

/** A ready index has a row for each document and value of its type. */
const checkKeys = (rows: readonly StoredRow[], stored: StoredFile, say: Say): number => {
  const shapes = stored.rows(
    "SELECT number, type, path, by_reference FROM shape WHERE state = 'ready'",
  )
  for (const shape of shapes) {
    const type = String(shape['type'])
    const path = parseKeyPath(String(shape['path']))
    const byReference = shape['by_reference'] === 1
    const must = new Set<string>()
    for (const row of rows) {
      if (type !== '' && row.type !== type) continue
      for (const key of keysOf(row.document, path)) {
        if (type === '' && key instanceof Uint8Array && Number(key[0]) > 1) continue
        if (!byReference) must.add(line(row.layer, key, row.group, row.hidden))
        else
          for (const target of referencesIn(row.document).keys())
            must.add(line(target, row.layer, key, row.group, row.hidden))
      }
    }
    const number = Number(shape['number'])
    const is = byReference
      ? stored
          .rows(
            'SELECT text, layer, value, grp, hidden FROM reference_key LEFT JOIN term ON term.number = target WHERE shape = ?',
            number,
          )
          .map((row) => line(row['text'], row['layer'], row['value'], row['grp'], row['hidden']))
      : stored
          .rows('SELECT layer, value, grp, hidden FROM key WHERE shape = ?', number)
          .map((row) => line(row['layer'], row['value'], row['grp'], row['hidden']))
    compare(`index over ${type}.${String(shape['path'])}`, must, new Set(is), say)
  }
  return shapes.length
}

/** A published document is hidden by its draft, which the drafts perspective shows instead. */
const checkHidden = (rows: readonly StoredRow[], stored: StoredFile, say: Say): void => {
  for (const {layer, group, hidden, document} of rows) {
    const {_system} = document
    const isDeletion = isJsonObject(_system) && _system['delete'] === true
    const must = layer === '' ? stored.documents.has(`drafts.${group}`) : isDeletion
    if (Boolean(hidden) !== must) say(`${layer}${group} is ${must ? 'not ' : ''}marked as hidden`)
  }
}

/** @returns How many indexes were compared. */
export const checkDerived = (stored: StoredFile, say: Say): number => {
  const rows = [...stored.documents.values()]
  const [sound] = stored.rows('PRAGMA quick_check')
  if (sound?.['quick_check'] !== 'ok') say(`SQLite finds damage: ${JSON.stringify(sound)}`)
  for (const {layer, group, type, document} of rows) {
    if (document['_id'] !== layer + group || document['_type'] !== type)
      say(
        `the row of ${layer}${group} holds ${String(document['_id'])} of type ${String(document['_type'])}`,
      )
  }
  checkReferences(rows, stored, say)
  checkCounters(rows, stored, say)
  checkHidden(rows, stored, say)
  return checkKeys(rows, stored, say)
}
