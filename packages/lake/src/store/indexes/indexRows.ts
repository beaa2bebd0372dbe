/**
 * Writes the rows of the reference and value indexes (tables `reference`, `key`, `reference_key`)
 * when a document changes. Writes only the rows that differ: an edit of a headline leaves the
 * references alone.
 */
import {isUint8Array} from 'node:util/types'

import type {StoredDocument} from '../../core/document.ts'
import type {IdParts} from '../documents/idParts.ts'
import type {Shown} from '../fast/documentCache.ts'
import type {Connection} from '../file/sqliteConnection.ts'
import {type References, referencesOf} from './documentReferences.ts'
import type {TargetNumbers} from './targetNumbers.ts'
import {type Key, keysOf} from './values/keyValues.ts'
import type {ValueIndex, ValueIndexes} from './values/valueIndexes.ts'

/** What the indexes say about one document. */
interface IndexedDocument {
  readonly type: string
  readonly hidden: boolean
  readonly references: References
  readonly keys: ReadonlyMap<ValueIndex, readonly Key[]>
}

export interface IndexRows {
  /**
   * Replaces the rows of a document.
   * @param before Undefined for a new document. @param after Undefined for a deleted one.
   */
  update(parts: IdParts, before: Shown | undefined, after: Shown | undefined): void
  /** The rows of one index for a document, which has this number in the table of documents. */
  rowsFor(
    parts: IdParts,
    number: number,
    document: StoredDocument,
    index: ValueIndex,
  ): readonly IndexRow[]
  /** Adds a row while the index is being built, unless its document is gone. */
  addRow(row: IndexRow): void
}

/** A row of a value index. */
export interface IndexRow extends IdParts {
  readonly index: ValueIndex
  /** Number of the referenced document; 0 in indexes that are not sorted by it. */
  readonly target: number
  readonly key: Key
  /** Of the document in its table. */
  readonly number: number
}

export const createIndexRows = (
  connection: Connection,
  targetNumbers: TargetNumbers,
  valueIndexes: ValueIndexes,
): IndexRows => {
  const indexedDocumentOf = ({document, hidden}: Shown): IndexedDocument => ({
    type: document._type,
    hidden,
    references: referencesOf(document),
    keys: new Map(
      valueIndexes
        .ofType(document._type)
        .map((index) => [index, keysFor(document, index)] as const),
    ),
  })

  const removeReference = ({layer, group}: IdParts, type: string, target: number): void => {
    connection.run(
      'DELETE FROM reference WHERE target = ? AND type = ? AND layer = ? AND grp = ?',
      target,
      type,
      layer,
      group,
    )
  }

  const addReference = (
    {layer, group}: IdParts,
    {type, hidden}: IndexedDocument,
    target: number,
    strong: boolean,
  ): void => {
    connection.run(
      'REPLACE INTO reference (target, type, layer, grp, hidden, strong) VALUES (?, ?, ?, ?, ?, ?)',
      target,
      type,
      layer,
      group,
      Number(hidden),
      Number(strong),
    )
  }

  const updateReferences = (
    parts: IdParts,
    before?: IndexedDocument,
    after?: IndexedDocument,
  ): void => {
    const keep = before?.type === after?.type && before?.hidden === after?.hidden
    if (before) {
      for (const target of before.references.targets.keys()) {
        if (after?.type === before.type && after.references.targets.has(target)) continue
        removeReference(parts, before.type, targetNumbers.numberFor(target))
      }
    }
    if (after) {
      for (const [target, strong] of after.references.targets) {
        if (keep && before?.references.targets.get(target) === strong) continue
        addReference(parts, after, targetNumbers.numberFor(target), strong)
      }
    }
  }

  const removeKey = ({layer, group}: IdParts, index: ValueIndex, key: Key): void => {
    connection.run(
      'DELETE FROM key WHERE shape = ? AND layer = ? AND value = ? AND grp = ?',
      index.number,
      layer,
      key,
      group,
    )
  }

  const addKey = ({layer, group}: IdParts, index: ValueIndex, key: Key, hidden: boolean): void => {
    connection.run(
      'REPLACE INTO key (shape, layer, value, grp, hidden) VALUES (?, ?, ?, ?, ?)',
      index.number,
      layer,
      key,
      group,
      Number(hidden),
    )
  }

  const removeReferenceKey = (
    parts: IdParts,
    index: ValueIndex,
    key: Key,
    target: number,
  ): void => {
    connection.run(
      `DELETE FROM reference_key
       WHERE shape = ? AND target = ? AND layer = ? AND value = ? AND grp = ?`,
      index.number,
      target,
      parts.layer,
      key,
      parts.group,
    )
  }

  const addReferenceKey = (
    {layer, group}: IdParts,
    index: ValueIndex,
    key: Key,
    target: number,
    hidden: boolean,
  ): void => {
    connection.run(
      `REPLACE INTO reference_key (shape, target, layer, value, grp, hidden)
       VALUES (?, ?, ?, ?, ?, ?)`,
      index.number,
      target,
      layer,
      key,
      group,
      Number(hidden),
    )
  }

  const removeKeys = (
    parts: IdParts,
    indexed: IndexedDocument,
    index: ValueIndex,
    key: Key,
  ): void => {
    if (!index.byReference) return removeKey(parts, index, key)
    for (const target of indexed.references.targets.keys()) {
      removeReferenceKey(parts, index, key, targetNumbers.numberFor(target))
    }
  }

  const addKeys = (parts: IdParts, indexed: IndexedDocument, index: ValueIndex, key: Key): void => {
    if (!index.byReference) return addKey(parts, index, key, indexed.hidden)
    for (const target of indexed.references.targets.keys()) {
      addReferenceKey(parts, index, key, targetNumbers.numberFor(target), indexed.hidden)
    }
  }

  const updateKeys = (parts: IdParts, before?: IndexedDocument, after?: IndexedDocument): void => {
    const sameTargets = haveSameTargets(before, after)
    const isKept = (index: ValueIndex, key: Key, other: IndexedDocument | undefined): boolean =>
      before?.hidden === after?.hidden &&
      (sameTargets || !index.byReference) &&
      (other?.keys.get(index)?.includes(key) ?? false)
    if (before) {
      for (const [index, keys] of before.keys) {
        for (const key of keys)
          if (!isKept(index, key, after)) removeKeys(parts, before, index, key)
      }
    }
    if (after) {
      for (const [index, keys] of after.keys) {
        for (const key of keys) if (!isKept(index, key, before)) addKeys(parts, after, index, key)
      }
    }
  }

  /** Counts the unusual documents that rule out some index reads. */
  const updateUnusualCounts = (before?: Shown, after?: Shown): void => {
    for (const [name, isUnusual] of UNUSUAL_DOCUMENTS) {
      const difference =
        Number(after ? isUnusual(after.document) : 0) -
        Number(before ? isUnusual(before.document) : 0)
      if (difference === 0) continue
      connection.run(
        `INSERT INTO meta (name, value) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET value = value + ?2`,
        name,
        difference,
      )
    }
  }

  return {
    update(parts, before, after) {
      updateUnusualCounts(before, after)
      const was = before && indexedDocumentOf(before)
      const is = after && indexedDocumentOf(after)
      updateReferences(parts, was, is)
      updateKeys(parts, was, is)
    },
    rowsFor({layer, group}, number, document, index) {
      if (index.type !== '' && index.type !== document._type) return []
      const keys = keysFor(document, index)
      const targets = index.byReference
        ? [...referencesOf(document).targets.keys()].flatMap((id) => targetNumbers.find(id) ?? [])
        : [0]
      return targets.flatMap((target) =>
        keys.map((key) => ({layer, group, index, target, key, number})),
      )
    },
    addRow({layer, group, index, target, key, number}) {
      const [table, column, value] = index.byReference
        ? ['reference_key', 'target, ', [target]]
        : ['key', '', []]
      connection.run(
        `REPLACE INTO ${table} (shape, ${column}layer, value, grp, hidden)
         SELECT ?, ${value.map(() => '?, ').join('')}layer, ?, grp, hidden
         FROM document WHERE number = ? AND layer = ? AND grp = ?`,
        index.number,
        ...value,
        key,
        number,
        layer,
        group,
      )
    },
  }
}

/** Names in the table `meta` of the counts of unusual documents. */
export const IRREGULAR_REFERENCES = 'irregular_references'
export const OWN_SCORES = 'own_scores'

export const UNUSUAL_DOCUMENTS: readonly (readonly [
  string,
  (document: StoredDocument) => boolean,
])[] = [
  [IRREGULAR_REFERENCES, (document) => referencesOf(document).irregular],
  [OWN_SCORES, (document) => Object.hasOwn(document, '_score')],
]

/** An index over all types supports only equality, so it leaves out values that are not scalars. */
export const keysFor = (document: StoredDocument, index: ValueIndex): readonly Key[] => {
  const keys = keysOf(document, index.keyPath)
  return index.type === '' ? keys.filter((key) => !(isUint8Array(key) && Number(key[0]) > 1)) : keys
}

const haveSameTargets = (
  before: IndexedDocument | undefined,
  after: IndexedDocument | undefined,
): boolean => {
  if (!before || !after) return false
  const {targets} = before.references
  if (targets.size !== after.references.targets.size) return false
  for (const target of targets.keys()) if (!after.references.targets.has(target)) return false
  return true
}
